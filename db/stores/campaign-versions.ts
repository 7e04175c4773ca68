import type { DraftContent, DraftPicture } from "#app/domain/campaigns/draft-content.ts";
import { EMPTY_CONTENT } from "#app/domain/campaigns/draft-content.ts";
import type { AmendedCampaign, PublishedContent } from "#app/domain/campaigns/draft-ports.ts";
import type { StoredCampaign } from "#app/domain/campaigns/open-campaign.ts";
import type { CampaignVersion, VersionTerms } from "#app/domain/campaigns/version.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";
import { searchText } from "#app/domain/kernel/fold.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { TWIN_NOW } from "./became.ts";
import { contentChanged } from "./content-version.ts";

/** Keep what a campaign says now as its next version, or as its first. */
export async function addVersion(
  db: Db,
  version: {
    readonly campaign: string;
    readonly publishedOn: Day;
    readonly reason: string | null;
    /** Null: the office that published it before. */
    readonly publishedBy: string | null;
    readonly draftedBy: string | null;
    readonly draft: string | null;
  },
): Promise<number> {
  const { orm, t, op } = await building(db);
  const { campaign } = version;
  const [now] = await orm
    .select({ publishedBy: t.campaign.publishedBy })
    .from(t.campaign)
    .where(op.eq(t.campaign.id, campaign));
  if (!now) throw new Error(`campaign ${campaign} is not there`);
  const [last] = await orm
    .select({ version: op.max(t.campaignVersion.version) })
    .from(t.campaignVersion)
    .where(op.eq(t.campaignVersion.campaign, campaign));
  const number = (last?.version ?? 0) + 1;
  await orm.insert(t.campaignVersion).values({
    ...version,
    version: number,
    publishedBy: version.publishedBy ?? now.publishedBy,
    terms: op.sql`campaign_terms_of(${campaign})`,
  });
  await orm.update(t.campaign).set({ version: number }).where(op.eq(t.campaign.id, campaign));
  return number;
}

/** The lines of what a campaign needs, instead of those there were. */
export async function putNeeds(
  db: Db,
  campaign: string,
  needs: StoredCampaign["needs"],
): Promise<void> {
  const { orm, t, op } = await building(db);
  await orm.delete(t.needLine).where(op.eq(t.needLine.campaign, campaign));
  if (needs.length === 0) return;
  await orm.insert(t.needLine).values(
    needs.map((need, at) => ({
      campaign,
      n: at + 1,
      species: need.species,
      titleVi: need.titleVi,
      titleEn: need.titleEn,
      quantity: need.quantity,
      unitPrice: need.unitPrice,
      normId: need.normId ?? null,
      unitVi: need.unitVi ?? "",
      unitEn: need.unitEn ?? "",
      catalogue: need.catalogue ?? null,
    })),
  );
}

/** The pictures of a story (`update` 0) or of an update, instead of those there were. */
export async function putPictures(
  db: Db,
  campaign: string,
  update: number,
  pictures: readonly DraftPicture[],
): Promise<void> {
  const { orm, t, op } = await building(db);
  const { campaign: of, ofUpdate } = t.campaignPicture;
  await orm.delete(t.campaignPicture).where(op.and(op.eq(of, campaign), op.eq(ofUpdate, update)));
  if (pictures.length === 0) return;
  await orm.insert(t.campaignPicture).values(
    pictures.map(({ file, altVi, altEn }, at) => ({
      campaign,
      ofUpdate: update,
      n: at + 1,
      file,
      altVi,
      altEn,
    })),
  );
}

/** Change a published campaign and keep what it says now as a version; answers its number. */
export async function amendCampaign(db: Db, next: AmendedCampaign): Promise<number> {
  const { titleVi, titleEn, summaryVi, summaryEn } = next;
  // The trigger that keeps which account was shown when reads the day from here.
  await db.rows(`select set_config('ketnghia.account_since', $1, true)`, [next.publishedOn]);
  const { orm, t, op } = await building(db);
  await orm
    .update(t.campaign)
    .set({
      titleVi,
      titleEn,
      summaryVi,
      summaryEn,
      storyVi: next.storyVi,
      storyEn: next.storyEn,
      goal: next.goal,
      households: next.households,
      householdsPoor: next.targets?.poor ?? null,
      householdsNearPoor: next.targets?.nearPoor ?? null,
      householdsEscaped: next.targets?.escaped ?? null,
      householdsLeader: next.targets?.leader ?? null,
      startsOn: next.startsOn,
      endsOn: next.endsOn,
      closedOn: next.closedOn,
      bankAccount: next.bankAccount,
      twin: next.twin,
      responsible: next.responsible,
      decisionNumber: next.decisionNumber,
      decisionDate: next.decisionDate,
      decisionFile: next.decision?.file ?? null,
      decisionDigest: next.decision?.digest ?? null,
      passOnHeads: next.passOnHeads,
      passOnAgeDays: next.passOnAgeDays,
      surplus: next.surplus ?? "same",
      surplusTo: next.surplusTo,
      shortfall: next.shortfall ?? null,
      reportingMonths: next.reportingMonths ?? 12,
      normReasons: [...(next.normReasons ?? [])],
      searchText: searchText(next.id, titleVi, titleEn, summaryVi, summaryEn, ...next.places),
    })
    .where(op.eq(t.campaign.id, next.id));
  await putNeeds(db, next.id, next.needs);
  await putPictures(db, next.id, 0, next.pictures ?? []);
  const version = await addVersion(db, {
    campaign: next.id,
    publishedOn: next.publishedOn,
    reason: next.reason,
    publishedBy: next.publishedBy,
    draftedBy: next.draftedBy ?? null,
    draft: next.draft ?? null,
  });
  await contentChanged(db, "campaigns");
  return version;
}

