import type { Act, Writing } from "#app/domain/acts/act.ts";
import { type PaperKind, sealPaper } from "#app/domain/acts/paper.ts";
import { type Day, startOf } from "#app/domain/kernel/calendar.ts";
import type { Sha256 } from "#app/domain/kernel/digest.ts";
import type { BankLineServices } from "#app/domain/bank-lines/ports.ts";
import type { StripeGateway, VnpayGateway } from "#app/domain/payments/ports.ts";
import type { GatewayRefundServices } from "#app/domain/refunds/ports.ts";
import type { CsvRecord } from "#app/domain/bank-lines/read-statement.ts";
import type { ConfirmServices } from "#app/domain/pledges/confirm-pledge.ts";
import type { FileServices } from "#app/domain/files/ports.ts";
import type { ListServices } from "#app/domain/lists/ports.ts";
import type { ObjectionDesk } from "#app/domain/objections/ports.ts";
import type { ImportNeeds } from "#app/domain/register/import-desk.ts";
import type { SealingOver } from "#app/domain/register/ports.ts";
import type { GivingTerms, PledgeServices } from "#app/domain/pledges/make-pledge.ts";
import type { Database } from "#db/client.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";

import type { Actors } from "./actors.ts";
import type { Agenda } from "./agenda.ts";
import type { HeadNames } from "./names.ts";
import type { Papers } from "./papers.ts";
import type { DemoCampaign } from "./campaign-plans.ts";
import type { Chance } from "./random.ts";

/** What the replay takes from outside `db`: the same adapters that the site runs on. */
export interface ReplayTools {
  readonly sha256: Sha256;
  /** The records of a CSV text, as `bin/import-statement` reads them. */
  readonly records: (text: string) => readonly CsvRecord[];
  readonly vnpay: VnpayGateway;
  readonly stripe: StripeGateway;
  /** Sign a query as VNPay's server does. */
  readonly signVnpay: (text: string) => string;
  /** Make the `Stripe-Signature` header for a body at a moment. */
  readonly signStripe: (body: string, at: number) => string;
  /** Reads a commune's spreadsheet. */
  readonly readBook: ImportNeeds["readBook"];
  /** What seals who the households are. */
  readonly sealing: SealingOver;
  /** Where papers and pictures are kept; absent: nowhere. */
  readonly files?: Pick<FileServices, "store" | "pictures">;
  /** Keep a statement file somewhere for testers. */
  readonly keepFile?: (name: string, text: string) => Promise<void>;
}

/** What the verbs of the register, of lists, objections and groups are called with. */
type VillageServices = Omit<ListServices & ObjectionDesk & ImportNeeds, "official"> & {
  readonly official: Writing<OfficeStores>;
};

/** Everything the scenes of the replay act with. */
export interface Stage {
  readonly db: Database;
  readonly tools: ReplayTools;
  readonly chance: Chance;
  readonly agenda: Agenda;
  readonly official: Writing<OfficeStores>;
  readonly services: VillageServices;
  readonly actors: Actors;
  readonly papers: Papers;
  readonly headNames: HeadNames;
  readonly payments: GatewayRefundServices & BankLineServices & PledgeServices & ConfirmServices;
  /** What promises to a campaign are measured by. */
  termsOf(campaign: string): Promise<GivingTerms>;
  /** Standing codes by campaign id. */
  readonly posterCodes: ReadonlyMap<string, string>;
  readonly campaigns: readonly DemoCampaign[];
  readonly chanceOfActs: Chance;
}

/** Hours of the day at which offices act, in seconds after midnight. */
export const OFFICE = { morning: 9 * 3600, noon: 11 * 3600, afternoon: 14 * 3600 };

/** A moment of a day. */
export function at(day: Day, seconds: number): number {
  return startOf(day) + seconds;
}

/** An office's act with its papers, sealed once before the first attempt. */
export function actOf(
  stage: Stage,
  role: string,
  on: Day,
  papers: Readonly<Partial<Record<PaperKind, string>>>,
): Act {
  const sealing = {
    sha256: stage.tools.sha256,
    randomHex: (n: number) => stage.chanceOfActs.hex(n),
  };
  return {
    key: `act:${stage.chanceOfActs.hex(16)}`,
    on,
    role,
    papers: (Object.entries(papers) as [PaperKind, string][]).map(([kind, text]) =>
      sealPaper(sealing, kind, new TextEncoder().encode(`Dữ liệu minh họa. ${text}`)),
    ),
  };
}
