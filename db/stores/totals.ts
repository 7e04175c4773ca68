import { ledgerTotals, NO_TOTALS, type StageTotals } from "#app/domain/ledger/totals.ts";

import type { Db } from "../client.ts";
import { textArray } from "./pg-arrays.ts";

/** đồng between each pair of accounts of which one is a campaign's; the totals are sums, so sums of sums are the same. */
const BETWEEN_ACCOUNTS = `select f.code as "from", t.code as "to", sum(m.amount)::bigint as amount
    from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
   where f.unit = 'VND' and (f.campaign = any (($1::text)::text[]) or t.campaign = any (($1::text)::text[]))
   group by f.code, t.code`;

/** What open promises still owe, by campaign. */
const OWED = `select p.campaign, sum(greatest(p.amount - coalesce(g.paid, 0), 0))::bigint as owed
    from pledge p left join lateral (select sum(d.amount) as paid from donation d where d.pledge = p.code) g on true
   where p.intent = 'promised' and p.state = 'open' and p.campaign = any (($1::text)::text[])
   group by p.campaign`;

/** The four totals of each of `campaigns`, now; the rules are the domain's (`ledgerTotals`, docs/architecture.md). */
export async function stageTotals(
  db: Db,
  campaigns: readonly string[],
): Promise<Map<string, StageTotals>> {
  const asked = [textArray(campaigns)];
  const sums = await db.rows<{ from: string; to: string; amount: bigint }>(BETWEEN_ACCOUNTS, asked);
  const owed = await db.rows<{ campaign: string; owed: bigint }>(OWED, asked);
  const booked = ledgerTotals(sums);
  const promised = new Map(owed.map((row) => [row.campaign, row.owed]));
  return new Map(
    campaigns.map((campaign) => {
      const totals = { ...NO_TOTALS, ...booked.get(campaign) };
      return [
        campaign,
        { ...totals, pledged: totals.received + (promised.get(campaign) ?? 0n) },
      ] as const;
    }),
  );
}
