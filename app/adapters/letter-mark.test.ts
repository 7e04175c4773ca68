import { expect, test } from "vitest";

import { fitsLetter, letterMark } from "#app/domain/pledges/letter-mark.ts";

import { payerMarks } from "./payer-marks.ts";

const marks = payerMarks("secret-of-this-test-only-0123456789");

test("the mark of a letter is good for its promise alone, and is no mark of a browser", () => {
  const mark = letterMark(marks, "QNK7F3K27");
  expect(fitsLetter(marks, "QNK7F3K27", mark)).toBe(true);
  expect(fitsLetter(marks, "QNK7F3K28", mark)).toBe(false);
  expect(fitsLetter(marks, "QNK7F3K27", "")).toBe(false);
  // The browser that made the promise knows this one, and has no letter by it.
  expect(fitsLetter(marks, "QNK7F3K27", marks.of("QNK7F3K27"))).toBe(false);
  expect(marks.fits("QNK7F3K27", mark)).toBe(false);
  expect(fitsLetter(payerMarks("another secret, also of this test alone"), "QNK7F3K27", mark)).toBe(
    false,
  );
});
