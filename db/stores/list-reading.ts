import type {
  ListCampaign,
  ListHead,
  ListReading,
  PostedNotice,
  PublicList,
  PublicListHead,
} from "#app/domain/lists/ports.ts";
import { listId, readListId } from "#app/domain/lists/list-version.ts";
import { noticeOf } from "#app/domain/lists/notice.ts";

import type { Db } from "../client.ts";
import { COMMUNES, TWIN_NOW } from "./became.ts";
import { inEnglish } from "./in-english.ts";
import { inForce } from "./in-force.ts";
import { listRows } from "./list-rows.ts";
import { communeNow } from "./story-rows.ts";

/** Lists for readers: the office's pages, and what is public of them. */
export function listReadingStore(db: Db): ListReading {
  const rows = listRows(db);
  return {
    ...rows,
    async campaigns(day) {
      return (await db.rows<CampaignRow>(CAMPAIGNS, [day, null])).map(campaignOf);
    },
    async campaign(id, day) {
      const [row] = await db.rows<CampaignRow>(CAMPAIGNS, [day, id]);
      return row && campaignOf(row);
    },
    async heads() {
      const heads = await db.rows<Omit<ListHead, "changedAt"> & { changedAt: bigint }>(HEADS);
      return heads.map((head) => ({ ...head, changedAt: Number(head.changedAt) }));
    },
    async published() {
      const heads = await db.rows<
        Omit<PublicListHead, "changedAt" | "notice"> & { changedAt: bigint }
      >(PUBLISHED);
      const found: PublicListHead[] = [];
      for (const head of heads) {
        const notice = noticeOf(await rows.notices(head.list), head.version);
        found.push({ ...head, changedAt: Number(head.changedAt), notice: notice ?? null });
      }
      const hangs = ({ notice }: PublicListHead) => Number(notice?.outcome === null);
      return found.toSorted(
        (a, b) =>
          hangs(b) - hangs(a) ||
          ((a.notice?.toDay ?? a.decidedOn) < (b.notice?.toDay ?? b.decidedOn) ? -1 : 1),
      );
    },
    public: (list, version, day) => publicList(db, list, version, day),
    async byId(list) {
      const [row] = await db.rows<{ version: number }>(
        `select version from list_version where list = $1 and state = 'decided'`,
        [list],
      );
      return row?.version;
    },
    async lineAt(code) {
      const [row] = await db.rows<{ list: string }>(
        `select v.list from list_line l join list_version v on v.list = l.list and v.version = l.version
          where l.code = $1 and v.state = 'decided'`,
        [code],
      );
      return row?.list;
    },
    async byChecksum(checksum) {
      const [row] = await db.rows<{ list: string; version: number; inForce: number }>(
        `select v.list, v.version,
                coalesce((select w.version from list_version w where w.list = v.list and w.state = 'decided'), 0) as "inForce"
           from list_version v where v.checksum = $1`,
        [checksum],
      );
      return row;
    },
    async newestNotices(most) {
      const found = await db.rows<Omit<PostedNotice, "postedAt"> & { postedAt: bigint }>(NEWEST, [
        most,
      ]);
      return found.map((one) => ({ ...one, postedAt: Number(one.postedAt) }));
    },
  };
}

/** JSON has no exact large numbers: the price comes as text. */
type CampaignRow = Omit<ListCampaign, "norm"> & {
  norm: { perHousehold: number; unitPrice: string } | null;
};

const CAMPAIGNS = `
  select c.id, c.slug, c.title_vi as "titleVi", ${inEnglish("c.title")} as "titleEn", c.species, c.commune,
         c.commune_from::text as "communeFrom", p.full_name as "communeName",
         ${COMMUNES("c.commune", "c.commune_from")} as communes, c.district,
         coalesce(${TWIN_NOW("c.twin")}, c.twin) as twin,
         (select json_build_object('perHousehold', n.per_household, 'unitPrice', n.unit_price::text) from norm n
           where n.species = c.species and ${inForce("n", "$1::text::date")} order by n.valid_from desc limit 1) as norm,
         coalesce((select json_agg(known.round order by known.round)
                     from (select r.round from registration r where r.campaign = c.id
                           union select v.round from list_version v where v.campaign = c.id) known), '[]'::json) as rounds
    from campaign c join place p on p.code = c.commune and p.valid_from = c.commune_from
   where ($2::text is null or c.id = $2::text) and c.species in ('BO', 'DE')
   order by p.full_name, c.id`;

