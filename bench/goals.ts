/** One goal: a ratio of two things measured side by side in the same rounds. */
export interface Goal {
  readonly what: string;
  readonly beside: string;
  /** The ratio must be at least (`least`) or at most (`most`) `must`; `aim` is what we are after. */
  readonly way: "least" | "most";
  readonly must: number;
  readonly aim: number;
  /** Words for the columns where the bare number would say too little. */
  readonly unit?: string;
}

/** The goals of the performance page, by id, in the order of the table. */
export const GOALS = {
  L1: least(
    "record a gift, one hot campaign, 32 in flight, per s",
    "naive drizzle FOR UPDATE transaction, hot",
    12,
    25,
  ),
  L2: least("same", "pgledger, hot, one call a transfer", 6, 12),
  L3: least("same", "pgbench, one statement, many accounts, 32 connections", 1.2, 2),
  L4: most("p99 of the same", "p99 of that pgbench", 1, 0.5),
  L5: least("one hot campaign ÷ many campaigns, 32 in flight", "same code", 0.8, 1),
  L6: least("with ÷ without the bytes of the public log", "same code", 0.75, 0.85),
  L7: most("p50 with 1 in flight", "postgres.js, one statement, p50", 1.5, 1.15),
  L8: most(
    "mismatches, unbalanced, lost or doubled keys, kill -9 included",
    "none allowed",
    0,
    0,
    "count",
  ),
  T1: most("gift to its animals, p50, largest book", "primary-key select, p50", 3, 1.5),
  T2: most("same, largest ÷ smallest book", "same query", 3, 1.5),
  T3: most("animal to its gifts, p50", "recursive query without the range step, p50", 0.5, 0.3),
  T4: most(
    "buffers read for one trace, growth per factor ten",
    "same query, book ten times smaller",
    1.5,
    1.1,
  ),
  H1: most(
    "hash tree of a million entries of 400 bytes, one core",
    "`openssl speed` time for the same hashes",
    3,
    2,
  ),
  H2: least("the same tree by `createHash` ÷ ours, time", "ours", 2.5, 4),
  S1: least("public page from the cache, one core, per s", "nginx, same bytes", 0.4, 0.7),
  S2: least("same, 304 to If-None-Match", "nginx, full answer", 0.7, 1),
  S3: least("cached ÷ uncached page, per s", "same page", 50, 150),
  S4: least(
    "uncached ledger page of 300 rows, per s",
    "bare React renderToPipeableStream, same tree",
    0.4,
    0.6,
  ),
  S5: least("first page after a gift shows it", "tries", 1, 1, "share"),
  S6: most("script on public pages, bytes", "none allowed", 0, 0, "bytes"),
  S7: most("script on pages that need it, gzip", "minimal React Router page", 1.25, 1.1),
  S8: most(
    "public ledger page with styles and fonts, compressed",
    "median mobile page 2025, 2,559 KB",
    0.02,
    0.01,
  ),
  S9: most("HTML of 300 rows, gzip", "the bare table of the same rows, gzip", 1.6, 1.3),
  S10: least("pages a second of 64 readers while 1 gift a second comes in", "no gifts", 0.8, 0.95),
  S11: least("same, 10 gifts a second", "no gifts", 0.6, 0.8),
  S12: least("same, 50 gifts a second", "no gifts", 0.4, 0.6),
  S13: least("same readers, every request with another cookie", "none", 0.95, 1),
  S14: least("same, every address with another word that no page reads", "none", 0.95, 1),
  C1: most("exec to first 200, database there", "minimal React Router app", 3, 2),
  C2: most("RSS after 10,000 requests", "minimal React Router app after the same", 1.6, 1.2),
  P1: most("start on reopened PGlite to first 200", "PGlite open alone", 3, 2),
} as const satisfies Record<string, Goal>;

export type GoalId = keyof typeof GOALS;

/** What a part measured for one goal; without `ratio` it was not measured and `note` says why. */
export interface Figure {
  readonly id: GoalId;
  readonly ours?: string;
  readonly beside?: string;
  /** Median of the ratios of pairs from the same round. */
  readonly ratio?: number;
  /** The ratio of every round. */
  readonly rounds?: readonly number[];
  readonly note?: string;
}

export type Verdict = "aim" | "must" | "MISSED" | "not measured";

/** Where a figure stands against its goal. */
export function verdictOn(figure: Figure): Verdict {
  const goal: Goal = GOALS[figure.id];
  if (figure.ratio === undefined) return "not measured";
  const reaches = (mark: number) =>
    goal.way === "least" ? figure.ratio! >= mark : figure.ratio! <= mark;
  return reaches(goal.aim) ? "aim" : reaches(goal.must) ? "must" : "MISSED";
}

function least(what: string, beside: string, must: number, aim: number, unit?: string): Goal {
  return { what, beside, way: "least", must, aim, ...(unit ? { unit } : {}) };
}

function most(what: string, beside: string, must: number, aim: number, unit?: string): Goal {
  return { what, beside, way: "most", must, aim, ...(unit ? { unit } : {}) };
}
