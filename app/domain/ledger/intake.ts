import { type Day, daysBetween, type Seconds } from "../kernel/calendar.ts";
import type { Channel } from "./chart.ts";
import { accountCode } from "./chart.ts";
import { type EntryDraft, type EntryKind, LATE_AFTER_DAYS } from "./entry.ts";
import type { ClockProblem } from "./ports.ts";
import type { Reason } from "./reasons.ts";

/** A gift that a machine has shown (bank line, IPN, webhook) and that waits for its numbers. */
export interface IntakeGift {
  /** Idempotency key such as `vnpay:<ref>`, `stripe:<session>`, `bank:<line key>`. */
  readonly key: string;
  /** Donation code wished for, the pledge code; when it is taken the intake gives `-2`, `-3`, ... */
  readonly code: string;
  readonly pledge?: string;
  /** Absent while its purpose is not known (suspense). */
  readonly campaign?: string;
  readonly channel: Channel;
  /** Account it enters: clearing, fund, commune or suspense. */
  readonly to: string;
  /** đồng, positive */
  readonly amount: bigint;
  readonly receivedOn: Day;
  readonly reason?: Reason;
  /** Digests of the papers that show it; of which kind they are follows from the channel (`paperOfGift`). */
  readonly evidence: readonly string[];
  /** Final state of a gateway payment, written in the same statement; if there is one already, nothing is booked. */
  readonly outcome?: {
    readonly ref: string;
    readonly providerCode: string;
    readonly providerTransaction?: string;
    readonly inbox: number;
  };
}

/**
 * `already`: this key or payment was booked before, with other facts when `conflict` (both are raised for a person,
 * ledger.md 3.10); `queued`: another process numbers it; `refused`: no account can hold it, raised for a person.
 */
export type Recorded =
  | { readonly state: "booked"; readonly entry: number; readonly code: string }
  | { readonly state: "already"; readonly entry?: number; readonly conflict?: true }
  | { readonly state: "queued" }
  | { readonly state: "refused"; readonly code: "ledger.too-large" };

/** What makes a gift told again the same gift: its evidence is salted anew each time, and its account may be merged. */
export interface GiftMarks {
  readonly amount: bigint;
  readonly channel: Channel;
  /** Null: its purpose is not known. */
  readonly campaign: string | null;
}

/** Whether a gift told under a key that was used before tells something else. */
export function tellsOther(first: GiftMarks, gift: IntakeGift): boolean {
  if (first.amount !== gift.amount || first.channel !== gift.channel) return true;
  // What stood in suspense at first, or is shown there now, may be the same gift with its purpose known or lost.
  return first.campaign !== null && gift.campaign !== undefined && first.campaign !== gift.campaign;
}

/** How the clock of a process stands to the books. */
export interface ClockState {
  /** Seconds it is ahead of the database's; negative: behind it. */
  readonly ahead: Seconds;
  /** Why this process records nothing at this moment; null: it does. */
  readonly problem: ClockProblem | null;
}

/** The way in for gifts: it only inserts, or books where this process holds the sequencer's lock. */
export interface Intake {
  record(gift: IntakeGift): Promise<Recorded>;
  /** Many at once, in order; one answer each. */
  recordMany(gifts: readonly IntakeGift[]): Promise<Recorded[]>;
  /** Compared now. */
  clock(): Promise<ClockState>;
}

/** The kind of entry a gift makes, by the account it enters. */
export function kindOfGift(to: string): EntryKind {
  if (to.startsWith("clearing:")) return "donation-reported";
  if (to.startsWith("commune:")) return "direct-gift";
  if (to.startsWith("suspense:")) return "suspense-received";
  return "donation-received";
}

/** What shows a gift of a channel: what a gateway told is no line of a bank's statement. */
export function paperOfGift(channel: Channel): "statement-line" | "notice" {
  return channel === "vnpay" || channel === "stripe" ? "notice" : "statement-line";
}

/**
 * What a paper of an entry is called to readers. Gateways' notices were booked as statement lines until December 2026; the
 * bytes of those entries stay as they are, and the kind of entry tells what their paper is.
 */
export function shownPaper(entry: string, paper: string): string {
  return entry === "donation-reported" && paper === "statement-line" ? "notice" : paper;
}

/**
 * The entry a gift asks for. Recording never refuses what a bank already did (ledger.md 2, Modern Treasury): a gift shown
 * late, or of a closed period, is booked with a reason code of its own.
 */
export function draftOfGift(
  gift: IntakeGift,
  time: { readonly today: Day; readonly closedUntil?: Day | undefined },
): EntryDraft {
  const closed = time.closedUntil !== undefined && gift.receivedOn <= time.closedUntil;
  const late = daysBetween(gift.receivedOn, time.today) > LATE_AFTER_DAYS;
  const ahead = gift.receivedOn > time.today;
  const reason = gift.reason ?? (closed ? "closed-period" : late ? "late-notice" : undefined);
  // In the order of the canonical text, so that nothing is sorted where gifts come by the thousand.
  return {
    key: gift.key,
    donation: gift.code,
    effectiveOn: closed || ahead ? time.today : gift.receivedOn,
    ...(gift.evidence.length === 0
      ? {}
      : { evidence: gift.evidence.map((digest) => ({ digest, kind: paperOfGift(gift.channel) })) }),
    kind: kindOfGift(gift.to),
    legs: [{ amount: gift.amount, from: accountCode.donor(gift.channel), to: gift.to }],
    ...(reason === undefined ? {} : { reason }),
  };
}
