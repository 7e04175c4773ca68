import type { CampaignTermsReading } from "#app/domain/campaigns/terms.ts";
import { ledgerTotals, NOTHING_MOVED } from "#app/domain/ledger/totals.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inForceOn } from "./in-force.ts";

/** What official acts need of campaigns and norms. */
export function campaignTermsStore(db: Db): CampaignTermsReading {
  return {
    async terms(id) {
      const { orm, t, op } = await building(db);
      const c = t.campaign;
      const [row] = await orm
        .select({
          id: c.id,
          model: c.model,
          species: c.species,
          commune: c.commune,
          communeFrom: c.communeFrom,
          goal: c.goal,
          startsOn: c.startsOn,
          endsOn: c.endsOn,
          closedOn: c.closedOn,
          passOnHeads: c.passOnHeads,
          passOnAgeDays: c.passOnAgeDays,
          surplusTo: c.surplusTo,
        })
        .from(t.campaign)
        .where(op.eq(c.id, id));
      return row;
    },
    async norm(species, day) {
      const { orm, t, op } = await building(db);
      const { id, perHousehold, unitPrice } = t.norm;
      const [row] = await orm
        .select({ id, species: t.norm.species, perHousehold, unitPrice })
        .from(t.norm)
        .where(op.and(op.eq(t.norm.species, species), inForceOn(op, t.norm, day)));
      return row;
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
