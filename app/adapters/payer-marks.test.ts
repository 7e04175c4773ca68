import { expect, test } from "vitest";

import { payerMarks } from "./payer-marks.ts";

test("a mark fits its own subject under its own secret, and nothing else", () => {
  const marks = payerMarks("a secret of thirty-two signs and more");
  const mark = marks.of("QNK7F3K27-1");
  expect(marks.fits("QNK7F3K27-1", mark)).toBe(true);
  for (const other of ["QNK7F3K27", "QNK7F3K27-2", ""]) expect(marks.fits(other, mark)).toBe(false);
  for (const wrong of ["", mark.slice(1), `${mark.slice(0, -2)}AA`, "ü"]) {
    expect(marks.fits("QNK7F3K27-1", wrong)).toBe(false);
  }
  expect(payerMarks("another secret of thirty-two signs").fits("QNK7F3K27-1", mark)).toBe(false);
});