interface ContentRow {
  content: Omit<DraftContent, "needs" | "pictures"> & {
    readonly needs: DraftContent["needs"];
    readonly pictures: DraftContent["pictures"];
  };
  commune: string;
  commune_from: Day;
  district: string;
  twin_now: string | null;
  closed_on: Day | null;
  version: number;
}

// The names are those of `DraftContent`, so that the draft of a next version begins with just what is published.
const CONTENT = `
  select c.commune, c.commune_from::text as commune_from, c.district, ${TWIN_NOW("c.twin")} as twin_now, c.closed_on::text as closed_on, c.version,
         jsonb_build_object(
           'model', c.model, 'species', c.species, 'titleVi', c.title_vi, 'titleEn', c.title_en,
           'summaryVi', c.summary_vi, 'summaryEn', c.summary_en, 'storyVi', c.story_vi, 'storyEn', c.story_en,
           'twin', c.twin, 'responsible', c.responsible, 'reportingMonths', c.reporting_months,
           'poor', coalesce(c.households_poor, case when c.households_leader is null then c.households end),
           'nearPoor', c.households_near_poor, 'escaped', c.households_escaped, 'leader', c.households_leader,
           'byNorm', not exists (select 1 from need_line n where n.campaign = c.id and n.norm_id is null),
           'normReasons', c.norm_reasons, 'bankAccount', c.bank_account,
           'startsOn', c.starts_on::text, 'endsOn', c.ends_on::text, 'closedOn', coalesce(c.closed_on::text, ''),
           'decisionNumber', c.decision_number, 'decisionDate', c.decision_date::text,
           'decisionFile', coalesce(c.decision_file, ''),
           'surplus', case when c.surplus_to is null then c.surplus else 'campaign' end,
           'surplusTo', coalesce(c.surplus_to, ''), 'shortfall', coalesce(c.shortfall, ''),
           'passOnHeads', c.pass_on_heads, 'passOnAgeDays', c.pass_on_age_days,
           'needs', coalesce((
             select jsonb_agg(jsonb_build_object('titleVi', n.title_vi, 'titleEn', n.title_en, 'unitVi', n.unit_vi,
                      'unitEn', n.unit_en, 'quantity', n.quantity, 'unitPrice', n.unit_price::text,
                      'catalogue', coalesce(n.catalogue, '')) order by n.n)
               from need_line n where n.campaign = c.id), '[]'::jsonb),
           'pictures', coalesce((
             select jsonb_agg(jsonb_build_object('file', p.file, 'altVi', p.alt_vi, 'altEn', p.alt_en) order by p.n)
               from campaign_picture p where p.campaign = c.id and p.of_update = 0), '[]'::jsonb)) as content
    from campaign c where c.id = $1`;

/** What a campaign says now, as the draft of its next version begins. */
export async function publishedContent(
  db: Db,
  campaign: string,
): Promise<PublishedContent | undefined> {
  const [row] = await db.rows<ContentRow>(CONTENT, [campaign]);
  if (!row) return undefined;
  return {
    content: { ...EMPTY_CONTENT, ...row.content },
    commune: row.commune,
    communeFrom: row.commune_from,
    district: row.district,
    twinNow: row.twin_now,
    closedOn: row.closed_on,
    version: row.version,
  };
}

interface VersionRow {
  version: number;
  published_on: Day;
  reason: string | null;
  drafted_vi: string | null;
  drafted_en: string | null;
  published_vi: string;
  published_en: string;
  terms: VersionTerms;
}

// Offices and campaigns are kept by id; a reader is told their names.
const VERSIONS = `
  select v.version, v.published_on::text as published_on, v.reason, d.name_vi as drafted_vi, d.name_en as drafted_en,
         coalesce(p.name_vi, v.published_by) as published_vi, coalesce(p.name_en, v.published_by) as published_en,
         v.terms || jsonb_build_object(
           'twin', coalesce((select o.name_vi from organisation o where o.id = v.terms ->> 'twin'), v.terms ->> 'twin'),
           'responsible',
             coalesce((select o.name_vi from organisation o where o.id = v.terms ->> 'responsible'), v.terms ->> 'responsible'))
           as terms
    from campaign_version v
    left join organisation d on d.id = v.drafted_by
    left join organisation p on p.id = v.published_by
   where v.campaign = $1 order by v.version desc`;

/** All versions of a campaign, newest first. */
export async function campaignVersions(db: Db, campaign: string): Promise<CampaignVersion[]> {
  const rows = await db.rows<VersionRow>(VERSIONS, [campaign]);
  return rows.map((row) => ({
    version: row.version,
    publishedOn: row.published_on,
    reason: row.reason,
    draftedBy:
      row.drafted_vi === null ? null : { vi: row.drafted_vi, en: row.drafted_en ?? row.drafted_vi },
    publishedBy: { vi: row.published_vi, en: row.published_en },
    terms: row.terms,
  }));
}
