import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

/**
 * What the build made of the stylesheets, against what phones that people have can read. A browser drops a whole rule, or
 * a whole group, for one thing in it that it does not know: `@layer` (Chrome 99) took the entire look away, range queries
 * (Chrome 104) every rule for narrow screens (docs/stack.md, vite).
 */
const folder = new URL("../../build/client/assets/", import.meta.url);
const sheets = readdirSync(folder).filter((name) => name.endsWith(".css"));

/** One rule of a sheet: what stands before its brace, and the conditions around it, outermost first. */
interface Rule {
  readonly prelude: string;
  readonly inside: readonly string[];
}

function rulesOf(css: string): Rule[] {
  const rules: Rule[] = [];
  const open: string[] = [];
  let text = "";
  let quote = "";
  for (const sign of css.replaceAll(/\/\*.*?\*\//gs, "")) {
    if (quote) {
      if (sign === quote) quote = "";
      text += sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      text += sign;
    } else if (sign === "{") {
      rules.push({ prelude: text.trim(), inside: [...open] });
      open.push(text.trim());
      text = "";
    } else if (sign === "}") {
      open.pop();
      text = "";
    } else if (sign === ";") text = "";
    else text += sign;
  }
  return rules;
}

test("there is a sheet for the site and one for the office", () => {
  expect(sheets.map((name) => name.replace(/-.*/, "")).toSorted()).toEqual(["office", "site"]);
});

describe.each(sheets)("%s", (name) => {
  const css = readFileSync(new URL(name, folder), "utf8");
  const rules = rulesOf(css);

  test("no layers, no range queries, no container queries", () => {
    expect(rules.length).toBeGreaterThan(50);
    expect(css).not.toMatch(/@layer|@container|@scope|@property/);
    const conditions = rules
      .map(({ prelude }) => prelude)
      .filter((one) => one.startsWith("@media"));
    expect(conditions.filter((one) => /[<>]/.test(one))).toEqual([]);
  });

  test("no rule inside a rule", () => {
    const nested = rules.filter(({ inside }) =>
      inside.some((one) => !/^@(media|supports|font-face|page)/.test(one)),
    );
    // Boxes in the margin of a page are at-rules inside @page, as old as paged media.
    expect(nested.filter(({ prelude }) => !prelude.startsWith("@"))).toEqual([]);
    expect(css).not.toMatch(/[{};]\s*&/);
  });

  test("what newer browsers select stands where older ones do not look", () => {
    const bare = rules.filter(
      ({ prelude, inside }) =>
        /:has\(|:is\(|:where\(|::details-content/.test(prelude) &&
        !prelude.startsWith("@") &&
        !inside.some((one) => one.startsWith("@supports selector(")),
    );
    expect(bare.map(({ prelude }) => prelude)).toEqual([]);
  });

  test("no colour that is computed, no unit of the newer window", () => {
    const said = css.replaceAll(/@supports[^{]*/g, "");
    expect(
      said.match(/color-mix\([^)]*var|light-dark\(|oklch\(|oklab\(|\d[dsl]v[hw]\b/g),
    ).toBeNull();
  });
});
