import type { CampaignTerms, CampaignTermsReading } from "#app/domain/campaigns/terms.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";
import { ledgerTotals, NOTHING_MOVED } from "#app/domain/ledger/totals.ts";

import type { Db } from "../client.ts";
import { inForce } from "./in-force.ts";

interface TermsRow {
  id: string;
  model: CampaignTerms["model"];
  species: string;
  commune: string;
  commune_from: Day;
  goal: bigint;
  starts_on: Day;
  ends_on: Day;
  closed_on: Day | null;
  pass_on_heads: number;
  pass_on_age_days: number;
  surplus_to: string | null;
}

/** What official acts need of campaigns and norms. */
export function campaignTermsStore(db: Db): CampaignTermsReading {
  return {
    async terms(id) {
      const [row] = await db.rows<TermsRow>(
        `select id, model, species, commune, commune_from, goal, starts_on, ends_on, closed_on,
                pass_on_heads, pass_on_age_days, surplus_to
           from campaign where id = $1`,
        [id],
      );
      return row && termsOf(row);
    },
    async norm(species, day) {
      const [row] = await db.rows<{
        id: string;
        species: string;
        per_household: number;
        unit_price: bigint;
      }>(
        `select id, species, per_household, unit_price from norm n
          where species = $1 and ${inForce("n", "$2::text::date")}`,
        [species, day],
      );
      return (
        row && {
          id: row.id,
          species: row.species,
          perHousehold: row.per_household,
          unitPrice: row.unit_price,
        }
      );
    },
    async headsNeeded(id) {
      const [row] = await db.rows<{ heads: number }>(
        `select coalesce(sum(n.quantity), 0)::integer as heads
           from campaign c join need_line n on n.campaign = c.id and n.species = c.species where c.id = $1`,
        [id],
      );
      return row?.heads ?? 0;
    },
    async totals(id) {
      const rows = await db.rows<{ from: string; to: string; amount: bigint }>(
        `select f.code as "from", t.code as "to", m.amount
           from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
          where f.campaign = $1 or t.campaign = $1`,
        [id],
      );
      return ledgerTotals(rows).get(id) ?? NOTHING_MOVED;
    },
  };
}

function termsOf(row: TermsRow): CampaignTerms {
  return {
    id: row.id,
    model: row.model,
    species: row.species,
    commune: row.commune,
    communeFrom: row.commune_from,
    goal: row.goal,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    closedOn: row.closed_on,
    passOnHeads: row.pass_on_heads,
    passOnAgeDays: row.pass_on_age_days,
    surplusTo: row.surplus_to,
  };
}
