import { describe, expect, test } from "vitest";

import { hostileTexts, longestBound, textOfLength } from "../support/hostile-strings.ts";
import { patternsIn, patternsOfProduct } from "../support/pattern-sources.ts";
import { stepCounter } from "../support/pattern-steps.ts";
import { nodesWithin, patternTree } from "../support/pattern-tree.ts";

/** Twice as long may cost twice as much; a pattern of the second power needs four times, one of the third eight. */
const MOST_GROWTH = 2.3;
/** Looks at one sign, whatever stands around it. */
const MOST_LOOKS = 250;

/** A hostile text for which the pattern needs more than its length, with the steps for n and 2n; undefined when none does. */
function worse(source: string, flags: string): string | undefined {
  const tree = patternTree(source);
  // Every length of what may come again is tried at every place.
  if ([...nodesWithin(tree)].some(({ kind }) => kind === "again")) return "looks back at itself";
  const counter = stepCounter(tree, flags);
  const short = 2 * longestBound(tree) + 100;
  for (const text of hostileTexts(tree, flags)) {
    const half = textOfLength(text, short);
    const full = textOfLength(text, 2 * short);
    const one = counter.run(half, MOST_LOOKS * half.length);
    const two = counter.run(full, MOST_LOOKS * full.length);
    if (two.steps > MOST_GROWTH * one.steps || !Number.isFinite(one.steps)) {
      return `${JSON.stringify(text)}: ${one.steps} looks at ${half.length} signs, ${two.steps} at ${full.length}`;
    }
    // What was counted is what the engine does: both find the same.
    const found = [...half.matchAll(new RegExp(source, asGlobal(flags)))];
    const places = found.map(({ index, 0: { length } }) => [index, index + length]);
    expect(one.found, `${source} over ${JSON.stringify(text)}`).toEqual(places);
  }
  return undefined;
}

function asGlobal(flags: string): string {
  return flags.includes("g") ? flags : `${flags}g`;
}

const product = [...patternsOfProduct()];

describe("patterns of the product", () => {
  test("there are some hundreds to look at", () => {
    expect(product.flatMap(([, { written }]) => written).length).toBeGreaterThan(200);
  });

  test("none is put together while the program runs: it could not be looked at here", () => {
    const made = product.flatMap(([file, found]) => found.made.map((line) => `${file}:${line}`));
    expect(made).toEqual([]);
  });

  const filed = product.filter(([, { written }]) => written.length > 0);
  test.each(filed)("%s: twice as long costs twice as much at most", (_file, { written }) => {
    const found = written.flatMap(({ file, line, source, flags }) => {
      const text = worse(source, flags);
      return text === undefined ? [] : [`${file}:${line} /${source}/${flags} over ${text}`];
    });
    expect(found).toEqual([]);
  });
});

describe("the look itself", () => {
  test.each([
    // Headers as they were read once: 3,951 bytes of blanks stopped the whole site for half a minute.
    [String.raw`^([\w-]+):[ \t]*([\x20-\x7e]*?)[ \t]*$`, ""],
    [String.raw`\s+$`, ""],
    [String.raw`^(a+)+$`, ""],
    [String.raw`^(?:a|a?)+$`, ""],
    [String.raw`^[^\s@]+@[^\s@]+\.[^\s@]+$`, ""],
    [String.raw`\B(?=(\d{3})+(?!\d))`, "g"],
    [String.raw`(.+?)\1{2,}`, "g"],
    [String.raw`<[^>]*>`, ""],
    [String.raw`\bSTRIPE\b.*\bPAYOUT\b`, ""],
  ])("/%s/%s is refused", (source, flags) => {
    expect(worse(source, flags)).toBeDefined();
  });

  test.each([
    [String.raw`^[\w-]+:[ \t]*$`, ""],
    [String.raw`[\p{C}\s]+`, "gu"],
    [String.raw`^(?:a|b)+$`, ""],
    [String.raw`^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$`, ""],
  ])("/%s/%s is let through", (source, flags) => {
    expect(worse(source, flags)).toBeUndefined();
  });

  test("literals and patterns made of a text are found, and those made of anything else", () => {
    const text = [
      'const a = "/no/"; // /nor this/',
      "const b = text.replace(/b+/g, x / y / z);",
      'const c = new RegExp("c+$", "i");',
      "const d = RegExp(`^${c}$`);",
    ].join("\n");
    expect(patternsIn("some.ts", text)).toEqual({
      written: expect.arrayContaining([
        { file: "some.ts", line: 2, source: "b+", flags: "g" },
        { file: "some.ts", line: 3, source: "c+$", flags: "i" },
      ]),
      made: [4],
    });
  });
});
