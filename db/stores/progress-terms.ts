import type { DatedNumber, ProgressTerms } from "#app/domain/campaigns/lateness.ts";

/** What a campaign owes in statements, as columns of a row. */
export interface ProgressTermsRow {
  readonly filed_on: string | null;
  readonly every_days: readonly DatedNumber[];
  readonly grace_days: readonly DatedNumber[];
  readonly reporting_months: number;
}

const DAYS_OF_A_MONTH = 30;

const rule = (code: string) => `coalesce((
    select jsonb_agg(jsonb_build_object('from', r.valid_from::text, 'to', r.valid_to::text, 'value', (r.value #>> '{}')::integer) order by r.valid_from)
      from rule r where r.code = '${code}'), '[]'::jsonb)`;

/** The columns of `ProgressTermsRow` for a campaign `c`. */
export const PROGRESS_TERMS = `
         (select max(s.filed_on)::text from progress_statement s where s.campaign = c.id) as filed_on,
         ${rule("progress.every-days")} as every_days, ${rule("progress.grace-days")} as grace_days,
         c.reporting_months`;

/** The terms as the rule reads them. */
export function progressTerms(row: ProgressTermsRow): ProgressTerms {
  return {
    filedOn: row.filed_on,
    everyDays: row.every_days,
    graceDays: row.grace_days,
    promisedDays: row.reporting_months * DAYS_OF_A_MONTH,
  };
}
