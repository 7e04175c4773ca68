import { expect, test } from "vitest";

import { createLog } from "#app/front/log.ts";

import { healthStore } from "#db/stores/health.ts";
import { jobRunStore } from "#db/stores/job-runs.ts";

import { testDatabase } from "../tests/support/database.ts";
import { cronOf, isDue, makeKnown, runJob } from "./jobs.ts";

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

test("a job that fails is logged and noted, and does not end the process", async () => {
  const { db, close } = await testDatabase("embedded");
  let now = 1_764_500_000;
  const runs = jobRunStore(db, () => now);
  const health = healthStore(db, { now: () => now });
  const jobs = async () => (await health.books(new AbortController().signal)).jobs;
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
  const well = job(async () => {
    now += 2;
    return { asked: 3 };
  });
  const broken = job(() => Promise.reject(new Error("no database")));

  await makeKnown([well], runs);
  expect(await runJob(well, log, runs)).toBe(true);
  now += 60;
  expect(await runJob(broken, log, runs)).toBe(false);
  expect(text).toContain("no database");
  expect(text).toContain('"asked":3');
  const began = 1_764_500_000;
  expect(await jobs()).toEqual([
    {
      name: "x",
      everySeconds: 60,
      knownSince: began,
      startedAt: began + 62,
      endedAt: began + 62,
      failed: true,
      doneAt: began + 2,
    },
  ]);

  for (let n = 0; n < 60; n += 1) await runJob(well, log, runs);
  const [kept] = await db.rows<{ n: bigint }>(`select count(*) as n from job_run`);
  expect(kept?.n).toBe(50n);
  // A version without the job forgets it; what cannot be noted is run all the same.
  await makeKnown([], runs);
  expect(await jobs()).toEqual([]);
  await close();
  expect(await runJob(well, log, runs)).toBe(true);
});
