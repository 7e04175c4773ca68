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
      const { orm, t } = await building(db);
      const { id, slug } = t.campaign;
      const rows = await orm.select({ id, slug }).from(t.campaign);
      return { ids: rows.map((row) => row.id), slugs: rows.map((row) => row.slug) };
    },
    async campaignExists(id) {
      const { orm, t, op } = await building(db);
      return (await orm.$count(t.campaign, op.eq(t.campaign.id, id))) > 0;
    },
    async addNews(news) {
      const { orm, t, op } = await building(db);
      const { campaign, pictures, ...told } = news;
      const [last] = await orm
        .select({ n: op.max(t.campaignUpdate.n) })
        .from(t.campaignUpdate)
        .where(op.eq(t.campaignUpdate.campaign, campaign));
      const n = (last?.n ?? 0) + 1;
      await orm.insert(t.campaignUpdate).values({ ...told, campaign, n });
      if (pictures) await putPictures(db, campaign, n, pictures);
      await contentChanged(db, "campaigns");
      return { n };
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
    isTied: (id, tie) => isTied(db, id, tie),
  };
}

/** Whether what an update is tied to is there, in its own campaign only. */
async function isTied(db: Db, campaign: string, tie: NewsTie): Promise<boolean> {
  const { orm, t, op } = await building(db);
  switch (tie.kind) {
    case "animal": {
      const own = op.and(op.eq(t.animal.campaign, campaign), op.eq(t.animal.code, tie.animal));
      return (await orm.$count(t.animal, own)) > 0;
    }
    case "need": {
      const own = op.and(op.eq(t.needLine.campaign, campaign), op.eq(t.needLine.n, tie.need));
      return (await orm.$count(t.needLine, own)) > 0;
    }
    case "entry": {
      const { entry, fromAccount, toAccount } = t.movement;
      const own = orm
        .select({ id: t.account.id })
        .from(t.account)
        .where(op.eq(t.account.campaign, campaign));
      const touching = op.or(op.inArray(fromAccount, own), op.inArray(toAccount, own));
      return (await orm.$count(t.movement, op.and(op.eq(entry, tie.entry), touching))) > 0;
    }
  }
}

function searchOf(
  plan: Pick<StoredCampaign, "id" | "titleVi" | "titleEn" | "summaryVi" | "summaryEn">,
  places: readonly string[],
): string {
  return searchText(plan.id, plan.titleVi, plan.titleEn, plan.summaryVi, plan.summaryEn, ...places);
}
