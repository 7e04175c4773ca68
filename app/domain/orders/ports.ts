import type { GiftStores } from "../donations/gift-range.ts";
import type { ActStores } from "../acts/act.ts";
import type { HerdStores } from "../animals/ports.ts";
import type { TermsStores } from "../campaigns/terms.ts";
import type { LineStores } from "../list-lines/ports.ts";
import type { FileRegister } from "../files/ports.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { LedgerAsked } from "../ledger/ports.ts";
import type { AuditTrail } from "../people/audit.ts";
import type { MoneyKind } from "../people/office-act.ts";
import type { People } from "../people/ports.ts";
import type { GatewayRefunds } from "../refunds/ports.ts";
import type { DossierItem } from "./dossier.ts";
import type { MoneyOrder, OrderRecord, OrderState } from "./order.ts";

/** A paper of an order. */
export interface OrderPaper {
  /** Code of the dossier item it answers. */
  readonly item: string;
  /** Id in the register of files. */
  readonly file: string;
  readonly addedBy: string;
  readonly addedAt: Seconds;
  /** Version of the order that it made. */
  readonly version: number;
}

/** Orders, their steps and papers, inside a transaction. */
export interface Orders {
  /** The order, locked until the transaction ends. */
  find(id: string): Promise<MoneyOrder | undefined>;
  /** Number the next order gets. */
  nextNumber(): Promise<number>;
  /** Write an order as it now is, and the step that made it so. */
  put(order: MoneyOrder, step: Omit<OrderRecord, "n" | "version">): Promise<void>;
  /** What was done with an order, first to last. */
  steps(id: string): Promise<OrderRecord[]>;
  /** The last paper of each item; whether it still counts says `paperCounts`. */
  papers(id: string): Promise<OrderPaper[]>;
  /** Keep a paper; `prepares`: whoever added it has a hand in the request. The version rises: what was seen has changed. */
  addPaper(id: string, paper: Omit<OrderPaper, "version">, prepares: boolean): Promise<void>;
  /**
   * Payment orders of this size that other orders rest on: those not cancelled or refused, nor booked and turned round.
   * What is the same paper is told by digest and salt.
   */
  paymentOrders(
    bytes: number,
    self: string,
  ): Promise<{ readonly number: number; readonly digest: string; readonly salt: string }[]>;
  /** Items of the dossier in force on a day. */
  dossier(kind: MoneyKind, source: string, day: Day): Promise<DossierItem[]>;
  /** Orders about this gift that are open or were paid by the reserve, by number. */
  ofGift(gift: string): Promise<{ id: string; number: number; state: OrderState }[]>;
  /** Orders about this animal or entry that are open. */
  ofThing(thing: { animal: string } | { entry: number }): Promise<{ id: string; number: number }[]>;
  /** Advances of a campaign for any of these lines that are open. */
  ofLines(campaign: string, lines: readonly string[]): Promise<{ id: string; number: number }[]>;
  /** Number of the last entry; 0 while the books are empty. */
  head(): Promise<number>;
  /** District of 2024 and twinned organisation of a campaign. */
  offices(campaign: string): Promise<{ district: string; twin: string } | undefined>;
  /** Gift codes by the entry that brought them. */
  giftsOf(entries: readonly number[]): Promise<ReadonlyMap<number, string>>;
}

/** What the verbs of orders read and write. */
export interface OrderStores extends ActStores, TermsStores, GiftStores, HerdStores, LineStores {
  readonly orders: Orders;
  readonly files: FileRegister;
  readonly gatewayRefunds: GatewayRefunds;
  readonly audit: AuditTrail;
  readonly people: Pick<People, "grantsOf">;
}

/** The books as trying an order reads them, also outside a transaction: no step is taken over them. */
export interface OrderBooks extends TermsStores, GiftStores, HerdStores, LineStores {
  readonly ledger: LedgerAsked;
  readonly orders: Pick<Orders, "ofGift" | "ofThing" | "ofLines" | "head" | "offices" | "giftsOf">;
  readonly gatewayRefunds: Pick<GatewayRefunds, "paymentOfGift">;
}

