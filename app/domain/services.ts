import type { AnimalReading } from "./animals/animal-file.ts";
import type { DonationReading } from "./donations/ports.ts";
import type { Campaigns } from "./campaigns/ports.ts";
import type { HomeStore } from "./home/ports.ts";
import type { Seconds } from "./kernel/calendar.ts";
import type { LedgerReading } from "./ledger-reading/ports.ts";
import type { Intake } from "./ledger/intake.ts";
import type { Ledger } from "./ledger/ports.ts";
import type { NoticeReading } from "./notices/ports.ts";
import type { CommunePages } from "./places/commune-file.ts";
import type { Checks } from "./transparency/ports.ts";
import type { PaymentServices } from "./payments/ports.ts";
import type { Pledges } from "./pledges/ports.ts";
import type { OpenDataReading } from "./open-data/ports.ts";

/**
 * Everything the domain and the routes need from outside, by port. `bin/compose.ts` wires the real ones, tests their own.
 * Each port is declared in `<concept>/ports.ts` of its concept and added here.
 */
export interface Services extends PaymentServices {
  /** The clock: UTC seconds. Tests and the demonstration replay set it. */
  now(): Seconds;
  /** The books: post entries, follow numbers. */
  readonly ledger: Ledger;
  /** The way in for gifts shown by banks and gateways. Never inside `write`. */
  readonly intake: Intake;
  /** What is published under `/data/v1`. */
  readonly openData: OpenDataReading;
  /** Campaigns as donors see them. */
  readonly campaigns: Campaigns;
  readonly pledges: Pledges;
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
  /** The books for readers: lists of entries, one entry with its bytes. */
  readonly books: LedgerReading;
  /** The invariants of the books, checked live. */
  readonly checks: Checks;
  /** Sign-in, and who a session belongs to. */
  readonly accounts: Accounts;
  /** One database transaction: the services given to `work` write together or not at all. */
  write<Value>(work: (services: Services) => Promise<Value>): Promise<Value>;
}
