import type { StatementImports } from "./bank-lines/import-job.ts";
import type { Writing } from "./acts/act.ts";
import type { AnimalReading } from "./animals/animal-file.ts";
import type { AccountRegistry } from "./bank-accounts/account.ts";
import type { AccountChangeReading } from "./bank-accounts/ports.ts";
import type { DonationReading } from "./donations/ports.ts";
import type { DraftReading } from "./campaigns/draft-ports.ts";
import type { Catalogues } from "./campaigns/catalogue.ts";
import type { Campaigns } from "./campaigns/ports.ts";
import type { Health } from "./health/ports.ts";
import type { GroupReading } from "./groups/ports.ts";
import type { HomeStore } from "./home/ports.ts";
import type { FileServices } from "./files/ports.ts";
import type { Seconds } from "./kernel/calendar.ts";
import type { ListLines } from "./list-lines/ports.ts";
import type { LedgerReading } from "./ledger-reading/ports.ts";
import type { Intake } from "./ledger/intake.ts";
import type { Ledger } from "./ledger/ports.ts";
import type { ListReading } from "./lists/ports.ts";
import type { NoticeReading } from "./notices/ports.ts";
import type { CommunePages } from "./places/commune-file.ts";
import type { Checks } from "./transparency/ports.ts";
import type { PayerMarks } from "./payments/ports.ts";
import type { WriteSheet } from "./kernel/sheet.ts";
import type { OfficeStores } from "./office-stores.ts";
import type { GatewayRefundServices } from "./refunds/ports.ts";
import type { BankLineServices, ReconcileReading } from "./bank-lines/ports.ts";
import type { ObjectionReading } from "./objections/ports.ts";
import type { OrderReading } from "./orders/ports.ts";
import type { Accounts, AuditReading, PeopleReading } from "./people/ports.ts";
import type { Waiting } from "./people/waiting.ts";
import type { Pledges } from "./pledges/ports.ts";
import type { ProgressReading } from "./progress/ports.ts";
import type { TwinningReading } from "./twinning/ports.ts";
import type { BackgroundWork } from "./register/background.ts";
import type { RegisterImportReading } from "./register/import-desk.ts";
import type { ReadBook } from "./register/import-sheet.ts";
import type { RegisterReading } from "./register/ports.ts";
import type { RegisterNames, SealedTexts } from "./register/personal-data.ts";
import type { OpenDataReading, ZipFiles } from "./open-data/ports.ts";

/**
 * Everything the domain and the routes need from outside, by port. `bin/compose.ts` wires the real ones, tests their own.
 * Each port is declared in `<concept>/ports.ts` of its concept and added here.
 */
export interface Services extends GatewayRefundServices, BankLineServices {
  /** The clock: UTC seconds. Tests and the demonstration replay set it. */
  now(): Seconds;
  /** A new id that nobody can guess: 26 signs a-z2-7 (128 random bits). */
  newId(): string;
  /** The books: post entries, follow numbers. */
  readonly ledger: Ledger;
  /** The way in for gifts shown by banks and gateways. Never inside `write`. */
  readonly intake: Intake;
  /** What is published under `/data/v1`. */
  readonly openData: OpenDataReading;
  /** Published files as one. */
  readonly zipFiles: ZipFiles;
  /** Campaigns as donors see them. */
  readonly campaigns: Campaigns;
  readonly pledges: Pledges;
  readonly payerMarks: PayerMarks;
  /** What stands around every page and on the home page. */
  readonly home: HomeStore;
  /** Gifts and where they went. */
  readonly donations: DonationReading;
  /** Animals and the gifts they came from. */
  readonly animals: AnimalReading;
  /** Communes as their pages show them. */
  readonly communes: CommunePages;
  /** Public lists of supported households. */
  readonly notices: NoticeReading;
  /** Lists of households before and after their decision, with meetings and notices. */
  readonly lists: ListReading;
  /** The books for readers: lists of entries, one entry with its bytes. */
  readonly books: LedgerReading;
  /** The invariants of the books, checked live. */
  readonly checks: Checks;
  /** How the site and what it works with are. */
  readonly health: Health;
  /** What can be asked for in each of the four models. */
  readonly catalogues: Catalogues;
  /** The registry of official accounts, and what is proposed. */
  readonly bankAccounts: AccountRegistry & AccountChangeReading;
  /** Pairs, promises, and what was moved for them. */
  readonly twinning: TwinningReading;
  /** Progress statements, and who owes one. */
  readonly progress: ProgressReading;
  /** The acts of the office: one transaction each, one at a time. */
  readonly official: Writing<OfficeStores>;
  /** Campaigns before they are published, for the office's pages. */
  readonly drafts: DraftReading;
  /** People, organisations and grants, for reading. */
  readonly people: PeopleReading;
  /** Bank and books side by side. */
  readonly reconcile: ReconcileReading;
  /** Statements that are being imported in the office. */
  readonly statementImports: StatementImports;
  /** Money orders, for reading. */
  readonly orders: OrderReading;
  /** Lines of lists as money for them is asked. */
  readonly listLines: ListLines;
  /** Groups of households, for reading. */
  readonly groups: GroupReading;
  /** Objections to lists, for reading. */
  readonly objections: ObjectionReading;
  /** The audit trail, for reading, and for refusals at the door. */
  readonly audit: AuditReading;
  /** What waits for an act of the office. */
  readonly waiting: Waiting;
  /** Lists of the office as spreadsheets. */
  readonly writeSheet: WriteSheet;
  /** Sign-in, and who a session belongs to. */
  readonly accounts: Accounts;
  /** Papers and pictures of the office: their bytes, what is staged, what is public. */
  readonly files: FileServices;
  /** Households as their commune knows them, without names. */
  readonly register: RegisterReading;
  /** Lists being read into it. */
  readonly registerImports: RegisterImportReading;
  /** Spreadsheets as cells. */
  readonly readBook: ReadBook;
  /** Long work behind a request. */
  readonly background: BackgroundWork;
  /** Texts that nobody reads without the key outside the database. Inside `write`: its own `sealed`. */
  readonly sealed: SealedTexts;
  /** Names of the register for who may look; each is a line in the trail. Inside `write`: its own `registerNames`. */
  readonly registerNames: RegisterNames;
}