/** What a list of orders is asked for. */
export interface OrderFilter {
  readonly kind?: MoneyKind;
  readonly state?: OrderState;
  readonly campaign?: string;
  /** Code of any period. */
  readonly commune?: string;
  /** Words searched without accents: number, gift, campaign, commune. */
  readonly search?: string;
  /** What the reader's grants reach; undefined: everything. */
  readonly reach?: OrderReach;
}

/** Where a reader may look. */
export interface OrderReach {
  readonly places: readonly string[];
  readonly twins: readonly string[];
}

/** One line of a list. */
export interface OrderLine {
  readonly id: string;
  readonly number: number;
  readonly kind: MoneyKind;
  readonly state: OrderState;
  readonly campaign: string | null;
  readonly campaignTitleVi: string | null;
  readonly campaignTitleEn: string | null;
  readonly communeName: string | null;
  readonly subject: string | null;
  readonly amount: Dong;
  readonly requestedAt: Seconds;
  readonly changedAt: Seconds;
  readonly entry: number | null;
}

/** A page of a list, with the sum over all pages. */
interface OrderList {
  readonly rows: readonly OrderLine[];
  readonly count: number;
  readonly sum: Dong;
  readonly waiting: Dong;
}

/** An order as its page shows it. */
export interface OrderFile {
  readonly order: MoneyOrder;
  readonly steps: readonly (OrderRecord & {
    readonly personName: string;
    readonly organisationVi: string;
    readonly organisationEn: string;
  })[];
  readonly papers: readonly (OrderPaper & {
    readonly addedByName: string;
    readonly counts: boolean;
  })[];
  readonly dossier: readonly DossierItem[];
  readonly campaignTitleVi: string | null;
  readonly campaignTitleEn: string | null;
  readonly campaignSlug: string | null;
  readonly communeName: string | null;
}

/** A purchase that holds advanced money. */
export interface HeldAdvance {
  readonly campaign: string;
  readonly purchase: string;
  readonly commune: string | null;
  readonly balance: Dong;
  /** Day of the last advance for the purchase; null: its money came by another act. */
  readonly since: Day | null;
}

/** An order as the public may know it: offices, never people. */
export interface PublicOrder {
  readonly number: number;
  readonly kind: MoneyKind;
  readonly state: OrderState;
  readonly campaign: string | null;
  readonly amount: Dong;
  readonly requestedOn: Day;
  readonly requestedByVi: string;
  readonly requestedByEn: string;
  readonly approvedOn: Day | null;
  readonly approvedByVi: string | null;
  readonly approvedByEn: string | null;
  readonly entry: number | null;
}

/** A campaign an order can be made for. */
export interface OrderCampaign {
  readonly id: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly commune: string;
  readonly communeName: string;
  /** Codes of the commune and of what it became. */
  readonly communes: readonly string[];
  readonly district: string;
  readonly twin: string;
  readonly species: string;
  /** đồng in its fund, and on its commune's account. */
  readonly inFund: Dong;
  readonly withCommune: Dong;
  /** Highest number of a purchase so far, booked or asked for; 0 while there is none. */
  readonly lastPurchase: number;
}

/** Reading orders outside a transaction. */
export interface OrderReading {
  list(filter: OrderFilter, page: number, size: number): Promise<OrderList>;
  file(id: string): Promise<OrderFile | undefined>;
  /** What `tryOrder` and `sharesOf` read. */
  readonly books: OrderBooks;
  campaigns(): Promise<OrderCampaign[]>;
  /** Purchases that still hold advanced money. */
  advances(): Promise<HeldAdvance[]>;
  /** Items of the dossier in force on a day. */
  dossier(kind: MoneyKind, source: string, day: Day): Promise<DossierItem[]>;
  /** Orders of a campaign that the public may know. */
  publicOf(campaign: string): Promise<PublicOrder[]>;
  /** The order that became this entry, as the public may know it. */
  publicByEntry(entry: number): Promise<PublicOrder | undefined>;
}
