import type { Writing } from "#app/domain/acts/act.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import type { SealedTexts } from "#app/domain/register/personal-data.ts";
import { noSealing, type SealingOver } from "#app/domain/register/ports.ts";

import type { Db } from "../client.ts";
import { auditStore } from "./audit.ts";
import { balancesStore } from "./balances.ts";
import { bankAccountStore } from "./bank-accounts.ts";
import { campaignAccountsStore } from "./campaign-accounts.ts";
import { campaignDraftsStore, campaignFilesStore } from "./campaign-drafts.ts";
import { campaignRegisterStore } from "./campaign-register.ts";
import { campaignTermsStore } from "./campaign-terms.ts";
import type { BookMaking } from "./book-clock.ts";
import { fileRegisterStore } from "./files.ts";
import { gatewayRefundsStore } from "./gateway-refunds.ts";
import { giftRangesStore } from "./gift-ranges.ts";
import { groupBook } from "./groups.ts";
import { herdsStore } from "./herds.ts";
import { listBookStore } from "./lists.ts";
import { ledgerStore } from "./ledger.ts";
import { lossesStore } from "./losses.ts";
import { openingsStore } from "./openings.ts";
import { listLinesStore } from "./list-lines.ts";
import { objectionBook } from "./objections.ts";
import { ordersStore } from "./orders.ts";
import { peopleStore } from "./people.ts";
import { attentionDeskStore } from "./reconcile.ts";
import { placesStore } from "./places.ts";
import { pledgeStore } from "./pledges.ts";
import { progressStore } from "./progress.ts";
import { ruleOn } from "./rules.ts";
import { registerStore } from "./register.ts";
import { registerImportsStore } from "./register-imports.ts";
import { registerKeysStore } from "./register-keys.ts";
import { registerNamesStore } from "./register-names.ts";
import { twinningStore } from "./twinning.ts";

/** What acts need from outside the database. Without `sealing` nothing personal is kept or opened. */
export type ActMaking = BookMaking & { readonly sealing?: SealingOver };

/** Sealing with the keys that `db`, which may be a transaction, has. */
export function sealedOver(db: Db, { sealing, now }: ActMaking): SealedTexts {
  return (sealing ?? noSealing)(registerKeysStore(db, now));
}

/** The stores behind official acts over `db`, which may be a transaction. */
export function officialStores(db: Db, making: ActMaking): OfficeStores {
  const campaignRegister = campaignRegisterStore(db);
  return {
    ledger: ledgerStore(db, making),
    openings: openingsStore(db),
    campaignTerms: campaignTermsStore(db),
    places: placesStore(db),
    herds: herdsStore(db),
    losses: lossesStore(db),
    giftRanges: giftRangesStore(db),
    balances: balancesStore(db),
    campaignRegister,
    campaignAccounts: campaignAccountsStore(db),
    news: campaignRegister,
    accountChanges: bankAccountStore(db),
    twinning: twinningStore(db),
    progress: progressStore(db),
    drafts: campaignDraftsStore(db),
    campaignFiles: campaignFilesStore(db),
    audit: auditStore(db, making.now),
    people: peopleStore(db),
    files: fileRegisterStore(db),
    orders: ordersStore(db),
    gatewayRefunds: gatewayRefundsStore(db),
    listLines: listLinesStore(db),
    objections: objectionBook(db),
    groups: groupBook(db),
    attentionDesk: attentionDeskStore(db),
    pledgeDesk: pledgeStore(db),
    lists: listBookStore(db),
    register: registerStore(db),
    registerImports: registerImportsStore(db),
    rules: { on: (code, day) => ruleOn(db, code, day) },
    sealed: sealedOver(db, making),
    registerNames: registerNamesStore(db, (over) => sealedOver(over, making), making.now),
  };
}

/**
 * Official acts, each in a transaction of its own, one at a time: what an act reads (an animal lives, a balance is so)
 * still holds when its entry is written, as the lock of the ledger's head is taken before the first look.
 */
export function officialWriting(db: Db, making: ActMaking): Writing<OfficeStores> {
  return {
    write: (work) =>
      db.begin(async (tx) => {
        await tx.rows(`select from ledger_head where one for update`);
        return work(officialStores(tx, making));
      }),
  };
}
