import type { Channel } from "#app/domain/ledger/chart.ts";
import type { PledgePage, Pledges, UnconfirmedPromise } from "#app/domain/pledges/ports.ts";
import { topicsOfPromise } from "#app/domain/published/topics.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { contentChanged } from "./content-version.ts";
import { missingOf } from "./totals.ts";

/** Pledges: private rows, read back by their code only. */
export function pledgeStore(db: Db): Pledges {
  return {
    add: (pledge) =>
      db.begin(async (tx) => {
        // A campaign's standing code is a code too; two forms at once are told apart by the unique keys.
        const rows = await tx.rows(
          `insert into pledge (code, campaign, amount, intent, promised_on, donor_kind, donor_name, name_public,
                               channel, locale, created_at, state, form_key)
           select $1, $2, $3, $4, $5::text::date, $6, $7, $8, $9, $10, $11, 'open', $12
            where not exists (select 1 from campaign where code = $1)
              and not exists (select 1 from donation where code = $1)
           on conflict do nothing returning code`,
          [
            pledge.code,
            pledge.campaign,
            pledge.amount,
            pledge.intent,
            pledge.promisedOn,
            pledge.donorKind,
            pledge.donorName,
            pledge.namePublic,
            pledge.channel,
            pledge.locale,
            pledge.createdAt,
            pledge.formKey,
          ],
        );
        if (rows.length === 1) {
          // Only a promise changes a figure; what is on its way to be paid changes nothing yet.
          if (pledge.intent === "promised") {
            await contentChanged(tx, "pledges", topicsOfPromise(pledge));
          }
          return { done: "added", code: pledge.code } as const;
        }
        const { orm, t, op } = await building(tx);
        const [same] = await orm
          .select({ code: t.pledge.code })
          .from(t.pledge)
          .where(op.eq(t.pledge.formKey, pledge.formKey));
        return same
          ? ({ done: "again", code: same.code } as const)
          : ({ done: "taken", code: pledge.code } as const);
      }),

    confirm: (code, confirmation, judge) =>
      db.begin(async (tx) => {
        const { orm, t, op } = await building(tx);
        const [known] = await orm
          .select({ campaign: t.pledge.campaign })
          .from(t.pledge)
          .where(op.eq(t.pledge.code, code));
        if (!known) return "not-found";
        // Two promises that both still fit are not both counted where only one does.
        await tx.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
          `promises of ${known.campaign}`,
        ]);
        const [row] = await tx.rows<JudgedRow>(JUDGED, [code]);
        if (!row) return "not-found";
        if (row.confirmed) return "again";
        const missing = (await missingOf(tx, [known.campaign])).get(known.campaign) ?? 0n;
        const problem = judge({ ...row, missing });
        if (problem !== undefined) return problem;
        await orm.insert(t.pledgeConfirmation).values({
          pledge: code,
          way: confirmation.way,
          person: confirmation.way === "link" ? null : confirmation.person,
          note: confirmation.way === "office" ? confirmation.note : "",
          confirmedAt: confirmation.at,
        });
        await contentChanged(tx, "pledges", topicsOfPromise({ code, campaign: known.campaign }));
        return "done";
      }),

    withdraw: (code) =>
      db.begin(async (tx) => {
        const [row] = await tx.rows<{ campaign: string }>(
          `update pledge p set state = 'withdrawn'
            where p.code = $1 and p.intent = 'promised' and p.state = 'open'
              and p.amount > (select coalesce(sum(d.amount), 0) from donation d where d.pledge = p.code)
            returning p.campaign`,
          [code],
        );
        if (!row) return false;
        await contentChanged(tx, "pledges", topicsOfPromise({ code, campaign: row.campaign }));
        return true;
      }),

    async unconfirmed(skip, size) {
      const rows = await db.rows<UnconfirmedRow>(
        `select p.code, p.amount, p.promised_on::text as promised_on, p.donor_kind, p.donor_name, p.created_at,
                c.id, c.slug, c.title_vi, ${inEnglish("c.title")} as title_en
           from pledge p join campaign c on c.id = p.campaign
          where ${UNCONFIRMED} order by p.created_at, p.code collate "C" offset $1 limit $2`,
        [skip, size],
      );
      const missing = await missingOf(db, [...new Set(rows.map(({ id }) => id))]);
      return rows.map((row): UnconfirmedPromise => ({
        code: row.code,
        campaign: {
          id: row.id,
          slug: row.slug,
          title: { vi: row.title_vi, en: row.title_en },
        },
        amount: row.amount,
        promisedOn: row.promised_on,
        donorKind: row.donor_kind,
        donorName: row.donor_name,
        createdAt: Number(row.created_at),
        missing: missing.get(row.id) ?? 0n,
      }));
    },

    async unconfirmedCount() {
      const [row] = await db.rows<{ waiting: bigint }>(
        `select count(*) as waiting from pledge p where ${UNCONFIRMED}`,
      );
      return Number(row?.waiting ?? 0n);
    },

    expire: (before) =>
      db.begin(async (tx) => {
        const rows = await tx.rows(
          `update pledge p set state = 'expired'
            where p.intent = 'promised' and p.state = 'open' and p.promised_on < $1::text::date
              and p.amount > (select coalesce(sum(d.amount), 0) from donation d where d.pledge = p.code)
            returning 1`,
          [before],
        );
        if (rows.length > 0) await contentChanged(tx, "pledges");
        return rows.length;
      }),

    async page(code) {
      const [row] = await db.rows<PageRow>(PAGE, [code]);
      if (!row) return undefined;
      const gifts = await db.rows<{
        code: string;
        entry: bigint;
        amount: bigint;
        received_on: string;
        channel: Channel;
        unsettled: boolean;
      }>(GIFTS, [code]);
      return pageOf(
        row,
        gifts.map((gift) => ({
          code: gift.code,
          entry: Number(gift.entry),
          amount: gift.amount,
          receivedOn: gift.received_on,
          channel: gift.channel,
          unsettled: gift.unsettled,
        })),
      );
    },
  };
}

