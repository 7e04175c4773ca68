import { missingToPledge } from "#app/domain/campaigns/state.ts";
import { ledgerTotals, NO_TOTALS, type StageTotals } from "#app/domain/ledger/totals.ts";

import type { Db } from "../client.ts";
import { textArray } from "./pg-arrays.ts";

/**
 * đồng between each pair of accounts of which one is a campaign's; the totals are sums, so sums of sums are the same.
 *
 * Gifts are by far the most movements, and none of them is read: what came from donors is what an account ever received,
 * less what came from anywhere else. So the work grows with official acts, not with gifts; the channel does not matter.
 */
const BETWEEN_ACCOUNTS = `with official as materialized (
    select m.from_account, m.to_account, sum(m.amount) as amount
      from account a join movement m on m.from_account = a.id
     where a.unit = 'VND' and a.code not like 'world:donor:%'
     group by m.from_account, m.to_account
  ), into_account as (
    select to_account, sum(amount) as amount from official group by to_account
  )
  select f.code as "from", t.code as "to", o.amount::bigint as amount
    from official o join account f on f.id = o.from_account join account t on t.id = o.to_account
   where f.campaign = any (($1::text)::text[]) or t.campaign = any (($1::text)::text[])
  union all
  select 'world:donor:bank', a.code, (s.received - coalesce(i.amount, 0))::bigint
    from account a join account_state s on s.account_id = a.id left join into_account i on i.to_account = a.id
   where a.unit = 'VND' and a.campaign = any (($1::text)::text[])`;

/** What open promises that somebody stands for still owe, by campaign. */
const OWED = `select p.campaign, sum(greatest(p.amount - coalesce(g.paid, 0), 0))::bigint as owed
    from pledge p join pledge_confirmation k on k.pledge = p.code
    left join lateral (select sum(d.amount) as paid from donation d where d.pledge = p.code) g on true
   where p.intent = 'promised' and p.state = 'open' and p.campaign = any (($1::text)::text[])
   group by p.campaign`;

/** đồng of each campaign's goal that are neither received nor promised by promises that count; never below zero. */
export async function missingOf(
  db: Db,
  campaigns: readonly string[],
): Promise<Map<string, bigint>> {
  const rows = await db.rows<{ id: string; goal: bigint }>(
    `select id, goal from campaign where id = any (($1::text)::text[])`,
    [textArray(campaigns)],
  );
  const totals = await stageTotals(db, campaigns);
  return new Map(
    rows.map(({ id, goal }) => {
      return [id, missingToPledge({ goal, totals: totals.get(id) ?? NO_TOTALS })] as const;
    }),
  );
}

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
