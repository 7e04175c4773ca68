import type { CampaignRegister, StoredCampaign } from "#app/domain/campaigns/open-campaign.ts";
import type { NewsRegister, NewsTie } from "#app/domain/campaigns/publish-update.ts";
import { searchText } from "#app/domain/kernel/fold.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { addVersion, putNeeds, putPictures } from "./campaign-versions.ts";
import { contentChanged } from "./content-version.ts";

/** Campaigns as they are opened, and their news. */
export function campaignRegisterStore(db: Db): CampaignRegister & NewsRegister {
  return {
    async taken(id, slug, code) {
      const [row] = await db.rows<{ found: boolean }>(
        `select exists (select 1 from campaign where id = $1 or slug = $2 or code = $3)
             or exists (select 1 from pledge where code = $3) as found`,
        [id, slug, code],
      );
      return row?.found === true;
    },
    async add({ needs, places, targets, decision, pictures, draft, draftedBy, ...plan }) {
      const { orm, t } = await building(db);
      await orm.insert(t.campaign).values({
        ...plan,
        normReasons: [...(plan.normReasons ?? [])],
        draftedBy: draftedBy ?? null,
        householdsPoor: targets?.poor ?? null,
        householdsNearPoor: targets?.nearPoor ?? null,
        householdsEscaped: targets?.escaped ?? null,
        householdsLeader: targets?.leader ?? null,
        decisionFile: decision?.file ?? null,
        decisionDigest: decision?.digest ?? null,
        searchText: searchOf(plan, places),
      });
      await putNeeds(db, plan.id, needs);
      await putPictures(db, plan.id, 0, pictures ?? []);
      await addVersion(db, {
        campaign: plan.id,
        publishedOn: plan.publishedOn,
        reason: null,
        publishedBy: plan.publishedBy,
        draftedBy: draftedBy ?? null,
        draft: draft ?? null,
      });
      await contentChanged(db, "campaigns");
    },
    async names() {
      const rows = await db.rows<{ id: string; slug: string }>(`select id, slug from campaign`);
      return { ids: rows.map(({ id }) => id), slugs: rows.map(({ slug }) => slug) };
    },
    async campaignExists(id) {
      const rows = await db.rows(`select 1 from campaign where id = $1`, [id]);
      return rows.length > 0;
    },
    async addNews(news) {
      const [row] = await db.rows<{ n: number }>(
        `insert into campaign_update (campaign, n, published_on, text_vi, text_en, entry, animal, need, told_by, form_key)
         select $1, coalesce(max(n), 0) + 1, $2::text::date, $3, $4, $5::bigint, $6, $7::int, $8, $9
           from campaign_update where campaign = $1
         returning n`,
        [
          news.campaign,
          news.publishedOn,
          news.textVi,
          news.textEn,
          news.entry ?? null,
          news.animal ?? null,
          news.need ?? null,
          news.toldBy ?? null,
          news.formKey ?? null,
        ],
      );
      if (!row) throw new Error("news was not stored");
      if (news.pictures) await putPictures(db, news.campaign, row.n, news.pictures);
      await contentChanged(db, "campaigns");
      return { n: row.n };
    },
    async newsByKey(key) {
      const { orm, t, op } = await building(db);
      const { campaign, n, textVi, textEn, entry, animal, need, toldBy } = t.campaignUpdate;
      const [told] = await orm
        .select({ campaign, n, textVi, textEn, entry, animal, need, toldBy })
        .from(t.campaignUpdate)
        .where(op.eq(t.campaignUpdate.formKey, key));
      if (!told) return undefined;
      const { campaignPicture: of } = t;
      const pictures = await orm
        .select({ caption: of.altVi })
        .from(of)
        .where(op.and(op.eq(of.campaign, told.campaign), op.eq(of.ofUpdate, told.n)))
        .orderBy(of.n);
      return { ...told, captions: pictures.map(({ caption }) => caption) };
    },
    async isTied(id, tie) {
      const [text, value] = TIES[tie.kind](tie);
      return (await db.rows(text, [id, value])).length > 0;
    },
  };
}

/** Statements that find what an update is tied to, in its own campaign only. */
const TIES: Readonly<Record<NewsTie["kind"], (tie: NewsTie) => [text: string, value: unknown]>> = {
  animal: (tie) => [
    `select 1 from animal where campaign = $1 and code = $2`,
    tie.kind === "animal" ? tie.animal : null,
  ],
  entry: (tie) => [
    `select 1 from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
      where m.entry = $2::bigint and (f.campaign = $1 or t.campaign = $1) limit 1`,
    tie.kind === "entry" ? tie.entry : null,
  ],
  need: (tie) => [
    `select 1 from need_line where campaign = $1 and n = $2::int`,
    tie.kind === "need" ? tie.need : null,
  ],
};

function searchOf(
  plan: Pick<StoredCampaign, "id" | "titleVi" | "titleEn" | "summaryVi" | "summaryEn">,
  places: readonly string[],
): string {
  return searchText(plan.id, plan.titleVi, plan.titleEn, plan.summaryVi, plan.summaryEn, ...places);
}
