import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { groupDigits, readDong } from "./dong.ts";

describe("amounts as people type them", () => {
  test.each([
    ["200000", 200_000n],
    ["200.000", 200_000n],
    ["200,000", 200_000n],
    ["200 000", 200_000n],
    ["200\u00a0000", 200_000n],
    ["200\u202f000 đ", 200_000n],
    ["1.234.567", 1_234_567n],
    ["1,234,567đ", 1_234_567n],
    ["  50000  ", 50_000n],
    ["50000 đồng", 50_000n],
    ["50000 đồng".normalize("NFD"), 50_000n],
    ["50000 VND", 50_000n],
    ["50.000 VNĐ", 50_000n],
    ["50.000₫", 50_000n],
    ["200k", 200_000n],
    ["200K", 200_000n],
    ["1,5k", 1_500n],
    ["200 nghìn", 200_000n],
    ["200 ngàn đồng", 200_000n],
    ["200 nghin", 200_000n],
    ["5tr", 5_000_000n],
    ["5 triệu", 5_000_000n],
    ["5 TRIỆU ĐỒNG", 5_000_000n],
    ["1,5 triệu", 1_500_000n],
    ["1.5tr", 1_500_000n],
    ["0,25 tỷ", 250_000_000n],
    ["2 tỉ", 2_000_000_000n],
    ["1.5 million", 1_500_000n],
    ["1.5 Million VND", 1_500_000n],
    ["2m đ", 2_000_000n],
    ["0.25 billion đồng", 250_000_000n],
    ["1.285 bn đ", 1_285_000_000n],
    ["200 thousand", 200_000n],
    ["999999999999999999", 999_999_999_999_999_999n],
    ["0", 0n],
    ["000", 0n],
  ])("%j is %s", (typed, amount) => {
    expect(readDong(typed)).toBe(amount);
  });

  test.each([
    "",
    " ",
    "đ",
    "-5000",
    "+5000",
    "5e6",
    "0x10",
    "200.00",
    "20.0000",
    "1.234,567",
    "1,234.567",
    "1.2345",
    ".500",
    "500.",
    "1..000",
    "1,5",
    "1,0005k",
    "0,0000001 triệu",
    "5tr20",
    "5tr2000",
    "1tr5k5",
    "1 triệu 5 triệu",
    "1,5tr5",
    "1k5",
    "năm triệu",
    "٥٠٠",
    "1234567890123456789",
    "100 USD",
    "million",
    "1 millionaire",
    "50.000 - 100.000",
  ])("%j is no amount of whole đồng", (typed) => {
    expect(readDong(typed)).toBeUndefined();
  });

  test.each([
    ["1tr5", 1_500_000n],
    ["1 TR 5", 1_500_000n],
    ["5tr2", 5_200_000n],
    ["1 triệu 500", 1_500_000n],
    ["1tr250", 1_250_000n],
    ["1 triệu 500 nghìn", 1_500_000n],
    ["1 triệu 50k", 1_050_000n],
    ["5 triệu rưỡi", 5_500_000n],
    ["2 tỷ 3", 2_300_000_000n],
    ["2 tỷ 300 triệu đồng", 2_300_000_000n],
    ["1 tỷ 500", 1_500_000_000n],
    ["1.5 million", 1_500_000n],
    ["200 thousand VND", 200_000n],
  ])("%j, as it is said, is %s đồng", (typed, amount) => {
    expect(readDong(typed)).toBe(amount);
  });

  test("what we write is read back, with dots, commas and blanks", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n }),
        fc.constantFrom(".", ",", " "),
        (amount, separator) => {
          expect(readDong(groupDigits(amount, separator))).toBe(amount);
          expect(readDong(`${groupDigits(amount)} đ`)).toBe(amount);
        },
      ),
    );
  });

  test("millions with a fraction keep every đồng", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), (amount) => {
        const millions = `${amount / 1_000_000n},${(amount % 1_000_000n).toString().padStart(6, "0")}`;
        expect(readDong(`${millions} triệu`)).toBe(amount);
      }),
    );
  });
});

describe("amounts as papers write them", () => {
  test.each([
    [0n, "0"],
    [999n, "999"],
    [1000n, "1.000"],
    [-1_234_567n, "−1.234.567"],
    [9_007_199_254_740_993n, "9.007.199.254.740.993"],
  ])("%s is %s", (amount, written) => {
    expect(groupDigits(amount)).toBe(written);
  });
});
