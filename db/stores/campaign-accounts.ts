import type { OfficialAccount } from "#app/domain/bank-accounts/account.ts";
import type { AmendReason } from "#app/domain/campaigns/campaign-reasons.ts";
import type { CampaignAccounts } from "#app/domain/campaigns/change-account.ts";

import type { Db } from "../client.ts";
import { addVersion } from "./campaign-versions.ts";
import { contentChanged } from "./content-version.ts";

/** Official accounts and which of them a campaign's donors are shown. */
export function campaignAccountsStore(db: Db): CampaignAccounts {
  return {
    async find(id) {
      const [row] = await db.rows<OfficialAccount>(
        `select id, owner, commune, valid_from::text as "validFrom", valid_to::text as "validTo"
           from bank_account where id = $1`,
        [id],
      );
      return row;
    },
    async change(campaign, bankAccount, on) {
      // The trigger that keeps which account was shown when reads the day from here.
      await db.rows(`select set_config('ketnghia.account_since', $1, true)`, [on]);
      await db.rows(`update campaign set bank_account = $2 where id = $1`, [campaign, bankAccount]);
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
