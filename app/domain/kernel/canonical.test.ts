import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type Canonical, canonicalText } from "./canonical.ts";

describe("RFC 8785", () => {
  test("keys are in the order of UTF-16 code units (the sample of section 3.2.3)", () => {
    const sample = {
      "€": "Euro Sign",
      "\r": "Carriage Return",
      "1": "One",
      "\u0080": "Control\u007f",
      "😀": "Emoji: Grinning Face",
      ö: "Latin Small Letter O With Diaeresis",
    };
    expect([...canonicalText(sample).matchAll(/"([^"]+)":/g)].map(([, key]) => key)).toEqual([
      "\\r",
      "1",
      "\u0080",
      "ö",
      "€",
      "😀",
    ]);
    // By code point, U+FF5E comes before U+1F600; by UTF-16 units after it.
    expect(canonicalText({ "～": 1, "😀": 2 })).toBe('{"😀":2,"～":1}');
  });

  test("strings are escaped as ECMAScript does, no more", () => {
    expect(canonicalText('€$\u000f\nA\'B"\\"/\u007fđ')).toBe(
      String.raw`"€$\u000f\nA'B\"\\\"/` + '\u007fđ"',
    );
  });

  test("nothing is put between signs, order within lists stays, what is undefined is left out", () => {
    expect(canonicalText({ b: [3, 1n, "x", true, {}, []], a: { d: undefined, c: false } })).toBe(
      '{"a":{"c":false},"b":[3,1,"x",true,{},[]]}',
    );
  });

  test("whole numbers are plain digits up to 2^53 − 1, in number and bigint alike", () => {
    expect(canonicalText([0, -0, -7, 9007199254740991, -9007199254740991n])).toBe(
      "[0,0,-7,9007199254740991,-9007199254740991]",
    );
  });

  test.each([
    ["a fraction", 0.5],
    ["more than 2^53 − 1", 9007199254740992],
    ["more than 2^53 − 1 as bigint", 9007199254740992n],
    ["less than −(2^53 − 1) as bigint", -9007199254740992n],
    ["not a number", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["a lone surrogate", "a\ud800b"],
    ["a lone surrogate in a key", { "\udc00": 1 }],
    ["text that is not NFC", "Hòa".normalize("NFD")],
    ["a key that is not NFC", { ["Hòa".normalize("NFD")]: 1 }],
  ])("%s is refused", (_, value) => {
    const why = /^(not a whole safe number: |too large: |lone surrogate|text is not in NFC)/;
    expect(() => canonicalText(value as Canonical)).toThrow(why);
    expect(() => canonicalText([{ deep: [value as Canonical] }])).toThrow(why);
  });

  test.each([
    ["null", null],
    ["undefined", undefined],
    ["undefined in a list", [undefined]],
    ["null in an object", { a: null }],
    ["a symbol", Symbol("s")],
    ["a function", () => 1],
  ])("%s has no canonical form", (_, value) => {
    expect(() => canonicalText(value as unknown as Canonical)).toThrow(TypeError);
  });

  const text = fc.string({ unit: "grapheme" }).map((value) => value.normalize("NFC"));
  const { value } = fc.letrec<{ value: Canonical }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(text, tie("value"), { maxKeys: 6 }),
    ),
  }));

  test("it is JSON of the same value, whatever order keys were given in", () => {
    fc.assert(
      fc.property(value, (given) => {
        const written = canonicalText(given);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(given)));
        expect(canonicalText(turned(given))).toBe(written);
      }),
    );
  });
});

/** The same value with the keys of every object in the other order. */
function turned(value: Canonical): Canonical {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, field]) => [key, turned(field as Canonical)]),
  );
}
