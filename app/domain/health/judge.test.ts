import { expect, test } from "vitest";

import type { BookFacts, HealthFacts, Seen } from "./facts.ts";
import { judge } from "./judge.ts";

const AT = 1_764_500_000;
const HOUR = 3600;

const books: BookFacts = {
  entries: 12,
  headFree: true,
  numbered: true,
  readOnly: false,
  clockAhead: 0,
  recordedAhead: 0,
  queue: { count: 0, oldestSeconds: null },
  queueMoves: true,
  events: { count: 0, oldestSeconds: null },
  attention: { count: 0, oldestSeconds: null },
  jobs: [
    {
      name: "check-books",
      everySeconds: 24 * HOUR,
      knownSince: AT - 100 * HOUR,
      startedAt: AT - 10 * HOUR,
      endedAt: AT - 10 * HOUR,
      failed: false,
      doneAt: AT - 10 * HOUR,
    },
  ],
};

function seen<Value>(value: Value): Seen<Value> {
  return { state: "seen", value, milliseconds: 3 };
}

const well: HealthFacts = {
  at: AT,
  startedAt: AT - 50 * HOUR,
  numbersHere: true,
  read: seen(undefined),
  write: seen(undefined),
  books: seen(books),
  check: seen({ ranAt: AT - 10 * HOUR, ok: true, broken: 0 }),
  files: seen({ freeBytes: 5e10 }),
  mail: seen({ configured: true, reachable: true, sentAt: AT - 5, failedAt: AT - 500 }),
};

function withBooks(change: Partial<BookFacts>): HealthFacts {
  return { ...well, books: seen({ ...books, ...change }) };
}

test("a site that is well is ok in every part", () => {
  const report = judge(well);
  expect(report.status).toBe("ok");
  expect(Object.values(report.parts).map(({ status }) => status)).toEqual(
    Object.keys(report.parts).map(() => "ok"),
  );
});

const silent = { state: "silent", since: AT - 2 } as const;
const full = { state: "failed", why: "disk-full", since: AT - 2 } as const;

const FAILING: readonly (readonly [string, HealthFacts, string, string])[] = [
  [
    "a frozen database",
    { ...well, read: silent, write: silent, books: silent },
    "database",
    "silent",
  ],
  ["a full disk", { ...well, write: full }, "database", "disk-full"],
  ["a standby that does not answer", { ...well, write: silent }, "database", "silent"],
  ["a database that only reads", withBooks({ readOnly: true }), "database", "read-only"],
  ["a head that somebody holds", withBooks({ headFree: false }), "ledger", "blocked"],
  [
    "a queue that nobody numbers",
    {
      ...withBooks({ numbered: false, queue: { count: 3, oldestSeconds: 61 }, queueMoves: false }),
      numbersHere: false,
    },
    "sequencer",
    "stuck",
  ],
  ["a clock days ahead", withBooks({ clockAhead: 3 * 86_400 }), "clock", "clock-refused"],
  ["an entry of days ahead", withBooks({ recordedAhead: 3 * 86_400 }), "clock", "clock-refused"],
  ["a clock days behind", withBooks({ clockAhead: -3 * 86_400 }), "clock", "clock-refused"],
];

test.each(FAILING)("%s cannot book, and is named", (_, facts, part, why) => {
  const report = judge(facts);
  expect(report.status).toBe("failing");
  expect(report.parts[part as "database"]).toMatchObject({ status: "failing", why });
});

test("reading well and writing not are told apart", () => {
  const { database } = judge({ ...well, write: full }).parts;
  expect(database.read.status).toBe("ok");
  expect(database.write).toMatchObject({ status: "failing", why: "disk-full", since: AT - 2 });
});

const DEGRADED: readonly (readonly [string, HealthFacts, string, string])[] = [
  [
    "one gift that cannot be numbered",
    withBooks({ queue: { count: 1, oldestSeconds: 9000 } }),
    "sequencer",
    "waits-long",
  ],
  [
    "nobody numbers yet",
    { ...withBooks({ numbered: false }), numbersHere: false },
    "sequencer",
    "nobody-numbers",
  ],
  ["a clock half a minute off", withBooks({ clockAhead: 40 }), "clock", "clock-apart"],
  [
    "events nobody answered",
    withBooks({ events: { count: 2, oldestSeconds: 1000 } }),
    "events",
    "waits-long",
  ],
  [
    "a check that found something",
    { ...well, check: seen({ ranAt: AT - 5, ok: false, broken: 2 }) },
    "checks",
    "check-failed",
  ],
  [
    "a check of the day before",
    { ...well, check: seen({ ranAt: AT - 27 * HOUR, ok: true, broken: 0 }) },
    "checks",
    "check-old",
  ],
  ["no check in more than a day", { ...well, check: seen(undefined) }, "checks", "check-old"],
  ["nobody who runs the jobs", withBooks({ jobs: [] }), "jobs", "no-jobs"],
  [
    "a file store that does not keep",
    { ...well, files: { state: "failed", why: "not-kept", since: AT } },
    "files",
    "not-kept",
  ],
  ["little room for files", { ...well, files: seen({ freeBytes: 2e8 }) }, "files", "little-room"],
  [
    "a mail server that is away",
    { ...well, mail: seen({ configured: true, reachable: false, sentAt: null, failedAt: null }) },
    "mail",
    "not-reachable",
  ],
  [
    "a letter that did not go",
    {
      ...well,
      mail: seen({ configured: true, reachable: null, sentAt: AT - 9, failedAt: AT - 3 }),
    },
    "mail",
    "not-sent",
  ],
];

test.each(DEGRADED)("%s: serving and booking go on, and it is named", (_, facts, part, why) => {
  const report = judge(facts);
  expect(report.status).toBe("degraded");
  expect(report.parts[part as "mail"].why).toBe(why);
});

test("a job is late by its own rhythm, from the day it was known on", () => {
  const [daily] = books.jobs;
  if (!daily) throw new Error("no job");
  const often = { ...daily, name: "take-up-events", everySeconds: 300 };
  const states = (jobs: BookFacts["jobs"]) =>
    judge(withBooks({ jobs })).parts.jobs.runs?.map(({ why }) => why);
  expect(states([{ ...daily, doneAt: AT - 25 * HOUR }])).toEqual([undefined]);
  expect(states([{ ...daily, doneAt: AT - 27 * HOUR }])).toEqual(["job-late"]);
  expect(states([{ ...often, doneAt: AT - 800 }])).toEqual([undefined]);
  expect(states([{ ...often, doneAt: AT - 1000 }])).toEqual(["job-late"]);
  expect(states([{ ...often, doneAt: null, knownSince: AT - 100 }])).toEqual([undefined]);
  expect(states([{ ...often, doneAt: null, knownSince: AT - 1000 }])).toEqual(["job-late"]);
  expect(states([{ ...often, failed: true }])).toEqual(["job-failed"]);
});

test("a site that was set up an hour ago has no old check", () => {
  const young = { ...well, startedAt: AT - HOUR, check: seen(undefined) };
  expect(judge(young).parts.checks.status).toBe("ok");
});
