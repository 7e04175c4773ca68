import type { ActStores, Writing } from "#app/domain/acts/act.ts";
import type { HerdStores } from "#app/domain/animals/ports.ts";
import type { CampaignAccounts } from "#app/domain/campaigns/change-account.ts";
import type { CampaignRegister } from "#app/domain/campaigns/open-campaign.ts";
import type { NewsRegister } from "#app/domain/campaigns/publish-update.ts";
import type { TermsStores } from "#app/domain/campaigns/terms.ts";
import type { GiftStores } from "#app/domain/refunds/ports.ts";
import type { BalanceStores } from "#app/domain/statements/close-period.ts";

import type { Db } from "../client.ts";
import { balancesStore } from "./balances.ts";
import { campaignAccountsStore } from "./campaign-accounts.ts";
import { campaignRegisterStore } from "./campaign-register.ts";
import { campaignTermsStore } from "./campaign-terms.ts";
import type { EntryMaking } from "./entry-rows.ts";
import { giftRangesStore } from "./gift-ranges.ts";
import { herdsStore } from "./herds.ts";
import { ledgerStore } from "./ledger.ts";
import { openingsStore } from "./openings.ts";
import { placesStore } from "./places.ts";

/** Everything that official acts read and write, within one transaction. */
export interface OfficialStores
  extends ActStores, TermsStores, HerdStores, GiftStores, BalanceStores {
  readonly campaignRegister: CampaignRegister;
  readonly campaignAccounts: CampaignAccounts;
  readonly news: NewsRegister;
}

/** The stores behind official acts over `db`, which may be a transaction. */
export function officialStores(
  db: Db,
  making: EntryMaking & { now: () => number },
): OfficialStores {
  const register = campaignRegisterStore(db);
  return {
    ledger: ledgerStore(db, making),
    openings: openingsStore(db),
    campaignTerms: campaignTermsStore(db),
    places: placesStore(db),
    herds: herdsStore(db),
    giftRanges: giftRangesStore(db),
    balances: balancesStore(db),
    campaignRegister: register,
    campaignAccounts: campaignAccountsStore(db),
    news: register,
  };
}

/**
 * Official acts, each in a transaction of its own, one at a time: what an act reads (an animal lives, a balance is so)
 * still holds when its entry is written, as the lock of the ledger's head is taken before the first look.
 */
export function officialWriting(
  db: Db,
  making: EntryMaking & { now: () => number },
): Writing<OfficialStores> {
  return {
    write: (work) =>
      db.begin(async (tx) => {
        await tx.rows(`select from ledger_head where one for update`);
        return work(officialStores(tx, making));
      }),
  };
}
