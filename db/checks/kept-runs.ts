/** Runs of the checks as they are kept: one at a time over all processes, on a connection of its own. */
import type { CheckReport, CheckResult, Checks, RunKind } from "#app/domain/transparency/ports.ts";
import type { HeadStore } from "#app/domain/transparency/seal.ts";

import { building } from "../building.ts";
import type { Database, Db, Reading } from "../client.ts";
import { sayChanged } from "../stores/content-version.ts";
import { runChecks, type Since } from "./run.ts";

const LOCK = `(7269, 17)`;

/** Runs that are kept: incremental ones of some days, full ones for good. */
const KEPT_INCREMENTAL = 2_000;

/** What a run may take: no workers beside its own process, and not for ever. Read only: a check that writes would be none. */
const LIMITS = `select set_config(name, value, false) from (values
  ('max_parallel_workers_per_gather', '0'), ('statement_timeout', '2h'), ('idle_session_timeout', '0'),
  ('default_transaction_read_only', 'on'), ('jit', 'off')) as s(name, value)`;

/** What a run needs from outside. */
export interface RunTools {
  now(): number;
  readonly heads?: HeadStore;
  /** Ends the run between two checks, with the signal's reason; nothing of it is kept. */
  readonly signal?: AbortSignal | undefined;
}

/** The run that was made and kept, with the keys of rows that are never stored; `undefined` while another one runs. */
export async function runAndKeep(
  db: Database,
  kind: RunKind,
  tools: RunTools,
): Promise<CheckReport | undefined> {
  return db.unhurried(async (own) => {
    const [turn] = await own.rows<{ mine: boolean }>(`select pg_try_advisory_lock${LOCK} as mine`);
    if (!turn?.mine) return undefined;
    try {
      if (!db.embedded) await own.rows(LIMITS);
      return await keepRun(db, own, kind, tools);
    } finally {
      await own.rows(`select pg_advisory_unlock${LOCK}`);
    }
  });
}

interface Reached {
  readonly entry: number;
  readonly seal: number;
  readonly rowSeal: number;
}

async function keepRun(
  db: Db,
  reading: Reading,
  asked: RunKind,
  { now, heads, signal }: RunTools,
): Promise<CheckReport> {
  const before = await lastRun(db);
  // The first run has nothing to go on from.
  const kind = before ? asked : "full";
  const reached = await reachedNow(reading);
  const beganAt = now();
  const { orm, t, op } = await building(db);
  const { id } = t.checkRun;
  const [run] = await orm
    .insert(t.checkRun)
    .values({ kind, beganAt, ...reached })
    .returning({ id });
  if (!run) throw new Error("the run was given no number");
  const since: Since | undefined = kind === "incremental" && before ? sinceOf(before) : undefined;
  const results = await runChecks(reading, now, {
    ...(heads ? { heads } : {}),
    ...(since ? { since } : {}),
    ...(signal ? { signal } : {}),
  });
  const ok = results.every((result) => result.ok);
  const endedAt = now();
  await orm
    .update(t.checkRun)
    .set({ endedAt, ok, results: results.map(withoutKeys) })
    .where(op.eq(id, run.id));
  await orm
    .delete(t.checkRun)
    .where(op.and(op.eq(t.checkRun.kind, "incremental"), op.lt(id, run.id - KEPT_INCREMENTAL)));
  // The public page shows it. No counter of `content_version` is raised: a run that changes nothing leaves nothing to seal.
  await sayChanged(db, ["checks"]);
  const fullAt = kind === "full" ? endedAt : before?.fullAt;
  return {
    kind,
    beganAt,
    endedAt,
    entry: reached.entry,
    ok,
    results,
    ...(fullAt === undefined ? {} : { fullAt }),
  };
}

/** Keys of rows name people: they are told on the terminal and never stored. */
function withoutKeys(result: CheckResult): CheckResult {
  return {
    ...result,
    offenders: result.offenders.map(({ subject, fact }) => ({ subject, fact })),
  };
}

async function reachedNow(db: Reading): Promise<Reached> {
  const [row] = await db.rows<{ entry: bigint | null; seal: bigint | null; row: bigint | null }>(
    `select (select max(number) from entry) as entry, (select max(n) from seal) as seal, (select max(n) from row_seal) as row`,
  );
  return {
    entry: Number(row?.entry ?? 0n),
    seal: Number(row?.seal ?? 0n),
    rowSeal: Number(row?.row ?? 0n),
  };
}

type KeptRun = CheckReport & Reached;

function sinceOf({ entry, seal, rowSeal, results }: KeptRun): Since {
  return {
    entry: entry + 1,
    seal,
    rowSeal,
    before: new Map(results.map((result) => [result.name, result])),
  };
}

interface RunRow {
  kind: RunKind;
  began_at: bigint;
  ended_at: bigint;
  entry: bigint;
  seal: bigint;
  row_seal: bigint;
  ok: boolean;
  results: CheckResult[];
  full_at: bigint | null;
}

async function lastRun(db: Reading): Promise<KeptRun | undefined> {
  const [row] = await db.rows<RunRow>(
    `select r.kind, r.began_at, r.ended_at, r.entry, r.seal, r.row_seal, r.ok, r.results,
            (select f.ended_at from check_run f where f.kind = 'full' and f.ended_at is not null order by f.id desc limit 1) as full_at
       from check_run r where r.ended_at is not null and r.ok is not null and r.results is not null order by r.id desc limit 1`,
  );
  return (
    row && {
      kind: row.kind,
      beganAt: Number(row.began_at),
      endedAt: Number(row.ended_at),
      entry: Number(row.entry),
      seal: Number(row.seal),
      rowSeal: Number(row.row_seal),
      ok: row.ok,
      results: row.results,
      ...(row.full_at === null ? {} : { fullAt: Number(row.full_at) }),
    }
  );
}

/** What the checks found the last time. */
export function checkStore(db: Db): Checks {
  return { last: () => lastRun(db) };
}
