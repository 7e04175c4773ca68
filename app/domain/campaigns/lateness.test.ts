import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays, daysBetween } from "../kernel/calendar.ts";
import { daysLateOn, isHeldUp, latenessOf, type Owing, valueOn } from "./lateness.ts";

const since = (value: number, from = "2021-12-24", to: string | null = null) => ({
  from,
  to,
  value,
});

const campaign = (progress: Partial<Owing["progress"]> = {}): Owing => ({
  startsOn: "2025-01-01",
  endsOn: "2027-12-31",
  closedOn: null,
  progress: {
    filedOn: null,
    everyDays: [since(180)],
    graceDays: [since(30)],
    promisedDays: null,
    ...progress,
  },
});

test("a statement is due so many days after the last, late the day after, and holds pledges up after the grace", () => {
  const filed = campaign({ filedOn: "2026-01-01" });
  const due = addDays("2026-01-01", 180);
  expect(latenessOf(filed, due)).toEqual({ is: "in-time", dueOn: due });
  expect(latenessOf(filed, addDays(due, 1))).toMatchObject({ is: "late", daysLate: 1 });
  expect(latenessOf(filed, addDays(due, 30))).toMatchObject({ is: "late", daysLate: 30 });
  expect(latenessOf(filed, addDays(due, 31))).toMatchObject({
    is: "held-up",
    daysLate: 31,
    heldUpFrom: addDays(due, 31),
  });
  expect(isHeldUp(filed, addDays(due, 30))).toBe(false);
  expect(isHeldUp(filed, addDays(due, 31))).toBe(true);
});

test("the first is counted from the start, and nothing is owed before the rule began", () => {
  expect(latenessOf(campaign(), "2025-02-01")).toEqual({ is: "in-time", dueOn: "2025-06-30" });
  const later = campaign({ everyDays: [since(180, "2025-10-01")] });
  expect(latenessOf(later, "2025-11-01")).toEqual({
    is: "in-time",
    dueOn: addDays("2025-10-01", 180),
  });
  expect(latenessOf(campaign({ everyDays: [] }), "2030-01-01")).toEqual({ is: "not-asked" });
  const over = campaign({ everyDays: [since(180, "2021-12-24", "2025-12-31")] });
  expect(latenessOf(over, "2026-01-01")).toEqual({ is: "not-asked" });
});

test("whoever promised to tell more often owes it more often, never less often", () => {
  const dueOn = (promisedDays: number | null) => {
    const lateness = latenessOf(campaign({ promisedDays }), "2025-01-01");
    return lateness.is === "in-time" ? lateness.dueOn : undefined;
  };
  expect(dueOn(90)).toBe(addDays("2025-01-01", 90));
  expect(dueOn(360)).toBe(dueOn(null));
});

test("after the end one more is owed, and then none", () => {
  const ended = { ...campaign({ filedOn: "2025-12-01" }), endsOn: "2025-12-31" };
  expect(latenessOf(ended, "2026-12-01").is).toBe("held-up");
  expect(
    latenessOf({ ...ended, progress: { ...ended.progress, filedOn: "2026-01-05" } }, "2029-01-01"),
  ).toEqual({
    is: "done",
  });
});

test("a changed rule holds from its day: the period that began before keeps its own", () => {
  const changed = [since(180, "2021-12-24", "2026-06-30"), since(90, "2026-07-01")];
  const before = campaign({ filedOn: "2026-06-30", everyDays: changed });
  const after = campaign({ filedOn: "2026-07-01", everyDays: changed });
  expect(latenessOf(before, "2026-07-01")).toMatchObject({ dueOn: addDays("2026-06-30", 180) });
  expect(latenessOf(after, "2026-07-02")).toMatchObject({ dueOn: addDays("2026-07-01", 90) });
  expect(valueOn(changed, "2021-01-01")).toBeUndefined();
});

const RANK = { "not-asked": 0, done: 0, "in-time": 1, late: 2, "held-up": 3 } as const;

test("time makes it no better, filing makes it no worse, and a day late is a day", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 0, max: 900 }),
      (every, grace, one, other) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
        const owing = campaign({ everyDays: [since(every)], graceDays: [since(grace)] });
        const day = (n: number) => addDays(owing.startsOn, n);
        expect(RANK[latenessOf(owing, day(later)).is]).toBeGreaterThanOrEqual(
          RANK[latenessOf(owing, day(earlier)).is],
        );
        const filed = { ...owing, progress: { ...owing.progress, filedOn: day(earlier) } };
        expect(daysLateOn(filed, day(later))).toBeLessThanOrEqual(daysLateOn(owing, day(later)));
        expect(daysLateOn(owing, day(later))).toBe(Math.max(0, later - every));
        const lateness = latenessOf(owing, day(later));
        if (lateness.is === "late" || lateness.is === "held-up") {
          expect(daysBetween(lateness.dueOn, day(later))).toBe(lateness.daysLate);
          expect(lateness.is === "held-up").toBe(lateness.daysLate > grace);
        }
      },
    ),
  );
});
