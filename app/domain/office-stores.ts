import type { GiftStores } from "./donations/gift-range.ts";
import type { ActStores } from "./acts/act.ts";
import type { CompensationStores } from "./animals/ports.ts";
import type { AccountChanges } from "./bank-accounts/ports.ts";
import type { CampaignAccounts } from "./campaigns/change-account.ts";
import type { CampaignDrafts, CampaignFiles } from "./campaigns/draft-ports.ts";
import type { CampaignRegister } from "./campaigns/open-campaign.ts";
import type { NewsRegister } from "./campaigns/publish-update.ts";
import type { TermsStores } from "./campaigns/terms.ts";
import type { ListBook } from "./lists/ports.ts";
import type { Orders } from "./orders/ports.ts";
import type { FileRegister } from "./files/ports.ts";
import type { GroupBook } from "./groups/ports.ts";
import type { LineStores } from "./list-lines/ports.ts";
import type { ObjectionBook } from "./objections/ports.ts";
import type { Pledges } from "./pledges/ports.ts";
import type { AuditTrail } from "./people/audit.ts";
import type { People } from "./people/ports.ts";
import type { ProgressBook } from "./progress/ports.ts";
import type { AttentionDesk } from "./bank-lines/ports.ts";
import type { GatewayRefunds } from "./refunds/ports.ts";
import type { DatedRules } from "./kernel/dated-rules.ts";
import type { RegisterImportDesk } from "./register/import-desk.ts";
import type { Register } from "./register/ports.ts";
import type { RegisterNames, SealedTexts } from "./register/personal-data.ts";
import type { BalanceStores } from "./statements/close-period.ts";
import type { TwinningBook } from "./twinning/ports.ts";

/** Everything that the office's acts read and write, within one transaction, one act at a time. */
export interface OfficeStores
  extends ActStores, TermsStores, CompensationStores, GiftStores, BalanceStores, LineStores {
  readonly campaignRegister: CampaignRegister;
  readonly campaignAccounts: CampaignAccounts;
  readonly news: NewsRegister;
  /** Official accounts and the changes that lead to them. */
  readonly accountChanges: AccountChanges;
  /** Promises of twinned bodies. */
  readonly twinning: TwinningBook;
  /** Progress statements. */
  readonly progress: ProgressBook;
  /** Campaigns before they are published, and changes of published ones. */
  readonly drafts: CampaignDrafts;
  readonly campaignFiles: CampaignFiles;
  /** Who did what; each act adds its line in its own transaction. */
  readonly audit: AuditTrail;
  /** People, organisations and what is held in them. */
  readonly people: People;
  /** Papers and pictures with their history. */
  readonly files: FileRegister;
  /** Money orders: asked, approved, booked. */
  readonly orders: Orders;
  readonly gatewayRefunds: GatewayRefunds;
  /** Objections to lists. */
  readonly objections: ObjectionBook;
  /** Groups of households: foundings, commitments, trainings. */
  readonly groups: GroupBook;
  /** Closing what a person looked at. */
  readonly attentionDesk: AttentionDesk;
  /** Promises that are confirmed by an official. */
  readonly pledgeDesk: Pick<Pledges, "confirm">;
  /** Working groups, meetings, lists, notices. */
  readonly lists: ListBook;
  /** Households as their commune knows them. */
  readonly register: Register;
  /** Lists being read into it. */
  readonly registerImports: RegisterImportDesk;
  /** Rules as they are now. */
  readonly rules: DatedRules;
  /** Texts that nobody reads without the key outside the database. */
  readonly sealed: SealedTexts;
  /** Names of the register for who may look; each is a line in the trail. */
  readonly registerNames: RegisterNames;
}
