import { expect, test } from "vitest";

import { createLog } from "#app/adapters/log.ts";

import { cronOf, isDue, runJob } from "./jobs.ts";

const minuteOf = (moment: string) => Date.parse(moment) / 60_000;

test("a daily job is due once a day, at its hour in Việt Nam", () => {
  const day = Array.from({ length: 24 * 60 }, (_, n) => minuteOf("2026-11-23T00:00Z") + n);
  const due = day.filter((minute) => isDue({ dailyAt: "2:30" }, minute));
  expect(due).toEqual([minuteOf("2026-11-23T19:30Z")]);
  expect(cronOf({ dailyAt: "2:30" })).toBe("30 2 * * *");
});

test("a frequent job is due as often as it says", () => {
  const hour = Array.from({ length: 60 }, (_, n) => minuteOf("2026-11-23T10:00Z") + n);
  expect(hour.filter((minute) => isDue({ everyMinutes: 5 }, minute))).toHaveLength(12);
  expect(cronOf({ everyMinutes: 5 })).toBe("*/5 * * * *");
});

test("a job that fails is logged and does not end the process", async () => {
  let text = "";
  const log = createLog(
    { level: "info", process: "test" },
    { write: (line) => void (text += line) },
  );
  const job = (run: () => Promise<Record<string, number>>) => ({
    name: "x",
    rhythm: { everyMinutes: 1 },
    run,
  });
  expect(
    await runJob(
      job(() => Promise.reject(new Error("no database"))),
      log,
    ),
  ).toBe(false);
  expect(
    await runJob(
      job(async () => ({ asked: 3 })),
      log,
    ),
  ).toBe(true);
  expect(text).toContain("no database");
  expect(text).toContain('"asked":3');
});
