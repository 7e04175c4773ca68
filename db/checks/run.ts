import type { CheckResult } from "#app/domain/transparency/ports.ts";

import type { Database, Db } from "../client.ts";
import { INVARIANTS } from "./invariants.ts";

/** Offenders named at most for one invariant; the count says how many there are. */
const NAMED_MAX = 20;

/** Run every invariant against the database now. */
export async function runChecks(db: Db, now: () => number): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, counted, offenders } of INVARIANTS) {
    const [count] = await db.rows<{ counted: bigint }>(counted);
    const rows = await db.rows<{ subject: string; fact: string; total: bigint }>(
      `select subject, fact, count(*) over () as total from (${offenders}) o order by subject, fact limit ${NAMED_MAX}`,
    );
    results.push({
      name,
      ok: rows.length === 0,
      counted: Number(count?.counted ?? 0n),
      broken: Number(rows[0]?.total ?? 0n),
      offenders: rows.map(({ subject, fact }) => ({ subject, fact })),
      ranAt: now(),
    });
  }
  return results;
}

/** Checks that run once for each state of the ledger: the public page can ask as often as it likes. */
export function checkStore(db: Database, now: () => number): { run(): Promise<CheckResult[]> } {
  let last: { entries: bigint; results: Promise<CheckResult[]> } | undefined;
  return {
    async run() {
      const [head] = await db.rows<{ next_entry: bigint }>(
        `select next_entry from ledger_head where one`,
      );
      const entries = head?.next_entry ?? 0n;
      if (last?.entries !== entries) {
        const results = db.unhurried((own) => runChecks(own, now));
        last = { entries, results };
        // A failed run is not remembered.
        results.catch(() => {
          last = undefined;
        });
      }
      return last.results;
    },
  };
}
