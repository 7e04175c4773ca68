import { expect, test } from "vitest";

import { referenceCodeOf } from "./reference-code.ts";
import { readTypedCode } from "./typed-code.ts";

const code = referenceCodeOf([16, 5, 13, 1, 16, 0]);

test("a code is read however it was typed", () => {
  const spaced = `${code.slice(0, 2)} ${code.slice(2, 5)}-${code.slice(5)}`.toLowerCase();
  expect(readTypedCode(code)).toBe(code);
  expect(readTypedCode(` ${spaced} `)).toBe(code);
  expect(readTypedCode(`${code.toLowerCase()}-2`)).toBe(`${code}-2`);
});

test("what cannot be a code is none", () => {
  const wrong = code.slice(0, -1) + (code.endsWith("2") ? "3" : "2");
  for (const typed of [
    "",
    "QN",
    wrong,
    "<script>",
    "x".repeat(500),
    `${code}-0`,
    `${code}${code}`,
  ]) {
    expect(readTypedCode(typed), typed).toBeUndefined();
  }
});
