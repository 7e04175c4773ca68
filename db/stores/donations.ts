import type {
  DonationReading,
  GiftFacts,
  GiftFile,
  WaitingPledge,
} from "#app/domain/donations/ports.ts";
import { accountSpec } from "#app/domain/ledger/chart.ts";
import type { Piece } from "#app/domain/ledger/trace.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { animalsAndYoung, storyCampaigns, storyEntries, storyPlaces } from "./story-rows.ts";
import { traceStore } from "./trace.ts";

/** Gifts and where they went, read from the ledger. */
export function donationStore(db: Db): DonationReading {
  return {
    file: (code) => giftFile(db, code),
    waiting: (code) => waitingPledge(db, code),
    async standing(code) {
      const { orm, t, op } = await building(db);
      const [row] = await orm
        .select({ slug: t.campaign.slug })
        .from(t.campaign)
        .where(op.eq(t.campaign.code, code));
      return row?.slug;
    },
  };
}

async function giftFile(db: Db, code: string): Promise<GiftFile | undefined> {
  const gift = await giftFacts(db, code);
  if (!gift) return undefined;
  const pieces = await traceStore(db).forward(gift.account, { lo: gift.lo, length: gift.amount });
  const animals = await animalsAndYoung(db, distinct(pieces.map(({ animal }) => animal)));
  const named = pieces.map(({ account }) => spec(account));
  const campaigns = await storyCampaigns(
    db,
    distinct([
      gift.campaign,
      ...named.map(({ campaign }) => campaign),
      ...animals.map(({ campaign }) => campaign),
    ]),
  );
  const entries = await storyEntries(
    db,
    distinct([
      gift.entry,
      ...pieces.map(({ entry }) => entry),
      ...(await givenBack(db, code)),
      ...animals.flatMap(({ entry, events }) => [entry, ...events.map((event) => event.entry)]),
    ]),
  );
  const places = await storyPlaces(
    db,
    distinct([
      ...campaigns.map(({ commune }) => commune),
      ...named.map(({ commune }) => commune),
      ...animals.map(({ commune }) => commune),
    ]),
  );
  return { gift, campaigns, pieces, entries, animals, places, siblings: await siblings(db, gift) };
}

async function giftFacts(db: Db, code: string): Promise<GiftFacts | undefined> {
  const [row] = await db.rows<Omit<GiftFacts, "entry"> & { entry: bigint }>(
    `select d.code, d.entry, d.pledge, d.campaign, d.channel, a.code as account, d.lo, d.amount,
            d.received_on::text as "receivedOn",
            case when p.name_public and p.donor_name <> '' then p.donor_name end as "donorName"
       from donation d join account a on a.id = d.account_id left join pledge p on p.code = d.pledge
      where d.code = $1`,
    [code],
  );
  return row && { ...row, entry: Number(row.entry) };
}

/** Entries that gave the gift back or took it back, perhaps from other money, and what turned them round. */
async function givenBack(db: Db, code: string): Promise<number[]> {
  // The gift stands in the entry's own bytes, which are canonical JSON; there are few such entries.
  const rows = await db.rows<{ number: bigint }>(
    `with back as (
       select number from entry where kind in ('refund', 'chargeback')
          and position(convert_to('"donation":"' || $1::text || '"', 'UTF8') in bytes) > 0)
     select number from back
      union all select e.number from back join entry e on e.reverses = back.number`,
    [code],
  );
  return rows.map(({ number }) => Number(number));
}

async function siblings(db: Db, gift: GiftFacts): Promise<GiftFile["siblings"]> {
  if (gift.pledge === null) return [];
  const { orm, t, op } = await building(db);
  const { code, amount, pledge, entry } = t.donation;
  return orm
    .select({ code, amount })
    .from(t.donation)
    .where(op.and(op.eq(pledge, gift.pledge), op.ne(code, gift.code)))
    .orderBy(entry);
}

async function waitingPledge(db: Db, code: string): Promise<WaitingPledge | undefined> {
  const { orm, t, op } = await building(db);
  const { amount, intent, promisedOn, state, campaign: of } = t.pledge;
  const [row] = await orm
    .select({ code: t.pledge.code, amount, intent, promisedOn, state, campaign: of })
    .from(t.pledge)
    .where(op.eq(t.pledge.code, code));
  if (!row) return undefined;
  const [campaign] = await storyCampaigns(db, [row.campaign]);
  return { ...row, campaign: campaign ?? null };
}

function spec(account: Piece["account"]): { campaign?: string; commune?: string } {
  const read = accountSpec(account);
  return read.ok ? read.value : {};
}

function distinct<Value>(values: readonly (Value | null | undefined)[]): Value[] {
  return [...new Set(values.filter((value) => value !== null && value !== undefined))];
}
