import type { CampaignDraft, DraftStep, Opinion } from "#app/domain/campaigns/draft.ts";
import { type DraftContent, EMPTY_CONTENT } from "#app/domain/campaigns/draft-content.ts";
import { type CampaignDrafts, type CampaignFiles } from "#app/domain/campaigns/draft-ports.ts";
import { OPINION_DAYS } from "#app/domain/campaigns/draft.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";
import { searchText } from "#app/domain/kernel/fold.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { ruleOn } from "./rules.ts";
import { COMMUNES, TWIN_NOW } from "./became.ts";
import { amendCampaign, publishedContent } from "./campaign-versions.ts";

interface DraftRow {
  id: string;
  form_key: string;
  amends: string | null;
  campaign: string | null;
  commune: string;
  commune_from: Day;
  communes: string[] | null;
  district: string;
  twin_now: string | null;
  state: CampaignDraft["state"];
  version: number;
  round: number;
  submitted_on: Day | null;
  content: string;
  revisions: string;
  prepared_by: string;
  office: string;
  created_at: bigint;
  changed_at: bigint;
}

// What its commune became, and what its twin became, step by step.
const DRAFT = `
  select d.id, d.form_key, d.amends, d.campaign, d.commune, d.commune_from::text as commune_from, d.district, d.state,
         d.version, d.round, d.submitted_on::text as submitted_on, d.content, d.revisions, d.prepared_by, d.office,
         d.created_at, d.changed_at,
         ${COMMUNES("d.commune", "d.commune_from")} as communes, ${TWIN_NOW("d.content::jsonb ->> 'twin'")} as twin_now
    from campaign_draft d`;

/** Drafts of campaigns, with what happened to them. */
export function campaignDraftsStore(db: Db): CampaignDrafts {
  const one = async (where: string, value: string) => {
    const [row] = await db.rows<DraftRow>(`${DRAFT} where ${where}`, [value]);
    return row && draftOf(row);
  };
  return {
    find: (id) => one(`d.id = $1`, id),
    byKey: (key) => one(`d.form_key = $1`, key),
    openAmendment: (campaign) =>
      one(`d.amends = $1 and d.state not in ('published', 'cancelled')`, campaign),
    async add(draft) {
      const { orm, t } = await building(db);
      const { id, formKey, amends, commune, communeFrom, district, office, createdAt } = draft;
      await orm.insert(t.campaignDraft).values({
        ...(await changing(db, draft)),
        id,
        formKey,
        amends,
        commune,
        communeFrom,
        district,
        office,
        createdAt,
      });
    },
    async keep(draft) {
      const { orm, t, op } = await building(db);
      await orm
        .update(t.campaignDraft)
        .set(await changing(db, draft))
        .where(op.eq(t.campaignDraft.id, draft.id));
    },
    opinions: (id) => draftOpinions(db, id),
    async addOpinion(draft, opinion) {
      const { orm, t, op } = await building(db);
      const [last] = await orm
        .select({ n: op.max(t.draftOpinion.n) })
        .from(t.draftOpinion)
        .where(op.eq(t.draftOpinion.draft, draft));
      await orm.insert(t.draftOpinion).values({ ...opinion, draft, n: (last?.n ?? 0) + 1 });
    },
    steps: (id) => draftSteps(db, id),
    async addStep(draft, step) {
      const { orm, t, op } = await building(db);
      const [last] = await orm
        .select({ n: op.max(t.draftStep.n) })
        .from(t.draftStep)
        .where(op.eq(t.draftStep.draft, draft));
      await orm.insert(t.draftStep).values({ ...step, draft, n: (last?.n ?? 0) + 1 });
    },
    opinionDays: (day) => opinionDays(db, day),
    published: (campaign) => publishedContent(db, campaign),
    amend: (campaign) => amendCampaign(db, campaign),
  };
}

