import { expect, test } from "vitest";

import { GIFT_COOKIE, giftMark, readGiftMark } from "#app/domain/payments/gift-mark.ts";

import { payerMarks } from "./payer-marks.ts";

const marks = payerMarks("secret-of-this-test-only-0123456789");
const mark = giftMark(marks, 2131);

test("the entry of a browser's own gift is read back, beside other cookies", () => {
  expect(readGiftMark(marks, `${GIFT_COOKIE}=${mark}`)).toBe(2131);
  expect(readGiftMark(marks, `a=b; ${GIFT_COOKIE}=${mark}; c=d`)).toBe(2131);
});

test.each([
  ["nothing", ""],
  ["another cookie", "session=1"],
  ["no mark", `${GIFT_COOKIE}=2131`],
  ["another's mark", `${GIFT_COOKIE}=${mark.replace("2131", "2132")}`],
  ["another secret", `${GIFT_COOKIE}=${giftMark(payerMarks("x".repeat(40)), 2131)}`],
  ["no number", `${GIFT_COOKIE}=__proto__.${mark}`],
])("%s asks for nothing", (_, cookies) => {
  expect(readGiftMark(marks, cookies)).toBeUndefined();
});
