import type { CheckResult } from "#app/domain/transparency/ports.ts";
import type { HeadStore } from "#app/domain/transparency/seal.ts";

import type { Reading } from "../client.ts";
import { SEAL_CHECKS, type SealsSince } from "../seals/verify.ts";
import type { Invariant, Look } from "./invariant.ts";
import { INVARIANTS } from "./invariants.ts";

/** Offenders named at most for one check; the count says how many there are. */
const NAMED_MAX = 20;

/** From where an incremental run goes on. */
export interface Since extends SealsSince {
  /** First entry that was not looked at yet. */
  readonly entry: number;
  /** Results of the run before: what was broken is looked at whole, what takes long and cannot be cut is left as it was. */
  readonly before: ReadonlyMap<string, CheckResult>;
}

/** What a run looks at. */
export interface RunOptions {
  /** Heads kept outside the database; without them nothing is said about them. */
  readonly heads?: HeadStore;
  readonly since?: Since;
  /** Once it is raised the run ends before its next check, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A check that cannot be cut to what is new and takes longer than this waits for the full run, milliseconds. */
const SHORT_ENOUGH = 2_000;

/** What a check found, before it has its name and times. */
interface Findings {
  readonly counted: number;
  readonly broken: number;
  readonly offenders: CheckResult["offenders"];
}

/** Names of all checks, in the order in which they run and are shown. */
export const CHECK_NAMES: readonly string[] = [
  ...INVARIANTS.map(({ name }) => name),
  ...Object.keys(SEAL_CHECKS),
];

/** Run every check against the database now. One that cannot be run is broken itself and does not end the run. */
export async function runChecks(
  db: Reading,
  now: () => number,
  options: RunOptions = {},
): Promise<CheckResult[]> {
  const { since, heads, signal } = options;
  const results: CheckResult[] = [];
  const run = async (name: string, whole: boolean, look: () => Promise<Findings>) => {
    signal?.throwIfAborted();
    const began = performance.now();
    const found = await look().catch((error: unknown) => failedLook(name, error));
    const ms = Math.round(performance.now() - began);
    results.push({ name, ok: found.broken === 0, ...found, ranAt: now(), whole, ms });
  };
  for (const invariant of INVARIANTS) {
    const before = since?.before.get(invariant.name);
    if (since && before?.ok && invariant.since) {
      const { since: look } = invariant;
      await run(invariant.name, false, () => lookAt(db, look, [since.entry]));
    } else if (before?.ok && before.ms > SHORT_ENOUGH) {
      results.push(before);
    } else {
      await run(invariant.name, true, () => lookAt(db, invariant, []));
    }
  }
  for (const [name, check] of Object.entries(SEAL_CHECKS)) {
    const cut = since?.before.get(name)?.ok ? { since } : {};
    await run(name, !("since" in cut), () =>
      check(db, { most: NAMED_MAX, ...(heads ? { heads } : {}), ...cut }),
    );
  }
  return results;
}

async function lookAt(
  db: Reading,
  { counted, offenders }: Look | Invariant,
  params: readonly unknown[],
): Promise<Findings> {
  const [count] = await db.rows<{ counted: bigint }>(counted, paramsOf(counted, params));
  const rows = await db.rows<{ subject: string; fact: string; total: bigint }>(
    `select subject, fact, count(*) over () as total from (${offenders}) o order by subject, fact limit ${NAMED_MAX}`,
    paramsOf(offenders, params),
  );
  return {
    counted: Number(count?.counted ?? 0n),
    broken: Number(rows[0]?.total ?? 0n),
    offenders: rows.map(({ subject, fact }) => ({ subject, fact })),
  };
}

/** A statement is given only the parameters it speaks of. */
function paramsOf(text: string, params: readonly unknown[]): readonly unknown[] {
  return text.includes("$1") ? params : [];
}

function failedLook(name: string, error: unknown): Findings {
  const fact = `could not be run: ${error instanceof Error ? error.message : String(error)}`;
  return { counted: 0, broken: 1, offenders: [{ subject: `check ${name}`, fact }] };
}
