import type { CampaignRegister, StoredCampaign } from "#app/domain/campaigns/open-campaign.ts";
import type { NewsRegister } from "#app/domain/campaigns/publish-update.ts";
import { searchText } from "#app/domain/kernel/fold.ts";

import type { Db } from "../client.ts";
import { campaign, needLine } from "../schema/campaigns.ts";
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
    async add({ needs, places, ...plan }) {
      await (
        await db.orm()
      )
        .insert(campaign)
        .values({ ...plan, searchText: searchOf(plan, places) });
      await (
        await db.orm()
      )
        .insert(needLine)
        .values(needs.map((need, at) => ({ campaign: plan.id, n: at + 1, ...need })));
      await contentChanged(db, "campaigns");
    },
    async campaignExists(id) {
      const rows = await db.rows(`select 1 from campaign where id = $1`, [id]);
      return rows.length > 0;
    },
    async addNews(news) {
      const [row] = await db.rows<{ n: number }>(
        `insert into campaign_update (campaign, n, published_on, text_vi, text_en, entry, animal)
         select $1, coalesce(max(n), 0) + 1, $2::text::date, $3, $4, $5::bigint, $6 from campaign_update where campaign = $1
         returning n`,
        [
          news.campaign,
          news.publishedOn,
          news.textVi,
          news.textEn,
          news.entry ?? null,
          news.animal ?? null,
        ],
      );
      if (!row) throw new Error("news was not stored");
      await contentChanged(db, "campaigns");
      return { n: row.n };
    },
  };
}

function searchOf(
  plan: Pick<StoredCampaign, "id" | "titleVi" | "titleEn" | "summaryVi" | "summaryEn">,
  places: readonly string[],
): string {
  return searchText(plan.id, plan.titleVi, plan.titleEn, plan.summaryVi, plan.summaryEn, ...places);
}
