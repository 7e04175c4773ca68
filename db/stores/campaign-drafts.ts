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
      await db.rows(
        `insert into campaign_draft (id, form_key, amends, campaign, commune, commune_from, district, state, version, round,
           submitted_on, content, revisions, prepared_by, office, created_at, changed_at, search_text)
         values ($1, $2, $3, $4, $5, $6::text::date, $7, $8, $9::int, $10::int, $11::text::date, $12, $13, $14, $15,
           $16::bigint, $17::bigint, $18)`,
        [
          draft.id,
          draft.formKey,
          draft.amends,
          draft.campaign,
          draft.commune,
          draft.communeFrom,
          draft.district,
          ...changing(draft),
          draft.office,
          draft.createdAt,
          draft.changedAt,
          await searchOf(db, draft),
        ],
      );
    },
    async keep(draft) {
      await db.rows(
        `update campaign_draft set state = $2, version = $3::int, round = $4::int, submitted_on = $5::text::date, content = $6,
                revisions = $7, prepared_by = $8, campaign = $9, changed_at = $10::bigint, search_text = $11
          where id = $1`,
        [draft.id, ...changing(draft), draft.campaign, draft.changedAt, await searchOf(db, draft)],
      );
    },
    opinions: (id) => draftOpinions(db, id),
    async addOpinion(draft, one_) {
      await db.rows(
        `insert into draft_opinion (draft, n, round, side, verdict, remarks, organisation, person, at)
         select $1, coalesce(max(n), 0) + 1, $2::int, $3, $4, $5, $6, $7, $8::bigint from draft_opinion where draft = $1`,
        [
          draft,
          one_.round,
          one_.side,
          one_.verdict,
          one_.remarks,
          one_.organisation,
          one_.person,
          one_.at,
        ],
      );
    },
    steps: (id) => draftSteps(db, id),
    async addStep(draft, step) {
      await db.rows(
        `insert into draft_step (draft, n, step, reason, note, person, organisation, role, at)
         select $1, coalesce(max(n), 0) + 1, $2, $3, $4, $5, $6, $7, $8::bigint from draft_step where draft = $1`,
        [
          draft,
          step.step,
          step.reason,
          step.note,
          step.person,
          step.organisation,
          step.role,
          step.at,
        ],
      );
    },
    opinionDays: (day) => opinionDays(db, day),
    published: (campaign) => publishedContent(db, campaign),
    amend: (campaign) => amendCampaign(db, campaign),
  };
}

/** What changes in a draft's life, in the order of both statements. */
function changing(draft: CampaignDraft): unknown[] {
  return [
    draft.state,
    draft.version,
    draft.round,
    draft.submittedOn,
    JSON.stringify(draft.content),
    JSON.stringify(draft.revisions),
    JSON.stringify(draft.preparedBy),
  ];
}

async function searchOf(db: Db, draft: CampaignDraft): Promise<string> {
  const rows = await db.rows<{ name: string }>(
    `select full_name as name from place where code = $1 and valid_from = $2::text::date`,
    [draft.commune, draft.communeFrom],
  );
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
      const [row] = await db.rows<{ digest: string }>(
        `select digest from office_file where id = $1 and kind = 'decision'`,
        [file],
      );
      return row;
    },
    async isPicture(file) {
      const rows = await db.rows(`select 1 from file_picture where file = $1 limit 1`, [file]);
      return rows.length > 0;
    },
    async ofCommunes(files, communes) {
      const rows = await db.rows<{ id: string }>(
        `select id from office_file
          where id = any($1::text[]) and subject_kind = 'campaign' and subject_communes && $2::text[]`,
        [files, communes],
      );
      return rows.map(({ id }) => id);
    },
  };
}