/** What changes in a draft's life. */
async function changing(db: Db, draft: CampaignDraft) {
  const { state, version, round, submittedOn, campaign, changedAt } = draft;
  return {
    state,
    version,
    round,
    submittedOn,
    campaign,
    changedAt,
    content: JSON.stringify(draft.content),
    revisions: JSON.stringify(draft.revisions),
    preparedBy: JSON.stringify(draft.preparedBy),
    searchText: await searchOf(db, draft),
  };
}

async function searchOf(db: Db, draft: CampaignDraft): Promise<string> {
  const { orm, t, op } = await building(db);
  const { code, validFrom, fullName } = t.place;
  const rows = await orm
    .select({ name: fullName })
    .from(t.place)
    .where(op.and(op.eq(code, draft.commune), op.eq(validFrom, draft.communeFrom)));
  const { titleVi, titleEn, summaryVi } = draft.content;
  const names = rows.map(({ name }) => name);
  return searchText(draft.amends ?? "", titleVi, titleEn, summaryVi, ...names);
}

function draftOf(row: DraftRow): CampaignDraft {
  return {
    id: row.id,
    formKey: row.form_key,
    amends: row.amends,
    campaign: row.campaign,
    commune: row.commune,
    communeFrom: row.commune_from,
    communes: row.communes ?? [row.commune],
    district: row.district,
    twinNow: row.twin_now,
    state: row.state,
    version: row.version,
    round: row.round,
    submittedOn: row.submitted_on,
    // A field that came later is empty in what was kept before it.
    content: { ...EMPTY_CONTENT, ...(JSON.parse(row.content) as Partial<DraftContent>) },
    revisions: JSON.parse(row.revisions) as CampaignDraft["revisions"],
    preparedBy: JSON.parse(row.prepared_by) as string[],
    office: row.office,
    createdAt: Number(row.created_at),
    changedAt: Number(row.changed_at),
  };
}

/** Opinions on a draft, in the order in which they were given. */
export async function draftOpinions(db: Db, id: string): Promise<Opinion[]> {
  const { orm, t, op } = await building(db);
  const { draft: _draft, ...columns } = op.getTableColumns(t.draftOpinion);
  return orm
    .select(columns)
    .from(t.draftOpinion)
    .where(op.eq(t.draftOpinion.draft, id))
    .orderBy(t.draftOpinion.n);
}

/** What happened to a draft, oldest first. */
export async function draftSteps(db: Db, id: string): Promise<DraftStep[]> {
  const { orm, t, op } = await building(db);
  const { draft: _draft, ...columns } = op.getTableColumns(t.draftStep);
  return orm
    .select(columns)
    .from(t.draftStep)
    .where(op.eq(t.draftStep.draft, id))
    .orderBy(t.draftStep.n);
}

/** Days an office has for its opinion on `day`. */
export async function opinionDays(db: Db, day: Day): Promise<number> {
  const days = await ruleOn(db, "campaigns.opinion-days", day);
  return typeof days === "number" ? days : OPINION_DAYS;
}

/** Files of the office as far as campaigns name them. */
export function campaignFilesStore(db: Db): CampaignFiles {
  return {
    async paper(file) {
      const { orm, t, op } = await building(db);
      const { digest, id, kind } = t.officeFile;
      const [row] = await orm
        .select({ digest })
        .from(t.officeFile)
        .where(op.and(op.eq(id, file), op.eq(kind, "decision")));
      return row;
    },
    async isPicture(file) {
      const { orm, t, op } = await building(db);
      return (await orm.$count(t.filePicture, op.eq(t.filePicture.file, file))) > 0;
    },
    async ofCommunes(files, communes) {
      // Of no values it would throw (docs/stack.md, drizzle-orm).
      if (communes.length === 0) return [];
      const { orm, t, op } = await building(db);
      const { id, subjectKind, subjectCommunes } = t.officeFile;
      const rows = await orm
        .select({ id })
        .from(t.officeFile)
        .where(
          op.and(
            op.inArray(id, [...files]),
            op.eq(subjectKind, "campaign"),
            op.arrayOverlaps(subjectCommunes, [...communes]),
          ),
        );
      return rows.map((row) => row.id);
    },
  };
}
