import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { AttentionKind, PaymentServices } from "../payments/ports.ts";
import type { CodeBook } from "./matching.ts";

/** Bank and books side by side, for the appeal's accounts together or one commune's account (features.md #43). */
export interface AccountBalance {
  /** Id of the account; `appeal` for those of the appeal together. */
  readonly account: string;
  readonly holder: string;
  readonly number: string;
  readonly owner: "appeal" | "commune";
  /** What the lines of its statements come to. */
  readonly bank: Dong;
  /**
   * What the books say should be there: of the appeal, all funds, what waits for its purpose and what is set aside for
   * refunds; of a commune's account, the gifts that were booked from it.
   */
  readonly ledger: Dong;
  /** Last day a line came in for. */
  readonly lastOn: Day | null;
  readonly lines: number;
  /** Gifts that still wait for their purpose, and the day of the oldest. */
  readonly unmatched: number;
  readonly unmatchedSum: Dong;
  readonly oldestUnmatched: Day | null;
}

/** A gift whose purpose nobody has found yet. */
export interface SuspenseGift {
  readonly gift: string;
  readonly account: string;
  readonly amount: Dong;
  readonly receivedOn: Day;
  /** Text of its bank line: personal data, for those who place it. */
  readonly text: string | null;
  /** Number of an order that is to place it. */
  readonly order: { readonly id: string; readonly number: number } | null;
}

/** Something a person has to look at. */
export interface AttentionRow {
  readonly id: number;
  readonly kind: AttentionKind;
  readonly subject: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly raisedAt: Seconds;
}

/** A line of a statement as it was placed. */
export interface PlacedLine {
  /** Unique in its account. */
  readonly key: string;
  readonly bookedOn: Day;
  readonly reference: string;
  readonly direction: "credit" | "debit";
  readonly amount: Dong;
  /** 2 to 6 of payments.md 4.2; 0 for debits and settlements. */
  readonly rule: number;
  readonly code: string | null;
  readonly needsLook: boolean;
}

/** Reading what has to be reconciled. */
export interface ReconcileReading {
  accounts(): Promise<AccountBalance[]>;
  /** Gifts that wait for their purpose, oldest first: `most` of them behind the first `from`, and how many there are. */
  suspense(from: number, most: number): Promise<SuspenseGift[]>;
  suspenseCount(): Promise<number>;
  /** What a person has to look at, oldest first, in the same way. */
  attention(from: number, most: number): Promise<AttentionRow[]>;
  attentionCount(): Promise<number>;
  /** Lines of an account that were kept at or after a moment, in order; at most `most`. */
  linesSince(account: string, at: Seconds, most: number): Promise<PlacedLine[]>;
  countSince(account: string, at: Seconds): Promise<number>;
}

/** Closing what was looked at, inside a transaction. */
export interface AttentionDesk {
  /** False: it is closed already, or there is no such row. */
  close(
    id: number,
    how: { outcome: AttentionOutcome; by: string; note: string; at: Seconds },
  ): Promise<boolean>;
}

/** What came of looking at it. */
export const ATTENTION_OUTCOMES = ["settled", "no-matter", "by-order", "asked-bank"] as const;
type AttentionOutcome = (typeof ATTENTION_OUTCOMES)[number];

/** An official bank account. */
export interface ReceivingAccount {
  readonly id: string;
  readonly number: string;
  readonly owner: "appeal" | "commune";
  /** Commune code when the owner is a commune. */
  readonly commune?: string;
  /** First day on which it receives gifts. */
  readonly validFrom: Day;
}

/** A statement line as kept. */
export interface KeptLine {
  readonly lineKey: string;
  readonly bookedOn: Day;
  readonly reference: string;
  readonly direction: "credit" | "debit";
  readonly amount: Dong;
  readonly balance?: Dong;
  readonly text: string;
  /** 2 to 6 of payments.md 4.2; 0 for debits and settlements. */
  readonly rule: number;
  readonly matchedCode?: string;
  readonly needsLook: boolean;
  /** Idempotency key of the gift it becomes. */
  readonly giftKey?: string;
}

/** A kept line whose gift is not booked yet. */
export interface WaitingLine extends KeptLine {
  readonly id: number;
  readonly bankAccount: string;
  readonly giftKey: string;
}

/** A credit that a debit may take back. */
export interface EarlierCredit {
  readonly lineKey: string;
  readonly reference: string;
  readonly amount: Dong;
  readonly matchedCode?: string;
}

/** What a campaign's code or a pledge leads to, for booking. */
export interface CampaignAccount {
  readonly campaign: string;
  readonly commune: string;
  /** First day of the commune row the campaign was opened for. */
  readonly communeFrom: Day;
  /** Bank account its donors are shown. */
  readonly bankAccount: string;
  /** Last day on which it takes gifts: its end, or the day it was stopped. */
  readonly lastDay: Day;
}

/** Bank statement lines. */
export interface BankStatements {
  /** The account with this id or number. */
  account(idOrNumber: string): Promise<ReceivingAccount | undefined>;
  accounts(): Promise<ReceivingAccount[]>;
  /** Which of these lines are kept already. */
  known(lineKeys: readonly string[]): Promise<ReadonlySet<string>>;
  /** What codes stand for now. */
  codeBook(codes: readonly string[]): Promise<CodeBook>;
  /** Keep lines in one commit; those known already are left as they are. Answers how many were new. */
  keep(bankAccount: string, lines: readonly KeptLine[], at: Seconds): Promise<number>;
  /** Kept lines after `id` whose gift is neither booked nor on its way, in order. */
  waiting(after: number, limit: number): Promise<WaitingLine[]>;
  /** Credits of an account of one of these amounts, newest first. */
  credits(bankAccount: string, amounts: readonly Dong[]): Promise<EarlierCredit[]>;
  campaigns(ids: readonly string[]): Promise<CampaignAccount[]>;
  /** Campaign of each pledge code or campaign code. */
  campaignsOfCodes(codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Days that promises with these codes were made for; a gift on the way has none. */
  promisedDays(codes: readonly string[]): Promise<ReadonlyMap<string, Day>>;
  /** Which of these codes belong to a pledge, a gift or a campaign. */
  takenCodes(codes: readonly string[]): Promise<ReadonlySet<string>>;
  /** Run alone: undefined when another import runs now. */
  exclusively<Value>(work: () => Promise<Value>): Promise<Value | undefined>;
}

/** What the verbs of this concept need from outside. */
export interface BankLineServices extends PaymentServices {
  readonly bankStatements: BankStatements;
}
