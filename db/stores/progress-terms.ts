import type { DatedNumber, ProgressTerms } from "#app/domain/campaigns/lateness.ts";

import { numberRule } from "./rules.ts";

/** What a campaign owes in statements, as columns of a row. */
export interface ProgressTermsRow {
  readonly filed_on: string | null;
  readonly every_days: readonly DatedNumber[];
  readonly grace_days: readonly DatedNumber[];
  readonly reporting_months: number;
}

const DAYS_OF_A_MONTH = 30;

/** The columns of `ProgressTermsRow` for a campaign `c`. */
export const PROGRESS_TERMS = `
         (select max(s.filed_on)::text from progress_statement s where s.campaign = c.id) as filed_on,
         ${numberRule("progress.every-days")} as every_days, ${numberRule("progress.grace-days")} as grace_days,
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
