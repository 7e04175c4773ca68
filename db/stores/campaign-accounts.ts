import type { CampaignAccounts, OfficialAccount } from "#app/domain/campaigns/change-account.ts";

import type { Db } from "../client.ts";
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
    async change(campaign, bankAccount) {
      await db.rows(`update campaign set bank_account = $2 where id = $1`, [campaign, bankAccount]);
      await contentChanged(db, "campaigns");
    },
  };
}
