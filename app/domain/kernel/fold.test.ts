import { readFileSync } from "node:fs";

import fc from "fast-check";
import { expect, test } from "vitest";

import { fold, searchText } from "./fold.ts";

const { fold: VECTORS } = JSON.parse(
  readFileSync(new URL("../../../tests/vectors/vi-text.json", import.meta.url), "utf8"),
) as { fold: { in: string; form: string; out: string }[] };

test("there are vectors", () => {
  expect(VECTORS.length).toBeGreaterThan(10);
});

test.each(VECTORS)("$in ($form) is $out", ({ in: given, out }) => {
  expect(fold(given)).toBe(out);
  expect(fold(given.normalize("NFC"))).toBe(out);
  expect(fold(given.normalize("NFD"))).toBe(out);
  expect(fold(given.normalize("NFC").toUpperCase())).toBe(out);
});

test("what is folded is plain and stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      const folded = fold(text);
      expect(folded).toMatch(/^([a-z0-9]+( [a-z0-9]+)*)?$/);
      expect(fold(folded)).toBe(folded);
    }),
  );
});

test("names are found with and without blanks", () => {
  const stored = searchText("Xã Tr'Hy", "A Tiêng", "");
  for (const typed of ["tr hy", "trhy", "a tieng", "atieng", "xatrhy"]) {
    expect(stored).toContain(typed);
  }
  expect(searchText("", " ", "!")).toBe("");
  expect(searchText("Ba", "bà")).toBe("ba");
});
