import type { PledgePage, Pledges } from "#app/domain/pledges/ports.ts";
import { topicsOfPromise } from "#app/domain/published/topics.ts";

import type { Db } from "../client.ts";
import { inEnglish } from "./in-english.ts";
import { contentChanged } from "./content-version.ts";

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
        const [same] = await tx.rows<{ code: string }>(
          `select code from pledge where form_key = $1`,
          [pledge.formKey],
        );
        return same
          ? ({ done: "again", code: same.code } as const)
          : ({ done: "taken", code: pledge.code } as const);
      }),

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
      }>(
        `select code, entry, amount, received_on::text as received_on from donation where pledge = $1 order by entry`,
        [code],
      );
      return pageOf(
        row,
        gifts.map((gift) => ({
          code: gift.code,
          entry: Number(gift.entry),
          amount: gift.amount,
          receivedOn: gift.received_on,
        })),
      );
    },
  };
}

interface PageRow {
  code: string;
  amount: bigint;
  intent: PledgePage["intent"];
  promised_on: string | null;
  channel: NonNullable<PledgePage["channel"]>;
  state: PledgePage["state"];
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
  select p.code, p.amount, p.intent, p.promised_on::text as promised_on, p.channel, p.state, p.created_at,
         c.slug, c.title_vi, ${inEnglish("c.title")} as title_en, b.holder, b.bank_name, b.bin, b.number, b.owner
    from pledge p
    join campaign c on c.id = p.campaign
    join bank_account b on b.id = c.bank_account
   where p.code = $1`;

function pageOf(row: PageRow, gifts: PledgePage["gifts"]): PledgePage {
  return {
    code: row.code,
    amount: row.amount,
    intent: row.intent,
    promisedOn: row.promised_on,
    channel: row.channel,
    state: row.state,
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
