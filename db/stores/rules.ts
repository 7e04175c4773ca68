import type { DatedRules } from "#app/domain/kernel/dated-rules.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";

import type { Db } from "../client.ts";

/** How long rows read once are taken for true, milliseconds: rules are made known days before they are in force. */
const KEPT_FOR = 60_000;

interface RuleRow {
  readonly valid_from: Day;
  readonly valid_to: Day | null;
  readonly value: unknown;
}

/** Dated rules from `rule`, read again a minute later at the earliest. Made once a process, so that all share it. */
export function rulesStore(db: Db, clock: () => number = () => performance.now()): DatedRules {
  const kept = new Map<string, { readonly at: number; readonly rows: Promise<RuleRow[]> }>();

  function rowsOf(code: string): Promise<RuleRow[]> {
    const known = kept.get(code);
    if (known && clock() - known.at < KEPT_FOR) return known.rows;
    const rows = db.rows<RuleRow>(
      `select valid_from::text as valid_from, valid_to::text as valid_to, value from rule
        where code = $1 order by valid_from desc`,
      [code],
    );
    kept.set(code, { at: clock(), rows });
    // What failed is not kept.
    rows.catch(() => kept.delete(code));
    return rows;
  }

  return {
    async on(code, day) {
      const row = (await rowsOf(code)).find(
        (one) => one.valid_from <= day && (one.valid_to === null || day <= one.valid_to),
      );
      return row?.value;
    },
  };
}