const HEADS = `
  select distinct on (v.list) v.list, v.version, v.campaign, v.round, v.state, v.changed_at as "changedAt"
    from list_version v order by v.list, v.version desc`;

const PUBLISHED = `
  select v.list, v.version, v.campaign, v.round, v.state, v.changed_at as "changedAt", c.slug, c.title_vi as "titleVi",
         ${inEnglish("c.title")} as "titleEn", p.full_name as "communeName", c.district, v.decided_on::text as "decidedOn",
         s.households, s.heads, s.amount
    from list_version v
    join campaign c on c.id = v.campaign
    join place p on p.code = c.commune and p.valid_from = c.commune_from
    join lateral (select count(*)::integer as households, coalesce(sum(l.heads), 0)::integer as heads,
                         coalesce(sum(l.amount), 0)::bigint as amount
                    from list_line l where l.list = v.list and l.version = v.version and not l.reserve) s on true
   where v.state = 'decided'
   order by v.list`;

const NEWEST = `
  select n.id, n.list, n.version, c.title_vi as "titleVi", ${inEnglish("c.title")} as "titleEn",
         p.full_name as "communeName", n.from_day::text as "fromDay", n.to_day::text as "toDay", n.posted_at as "postedAt",
         (select count(*)::integer from list_line l
           where l.list = n.list and l.version = n.version and not l.reserve) as households
    from notice n
    join list_version v on v.list = n.list and v.version = n.version
    join campaign c on c.id = v.campaign
    join place p on p.code = c.commune and p.valid_from = c.commune_from
   order by n.posted_at desc, n.id limit $1::integer`;

async function publicList(
  db: Db,
  text: string,
  wanted: number | undefined,
  day: string,
): Promise<PublicList | undefined> {
  const id = readListId(text);
  if (!id) return undefined;
  const rows = listRows(db);
  const list = listId(id.campaign, id.round);
  const versions = (await rows.versions(list)).filter(
    ({ state }) => state === "decided" || state === "replaced",
  );
  const version =
    wanted === undefined
      ? (versions.find(({ state }) => state === "decided") ?? versions.at(-1))
      : versions.find((one) => one.version === wanted);
  if (!version) return undefined;
  const [row] = await db.rows<CampaignRow>(CAMPAIGNS, [day, id.campaign]);
  if (!row) return undefined;
  const campaign = campaignOf(row);
  const handed = await db.rows<{ code: string }>(
    `select distinct l.code from animal_event e
       join list_line l on l.code = e.household and l.list = $1 and l.version = $2::integer
      where e.kind in ('handed-over', 'passed-on') and not exists (select 1 from entry r where r.reverses = e.entry)`,
    [list, version.version],
  );
  const objections = await db.rows<PublicList["objections"][number]>(
    `select o.code, o.line, o.ground, o.answer_by::text as "answerBy" from objection o
      where o.list = $1 and o.state = 'open' order by o.opened_at, o.code`,
    [list],
  );
  return {
    campaign,
    office: (await communeNow(db, campaign.commune, campaign.communeFrom)) ?? {
      name: campaign.communeName,
      fullName: campaign.communeName,
    },
    version,
    lines: await rows.lines(list, version.version),
    versions,
    notices: await rows.notices(list),
    meetings: await rows.meetings(id.campaign, id.round),
    handedOver: handed.map(({ code }) => code),
    objections,
  };
}

function campaignOf(row: CampaignRow): ListCampaign {
  const { norm } = row;
  return { ...row, norm: norm && { ...norm, unitPrice: BigInt(norm.unitPrice) } };
}
