import type {
  CampaignDesk,
  CommuneChoice,
  DraftChoices,
  DraftLine,
  DraftReading,
  OfficeChoice,
} from "#app/domain/campaigns/draft-ports.ts";
import type { DraftContent } from "#app/domain/campaigns/draft-content.ts";
import { EMPTY_CONTENT, needLinesOf } from "#app/domain/campaigns/draft-content.ts";
import { goalOf } from "#app/domain/campaigns/open-campaign.ts";
import type { NormTerms } from "#app/domain/campaigns/terms.ts";
import type { Day, Seconds } from "#app/domain/kernel/calendar.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inForce, inForceOn } from "./in-force.ts";
import { COMMUNES, TWIN_NOW } from "./became.ts";
import { campaignDraftsStore, draftOpinions, draftSteps, opinionDays } from "./campaign-drafts.ts";
import { campaignTermsStore } from "./campaign-terms.ts";
import { publishedContent } from "./campaign-versions.ts";
import { peopleStore } from "./people.ts";
import { textArray } from "./pg-arrays.ts";

/** Drafts as the office's pages show them. */
export function draftReadingStore(db: Db, now: () => Seconds): DraftReading {
  const terms = campaignTermsStore(db);
  return {
    find: (id) => campaignDraftsStore(db).find(id),
    opinions: (id) => draftOpinions(db, id),
    steps: (id) => draftSteps(db, id),
    opinionDays: (day) => opinionDays(db, day),
    published: (campaign) => publishedContent(db, campaign),
    openAmendment: (campaign) => campaignDraftsStore(db).openAmendment(campaign),
    campaign: (id) => campaignDesk(db, id),
    list: () => draftLines(db, dayOf(now()), terms.norm),
    choices: (draft, day) => choices(db, draft, day),
    communes: (day) => communes(db, day),
    norm: terms.norm,
    async names({ people, offices }) {
      const { orm, t, op } = await building(db);
      const { id, nameVi: vi, nameEn: en } = t.organisation;
      const rows = await orm
        .select({ id, vi, en })
        .from(t.organisation)
        .where(op.inArray(id, [...offices]));
      return {
        people: await peopleStore(db).names(people),
        offices: new Map(rows.map((row) => [row.id, { vi: row.vi, en: row.en }] as const)),
      };
    },
  };
}

interface LineRow {
  id: string;
  amends: string | null;
  campaign: string | null;
  commune: string;
  commune_name: string | null;
  communes: string[] | null;
  district: string;
  twin_now: string | null;
  state: DraftLine["state"];
  title: string;
  model: DraftLine["model"];
  species: string;
  /** Null for published campaigns, which know their goal. */
  content: string | null;
  goal: bigint | null;
  office: string | null;
  changed_at: bigint;
  submitted_on: Day | null;
  opinions: number;
  search_text: string;
}

// A published draft stands in the list as its campaign.
const LINES = `
  select d.id, d.amends, d.campaign, d.commune, p.full_name as commune_name, d.district, d.state,
         d.content::jsonb ->> 'titleVi' as title, d.content::jsonb ->> 'model' as model,
         d.content::jsonb ->> 'species' as species, d.content, null::bigint as goal, d.office, d.changed_at,
         d.submitted_on::text as submitted_on, d.search_text,
         (select count(*)::int from draft_opinion o where o.draft = d.id and o.round = d.round) as opinions,
         ${COMMUNES("d.commune", "d.commune_from")} as communes, ${TWIN_NOW("d.content::jsonb ->> 'twin'")} as twin_now
    from campaign_draft d
    left join place p on p.code = d.commune and p.valid_from = d.commune_from
   where d.state <> 'published'
  union all
  select c.id, null, c.id, c.commune, p.full_name, c.district, 'published', c.title_vi, c.model, c.species, null, c.goal,
         c.drafted_by, extract(epoch from v.published_on)::bigint, null, c.search_text, 0,
         ${COMMUNES("c.commune", "c.commune_from")}, ${TWIN_NOW("c.twin")}
    from campaign c
    join campaign_version v on v.campaign = c.id and v.version = c.version
    left join place p on p.code = c.commune and p.valid_from = c.commune_from`;

async function draftLines(
  db: Db,
  today: Day,
  norm: (species: string, day: Day) => Promise<NormTerms | undefined>,
): Promise<DraftLine[]> {
  const rows = await db.rows<LineRow>(LINES);
  const norms = new Map<string, NormTerms | undefined>();
  for (const species of ["BO", "DE"]) norms.set(species, await norm(species, today));
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    model: row.model,
    species: row.species,
    commune: row.commune,
    communeName: row.commune_name ?? row.commune,
    communes: row.communes ?? [row.commune],
    district: row.district,
    twinNow: row.twin_now,
    state: row.state,
    amends: row.amends,
    campaign: row.campaign,
    goal: row.goal ?? goalSoFar(row.content, norms),
    office: row.office ?? "",
    changedAt: Number(row.changed_at),
    submittedOn: row.submitted_on,
    opinions: row.opinions,
    searchText: row.search_text,
  }));
}

