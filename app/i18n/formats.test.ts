import { expect, test } from "vitest";

import {
  clockAt,
  compareText,
  day,
  dayAt,
  money,
  NO_BREAK,
  percentNumber,
  shortMoney,
  week,
} from "./formats.ts";

test("amounts carry dots, a no-break space and đ", () => {
  expect(money("vi", 1_234_567n)).toBe("1.234.567\u00a0đ");
  expect(money("en", 1_234_567n)).toBe("1,234,567\u00a0đ");
  expect(money("vi", -5_000_000n)).toBe("−5.000.000\u00a0đ");
  expect(money("vi", 0n)).toBe("0\u00a0đ");
});

test("short amounts are cut, never rounded up", () => {
  expect(shortMoney("vi", 1_285_000_000n)).toBe("1,285\u00a0tỷ\u00a0đ");
  expect(shortMoney("vi", 888_399_999n)).toBe("888,3\u00a0triệu\u00a0đ");
  expect(shortMoney("vi", 2_000_000_000n)).toBe("2\u00a0tỷ\u00a0đ");
  expect(shortMoney("vi", 1_040_000_000n)).toBe("1,04\u00a0tỷ\u00a0đ");
  expect(shortMoney("en", 999_999n)).toBe("999,999\u00a0đ");
  expect(shortMoney("vi", -1_500_000n)).toBe("−1,5\u00a0triệu\u00a0đ");
});

test("days and times are those of Viet Nam", () => {
  expect(day("2026-11-23")).toBe("23/11/2026");
  const lateEvening = Date.UTC(2026, 10, 22, 17, 5) / 1000;
  expect(dayAt(lateEvening)).toBe("23/11/2026");
  expect(clockAt(lateEvening)).toBe("00:05");
});

test("a hundred percent means all of it", () => {
  expect(percentNumber(999n, 1000n)).toBe(99);
  expect(percentNumber(1000n, 1000n)).toBe(100);
  expect(percentNumber(1n, 0n)).toBe(0);
});

// docs/stack.md, PGlite: its own collation does not.
test("Vietnamese sorts đ after d and tones after plain letters", () => {
  const sorted = ["Đông Giang", "Dê", "Nam Trà My", "Nam Giang", "Da"].sort((a, b) =>
    compareText("vi", a, b),
  );
  expect(sorted).toEqual(["Da", "Dê", "Đông Giang", "Nam Giang", "Nam Trà My"]);
});

test("a week is told with the year of its Thursday", () => {
  expect(week("vi", "2026-11-29")).toBe(`tuần${NO_BREAK}48/2026`);
  expect(week("en", "2024-12-30")).toBe(`week${NO_BREAK}1/2025`);
  expect(week("vi", "2021-01-03")).toBe(`tuần${NO_BREAK}53/2020`);
});
