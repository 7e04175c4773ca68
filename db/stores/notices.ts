import { noticeRows } from "#app/domain/notices/notice-rows.ts";
import type {
  NoticeFile,
  NoticeHousehold,
  NoticeListing,
  NoticeReading,
  NoticeThing,
} from "#app/domain/notices/ports.ts";

import type { SealedTexts } from "#app/domain/register/personal-data.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { publicNames } from "./public-names.ts";
import { inForceOn } from "./in-force.ts";
import { inEnglish } from "./in-english.ts";
import { textArray } from "./pg-arrays.ts";
import { communeNow } from "./story-rows.ts";
import { toldByList } from "./told-households.ts";

/** Lists of supported households, as the web may show them. */
export function noticeStore(db: Db, sealed: Pick<SealedTexts, "open">): NoticeReading {
  return {
    all: () => db.rows<NoticeListing>(LISTINGS, [null, null]),
    ofCampaign: (campaign) => db.rows<NoticeListing>(LISTINGS, [null, campaign]),
    listsWith: (households) => listsWith(db, households),
    file: (id) => noticeFile(db, sealed, id),
  };
}

const LISTINGS = `
  select l.campaign || '-r' || l.round as id, l.campaign, l.round, c.species, c.title_vi as "titleVi",
         ${inEnglish("c.title")} as "titleEn", c.slug, c.commune, c.commune_from::text as "communeFrom",
         p.full_name as "communeName", c.district, d.full_name as "districtName", l.households,
         coalesce(g.animals, 0) as animals, l.listed_on::text as "listedOn"
    from (select campaign, round, count(*)::int as households, max(listed_on) as listed_on
            from household group by campaign, round) l
    join campaign c on c.id = l.campaign
    join place p on p.code = c.commune and p.valid_from = c.commune_from
    left join lateral (
      select u.full_name from place u where u.code = c.district and u.kind = 'district' order by u.valid_from desc limit 1
    ) d on true
    left join (
      select h.campaign, h.round, count(distinct e.animal)::int as animals
        from household h join animal_event e on e.household = h.code and e.kind in ('handed-over', 'passed-on')
         and not exists (select 1 from entry r where r.reverses = e.entry)
       group by h.campaign, h.round
    ) g on g.campaign = l.campaign and g.round = l.round
   where ($1::text is null or l.campaign || '-r' || l.round = $1::text)
     and ($2::text is null or l.campaign = $2::text)
   order by c.district, p.full_name, c.id, l.round`;

async function listsWith(
  db: Db,
  households: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (households.length === 0) return new Map();
  const told = await toldByList(db, households);
  const rows = await db.rows<{ code: string; list: string }>(
    `select code, campaign || '-r' || round as list from household where code = any (($1::text)::text[])`,
    [textArray([...new Set(households)])],
  );
  return new Map(rows.flatMap(({ code, list }) => (told.has(code) ? [] : [[code, list] as const])));
}

async function noticeFile(
  db: Db,
  sealed: Pick<SealedTexts, "open">,
  id: string,
): Promise<NoticeFile | undefined> {
  const match = /^([A-Za-z0-9.-]{1,40})-[rR]([1-9]\d{0,2})$/.exec(id);
  if (!match?.[1] || !match[2]) return undefined;
  const [campaign, round] = [match[1].toUpperCase(), Number(match[2])];
  const [listing] = await db.rows<NoticeListing>(LISTINGS, [`${campaign}-r${round}`, campaign]);
  if (!listing) return undefined;
  const { orm, t, op } = await building(db);
  const { decisionNumber, decisionDate } = t.campaign;
  const [decision] = await orm
    .select({ decisionNumber, decisionDate })
    .from(t.campaign)
    .where(op.eq(t.campaign.id, campaign));
  if (!decision) return undefined;
  const office = await communeNow(db, listing.commune, listing.communeFrom);
  const groups = await db.rows<NoticeFile["groups"][number]>(
    `select g.id, g.name_vi as "nameVi", g.name_en as "nameEn" from household_group g
      where g.campaign = $1 and exists (select 1 from household h where h.group_id = g.id and h.round = $2)
      order by g.id`,
    [campaign, round],
  );
  const { category } = t.household;
  const categories = await orm
    .select({ category, count: op.count() })
    .from(t.household)
    .where(op.and(op.eq(t.household.campaign, campaign), op.eq(t.household.round, round)))
    .groupBy(category)
    .orderBy(category);
  const { species, perHousehold, unitPrice, source } = t.norm;
  const [norm] = await orm
    .select({ perHousehold, unitPrice, source })
    .from(t.norm)
    .where(op.and(op.eq(species, listing.species), inForceOn(op, t.norm, decision.decisionDate)))
    .orderBy(op.desc(t.norm.validFrom))
    .limit(1);
  const [head] = await db.rows<{ entry: bigint; recorded_at: bigint; leaf: string }>(
    `select number as entry, recorded_at, encode(leaf_hash, 'hex') as leaf from entry order by number desc limit 1`,
  );
  const all = await households(db, sealed, campaign, round);
  const byList = await toldByList(
    db,
    all.map(({ code }) => code),
  );
  const told = noticeRows(all, byList);
  return {
    ...listing,
    ...decision,
    office: office ?? { name: listing.communeName, fullName: listing.communeName },
    groups: groups.filter(({ id }) => told.rows.some(({ group }) => group === id)),
    categories,
    ...told,
    norm: norm ?? null,
    upTo: head
      ? { entry: Number(head.entry), recordedAt: Number(head.recorded_at), leafHash: head.leaf }
      : null,
  };
}

interface Row {
  code: string;
  group: string;
  animal: string | null;
  species: string | null;
  price: bigint | null;
  how: "handed-over" | "passed-on" | null;
  died: boolean | null;
}

async function households(
  db: Db,
  sealed: Pick<SealedTexts, "open">,
  campaign: string,
  round: number,
): Promise<NoticeHousehold[]> {
  const rows = await db.rows<Row>(
    `select h.code, h.group_id as "group",
            e.animal, a.species, a.price, e.kind as how,
            exists (select 1 from animal_event x where x.animal = e.animal and x.kind = 'died'
                      and not exists (select 1 from entry r where r.reverses = x.entry)) as died
       from household h
       left join animal_event e on e.household = h.code and e.kind in ('handed-over', 'passed-on')
        and not exists (select 1 from entry r where r.reverses = e.entry)
       left join animal a on a.code = e.animal
      where h.campaign = $1 and h.round = $2
      order by h.code, e.animal`,
    [campaign, round],
  );
  const names = await publicNames(
    db,
    sealed,
    rows.map(({ code }) => code),
  );
  const found = new Map<string, NoticeHousehold & { things: NoticeThing[] }>();
  for (const row of rows) {
    const here = found.get(row.code) ?? {
      code: row.code,
      group: row.group,
      name: names.get(row.code) ?? null,
      things: [],
    };
    found.set(row.code, here);
    if (row.animal === null || row.species === null || row.how === null) continue;
    here.things.push({
      animal: row.animal,
      species: row.species,
      price: row.how === "handed-over" ? row.price : null,
      how: row.how,
      died: row.died === true,
    });
  }
  return [...found.values()];
}