/** What a draft would ask for as it stands; null while nothing can be said. */
function goalSoFar(
  text: string | null,
  norms: ReadonlyMap<string, NormTerms | undefined>,
): bigint | null {
  if (text === null) return null;
  const content = { ...EMPTY_CONTENT, ...(JSON.parse(text) as Partial<DraftContent>) };
  const needs = needLinesOf(content, norms.get(content.species));
  return needs.length === 0 ? null : goalOf(needs);
}

const DESK = `
  select c.id, c.slug, c.title_vi as title, c.model, c.version, c.starts_on::text as "startsOn", c.ends_on::text as "endsOn",
         c.closed_on::text as "closedOn", p.full_name as "communeName", c.district,
         ${COMMUNES("c.commune", "c.commune_from")} as communes, ${TWIN_NOW("c.twin")} as "twinNow",
         coalesce((select json_agg(json_build_object('id', v.draft, 'version', v.version) order by v.version desc)
                     from campaign_version v where v.campaign = c.id and v.draft is not null), '[]'::json) as drafts,
         coalesce((select json_agg(json_build_object('n', n.n, 'titleVi', n.title_vi) order by n.n)
                     from need_line n where n.campaign = c.id), '[]'::json) as needs,
         coalesce((select json_agg(a.code order by a.code) from animal a where a.campaign = c.id), '[]'::json) as things,
         coalesce((select json_agg(json_build_object('n', u.n, 'publishedOn', u.published_on::text, 'textVi', u.text_vi,
                     'textEn', u.text_en,
                     'pictures', (select coalesce(json_agg(json_build_object('file', i.file, 'altVi', i.alt_vi) order by i.n), '[]'::json)
                                    from campaign_picture i where i.campaign = c.id and i.of_update = u.n))
                     order by u.published_on desc, u.n desc)
                     from campaign_update u where u.campaign = c.id), '[]'::json) as news
    from campaign c join place p on p.code = c.commune and p.valid_from = c.commune_from
   where c.id = $1`;

async function campaignDesk(db: Db, id: string): Promise<CampaignDesk | undefined> {
  const [row] = await db.rows<CampaignDesk>(DESK, [id]);
  return row;
}

async function choices(
  db: Db,
  draft: Parameters<DraftReading["choices"]>[0],
  day: Day,
): Promise<DraftChoices> {
  const { orm, t, op } = await building(db);
  const { id, holder, bankName, number, owner, commune } = t.bankAccount;
  const ours = op.or(op.eq(owner, "appeal"), op.inArray(commune, [...draft.communes]));
  const accounts = await orm
    .select({ id, holder, bankName, number, owner })
    .from(t.bankAccount)
    .where(op.and(inForceOn(op, t.bankAccount, day), ours))
    .orderBy(op.desc(owner), holder);
  const offices = await db.rows<OfficeChoice & { kind: string; place: string | null }>(
    `select o.id, o.name_vi as "nameVi", o.name_en as "nameEn", o.kind, o.place,
            exists (select 1 from twin_pair t where t.mountain_code = $2 and t.plains_code = o.place
                     and o.kind = 'twinned-unit') as proposed
       from organisation o
      where ${inForce("o", "$1::text::date")} or o.id = any(($3::text)::text[])
      order by o.name_vi, o.id`,
    [day, draft.district, textArray([draft.content.twin, draft.content.responsible])],
  );
  const campaigns = await db.rows<DraftChoices["campaigns"][number]>(
    `select id, slug, title_vi as title from campaign
      where coalesce(least(closed_on, ends_on), ends_on) >= $1::text::date and id is distinct from $2 order by id`,
    [day, draft.amends],
  );
  const own = new Set(draft.communes);
  return {
    accounts,
    twins: offices.filter(
      ({ id, kind }) =>
        ["twinned-unit", "department", "company"].includes(kind) || id === draft.content.twin,
    ),
    offices: offices.filter(
      ({ id, kind, place }) =>
        (kind === "commune-committee" && place !== null && own.has(place)) ||
        kind === "committee" ||
        id === draft.content.responsible,
    ),
    campaigns,
  };
}

async function communes(db: Db, day: Day): Promise<CommuneChoice[]> {
  return db.rows<CommuneChoice>(
    `select p.code, p.valid_from::text as "validFrom", p.full_name as "fullName", d.code as district,
            d.name as "districtName"
       from place p join place d on d.code = p.district2024 and d.kind = 'district'
      where p.kind = 'commune' and p.mountain and ${inForce("p", "$1::text::date")}
      order by d.name, p.name`,
    [day],
  );
}
