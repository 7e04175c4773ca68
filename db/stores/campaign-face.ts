import type { CampaignPage, PublicOpinion, ShownPicture } from "#app/domain/campaigns/ports.ts";
import { OPINION_SIDES } from "#app/domain/campaigns/draft.ts";

import type { Db } from "../client.ts";
import { fileReadingStore } from "./files.ts";

/** What a campaign's page says of how it came about and of what was agreed. */
export type CampaignFace = Pick<
  CampaignPage,
  | "draftedBy"
  | "decisionDigest"
  | "opinions"
  | "version"
  | "versionOn"
  | "targets"
  | "normReasons"
  | "surplus"
  | "shortfall"
  | "reportingMonths"
  | "passOn"
  | "pictures"
>;

interface FaceRow {
  decision_digest: string | null;
  d_vi: string | null;
  d_en: string | null;
  ds_vi: string | null;
  ds_en: string | null;
  version: number;
  version_on: string;
  draft: string | null;
  poor: number | null;
  near_poor: number | null;
  escaped: number | null;
  leader: number | null;
  norm_reasons: string[];
  surplus: CampaignPage["surplus"];
  shortfall: CampaignPage["shortfall"];
  reporting_months: number;
  pass_on_heads: number;
  pass_on_age_days: number;
}

const FACE = `
  select c.decision_digest, d.name_vi as d_vi, d.name_en as d_en, ds.name_vi as ds_vi, ds.name_en as ds_en, c.version,
         coalesce(v.published_on, c.published_on)::text as version_on, v.draft, c.households_poor as poor,
         c.households_near_poor as near_poor, c.households_escaped as escaped, c.households_leader as leader,
         c.norm_reasons, case when c.surplus_to is null then c.surplus else 'campaign' end as surplus, c.shortfall,
         c.reporting_months, c.pass_on_heads, c.pass_on_age_days
    from campaign c
    left join campaign_version v on v.campaign = c.id and v.version = c.version
    left join organisation d on d.id = coalesce(v.drafted_by, c.drafted_by)
    left join organisation ds on ds.id = d.successor
   where c.id = $1`;

/** Read it for one campaign. */
export async function campaignFace(db: Db, id: string): Promise<CampaignFace> {
  const [row] = await db.rows<FaceRow>(FACE, [id]);
  if (!row) throw new Error(`campaign ${id} is not there`);
  return {
    decisionDigest: row.decision_digest,
    draftedBy:
      row.d_vi === null
        ? null
        : {
            name: { vi: row.d_vi, en: row.d_en ?? row.d_vi },
            successor: row.ds_vi === null ? null : { vi: row.ds_vi, en: row.ds_en ?? row.ds_vi },
          },
    opinions: row.draft === null ? [] : await opinionsOn(db, row.draft),
    version: row.version,
    versionOn: row.version_on,
    targets:
      row.poor === null
        ? null
        : {
            poor: row.poor,
            nearPoor: row.near_poor ?? 0,
            escaped: row.escaped ?? 0,
            leader: row.leader ?? 0,
          },
    normReasons: row.norm_reasons,
    surplus: row.surplus,
    shortfall: row.shortfall,
    reportingMonths: row.reporting_months,
    passOn: { heads: row.pass_on_heads, ageDays: row.pass_on_age_days },
    pictures: (await shownPictures(db, id)).get(0) ?? [],
  };
}

// An office that was silent is named by its side: nobody says whose silence it was better than the Committee's days.
async function opinionsOn(db: Db, draft: string): Promise<PublicOpinion[]> {
  const rows = await db.rows<{
    side: PublicOpinion["side"];
    verdict: NonNullable<PublicOpinion["verdict"]>;
    name_vi: string | null;
    name_en: string | null;
  }>(
    `select p.side, p.verdict, o.name_vi, o.name_en
       from draft_opinion p join campaign_draft d on d.id = p.draft and d.round = p.round
       left join organisation o on o.id = p.organisation
      where p.draft = $1`,
    [draft],
  );
  return OPINION_SIDES.map((side) => {
    const given = rows.find((row) => row.side === side);
    if (!given) return { side, office: null, verdict: null };
    const { name_vi: vi, name_en: en, verdict } = given;
    return { side, verdict, office: vi === null ? null : { vi, en: en ?? vi } };
  });
}

/** Pictures of a campaign that are public, by the number of their update; 0 for the story's. */
export async function shownPictures(
  db: Db,
  campaign: string,
): Promise<Map<number, ShownPicture[]>> {
  const rows = await db.rows<{ of_update: number; file: string; alt_vi: string; alt_en: string }>(
    `select of_update, file, alt_vi, alt_en from campaign_picture where campaign = $1 order by of_update, n`,
    [campaign],
  );
  const shown = new Map<number, ShownPicture[]>();
  if (rows.length === 0) return shown;
  const reading = fileReadingStore(db);
  for (const row of rows) {
    // One that was withdrawn since is simply not shown.
    const picture = await reading.published(row.file);
    if (!picture) continue;
    const alt = { vi: row.alt_vi, en: row.alt_en || row.alt_vi };
    shown.set(row.of_update, [...(shown.get(row.of_update) ?? []), { picture, alt }]);
  }
  return shown;
}
