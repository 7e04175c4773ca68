import type { AmendReason } from "#app/domain/campaigns/campaign-reasons.ts";
import type { CampaignAccounts } from "#app/domain/campaigns/change-account.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { addVersion } from "./campaign-versions.ts";
import { contentChanged } from "./content-version.ts";

/** Official accounts and which of them a campaign's donors are shown. */
export function campaignAccountsStore(db: Db): CampaignAccounts {
  return {
    async find(id) {
      const { orm, t, op } = await building(db);
      const { owner, commune, validFrom, validTo } = t.bankAccount;
      const [row] = await orm
        .select({ id: t.bankAccount.id, owner, commune, validFrom, validTo })
        .from(t.bankAccount)
        .where(op.eq(t.bankAccount.id, id));
      return row;
    },
    async change(campaign, bankAccount, on) {
      // The trigger that keeps which account was shown when reads the day from here.
      await db.rows(`select set_config('ketnghia.account_since', $1, true)`, [on]);
      const { orm, t, op } = await building(db);
      await orm.update(t.campaign).set({ bankAccount }).where(op.eq(t.campaign.id, campaign));
      await addVersion(db, {
        campaign,
        publishedOn: on,
        reason: "account-changed" satisfies AmendReason,
        publishedBy: null,
        draftedBy: null,
        draft: null,
      });
      await contentChanged(db, "campaigns");
    },
  };
}
