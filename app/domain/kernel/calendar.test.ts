import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { addDays, compactMoment, dayOf, daysBetween, isDay, startOf } from "./calendar.ts";

const at = (text: string) => Date.parse(text) / 1000;
const moment = fc.integer({ min: at("1990-01-01T00:00:00Z"), max: at("2090-01-01T00:00:00Z") });
const day = moment.map(dayOf);

describe("days in Viet Nam", () => {
  test("a day begins at 17:00 UTC the day before, in summer and winter", () => {
    expect(dayOf(at("2024-12-31T16:59:59Z"))).toBe("2024-12-31");
    expect(dayOf(at("2024-12-31T17:00:00Z"))).toBe("2025-01-01");
    expect(dayOf(at("2024-07-01T16:59:59Z"))).toBe("2024-07-01");
    expect(dayOf(at("2024-07-01T17:00:00Z"))).toBe("2024-07-02");
    expect(startOf("2025-01-01")).toBe(at("2024-12-31T17:00:00Z"));
  });

  test("every moment lies between the start of its day and that of the next", () => {
    fc.assert(
      fc.property(moment, (seconds) => {
        const today = dayOf(seconds);
        expect(startOf(today)).toBeLessThanOrEqual(seconds);
        expect(startOf(addDays(today, 1))).toBeGreaterThan(seconds);
        expect(isDay(today)).toBe(true);
      }),
    );
  });

  test("adding days and counting them are each other's reverse; text order is time order", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
        const to = addDays(from, days);
        expect(daysBetween(from, to)).toBe(days);
        expect(to < from).toBe(days < 0);
      }),
    );
  });

  test("leap years", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2023-02-28", 1)).toBe("2023-03-01");
    expect(daysBetween("1900-02-28", "1900-03-01")).toBe(1);
    expect(daysBetween("2000-02-28", "2000-03-01")).toBe(2);
  });

  test.each([
    ["2024-02-29", true],
    ["2023-02-29", false],
    ["2024-02-30", false],
    ["2024-13-01", false],
    ["2024-00-10", false],
    ["2024-1-1", false],
    ["2024-01-01T00:00:00Z", false],
    ["24-01-01", false],
    ["2024-01-01\n", false],
    [" 2024-01-01", false],
    ["२०२४-०१-०१", false],
    ["", false],
  ])("%j is a day: %s", (text, is) => {
    expect(isDay(text)).toBe(is);
  });

  test("a moment as VNPay writes it, in GMT+7", () => {
    expect(compactMoment(at("2024-12-31T17:04:05Z"))).toBe("20250101000405");
  });
});