interface JudgedRow {
  intent: PledgePage["intent"];
  state: PledgePage["state"];
  confirmed: boolean;
  open: bigint;
}

const JUDGED = `
  select p.intent, p.state, k.pledge is not null as confirmed,
         greatest(p.amount - (select coalesce(sum(d.amount), 0) from donation d where d.pledge = p.code), 0)::bigint as open
    from pledge p left join pledge_confirmation k on k.pledge = p.code
   where p.code = $1`;

/** Promises `p` that are open and that nobody has stood for; paid in full, there is nothing left to stand for. */
const UNCONFIRMED = `p.intent = 'promised' and p.state = 'open'
  and not exists (select from pledge_confirmation k where k.pledge = p.code)
  and p.amount > (select coalesce(sum(d.amount), 0) from donation d where d.pledge = p.code)`;

/** Open promises of a campaign that nobody has stood for, and what they still owe. */
export async function unconfirmedOf(
  db: Db,
  campaign: string,
): Promise<{ readonly count: number; readonly amount: bigint }> {
  const [row] = await db.rows<{ count: number; amount: bigint }>(
    `select count(*)::int as count,
            coalesce(sum(p.amount - (select coalesce(sum(d.amount), 0) from donation d where d.pledge = p.code)), 0)::bigint as amount
       from pledge p where p.campaign = $1 and ${UNCONFIRMED}`,
    [campaign],
  );
  return row ?? { count: 0, amount: 0n };
}

interface UnconfirmedRow {
  code: string;
  amount: bigint;
  promised_on: string;
  donor_kind: UnconfirmedPromise["donorKind"];
  donor_name: string;
  created_at: bigint;
  id: string;
  slug: string;
  title_vi: string;
  title_en: string;
}

interface PageRow {
  code: string;
  amount: bigint;
  intent: PledgePage["intent"];
  promised_on: string | null;
  channel: NonNullable<PledgePage["channel"]>;
  state: PledgePage["state"];
  confirmed_at: bigint | null;
  created_at: bigint;
  slug: string;
  title_vi: string;
  title_en: string;
  holder: string;
  bank_name: string;
  bin: string;
  number: string;
  owner: "appeal" | "commune";
}

const PAGE = `
  select p.code, p.amount, p.intent, p.promised_on::text as promised_on, p.channel, p.state, k.confirmed_at, p.created_at,
         c.slug, c.title_vi, ${inEnglish("c.title")} as title_en, b.holder, b.bank_name, b.bin, b.number, b.owner
    from pledge p
    left join pledge_confirmation k on k.pledge = p.code
    join campaign c on c.id = p.campaign
    join bank_account b on b.id = c.bank_account
   where p.code = $1`;

/** Gifts of a promise; one that a gateway told of waits until the payout moves its own numbers on. */
const GIFTS = `
  select d.code, d.entry, d.amount, d.received_on::text as received_on, d.channel,
         a.kind = 'clearing' and not exists (
           select from movement m where m.from_account = d.account_id and m.from_lo between d.lo and d.lo + d.amount - 1) as unsettled
    from donation d join account a on a.id = d.account_id
   where d.pledge = $1 order by d.entry`;

function pageOf(row: PageRow, gifts: PledgePage["gifts"]): PledgePage {
  return {
    code: row.code,
    amount: row.amount,
    intent: row.intent,
    promisedOn: row.promised_on,
    channel: row.channel,
    state: row.state,
    confirmedAt: row.confirmed_at === null ? null : Number(row.confirmed_at),
    createdAt: Number(row.created_at),
    campaign: { slug: row.slug, title: { vi: row.title_vi, en: row.title_en } },
    account: {
      holder: row.holder,
      bankName: row.bank_name,
      bin: row.bin,
      number: row.number,
      owner: row.owner,
    },
    gifts,
  };
}
