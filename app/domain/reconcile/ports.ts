import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { Result } from "../kernel/result.ts";
import type { AttentionKind } from "../payments/ports.ts";
import type { ReadProblem } from "../payments/read-statement.ts";
import type { ImportProblem, ImportSummary } from "../payments/import-statement.ts";

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
export type AttentionOutcome = (typeof ATTENTION_OUTCOMES)[number];

/** An import that runs, or has ended. */
export interface ImportJob {
  readonly id: string;
  readonly startedAt: Seconds;
  readonly account: string | null;
  /** Lines that the file has. */
  readonly lines: number;
  readonly state: "running" | "done" | "refused" | "failed";
  readonly summary: ImportSummary | null;
  readonly problem: ImportProblem | null;
}

/** A file that cannot be read as a statement at all. */
export type UnreadStatement = ReadProblem;

/** Imports that were started in the office; each runs on while its page refreshes itself. */
export interface StatementImports {
  /** Read the file, in turns with others, and begin; answers when it is read. */
  start(
    bytes: Uint8Array,
    account: string | undefined,
  ): Promise<Result<ImportJob, UnreadStatement>>;
  /** Undefined: nothing is known of it here, such as after a restart; the same file again changes nothing. */
  job(id: string): ImportJob | undefined;
  /** Wait until it ended, no longer than so many milliseconds. */
  settled(id: string, most: number): Promise<void>;
}
