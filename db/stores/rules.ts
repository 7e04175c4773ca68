import type { DatedRules } from "#app/domain/kernel/dated-rules.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** How long rows read once are taken for true, milliseconds: rules are made known days before they are in force. */
const KEPT_FOR = 60_000;

interface RuleRow {
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly value: unknown;
}

/** Every row of a rule, the newest first. */
async function readRule(db: Pick<Db, "orm">, code: string): Promise<RuleRow[]> {
  const { orm, t, op } = await building(db);
  const { validFrom, validTo, value } = t.rule;
  return orm
    .select({ validFrom, validTo, value })
    .from(t.rule)
    .where(op.eq(t.rule.code, code))
    .orderBy(op.desc(validFrom));
}

function onDay(rows: readonly RuleRow[], day: Day): unknown {
  const row = rows.find(
    (one) => one.validFrom <= day && (one.validTo === null || day <= one.validTo),
  );
  return row?.value;
}

/** What a rule says on a day, read now: for whoever works in a transaction. Undefined where none is in force. */
export async function ruleOn(db: Pick<Db, "orm">, code: string, day: Day): Promise<unknown> {
  return onDay(await readRule(db, code), day);
}

/** Every row of a whole number's rule as a JSON array of `DatedNumber`, an expression for a statement. */
export const numberRule = (code: string) => `coalesce((
    select jsonb_agg(jsonb_build_object('from', r.valid_from::text, 'to', r.valid_to::text, 'value', (r.value #>> '{}')::integer) order by r.valid_from)
      from rule r where r.code = '${code}'), '[]'::jsonb)`;

/** Dated rules from `rule`, read again a minute later at the earliest. Made once a process, so that all share it. */
export function rulesStore(db: Db, clock: () => number = () => performance.now()): DatedRules {
  const kept = new Map<string, { readonly at: number; readonly rows: Promise<RuleRow[]> }>();

  function rowsOf(code: string): Promise<RuleRow[]> {
    const known = kept.get(code);
    if (known && clock() - known.at < KEPT_FOR) return known.rows;
    const rows = readRule(db, code);
    kept.set(code, { at: clock(), rows });
    // What failed is not kept.
    rows.catch(() => kept.delete(code));
    return rows;
  }

  return {
    async on(code, day) {
      return onDay(await rowsOf(code), day);
    },
  };
}
