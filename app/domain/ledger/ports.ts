import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Result } from "../kernel/result.ts";
import type { Range } from "./axis.ts";
import type { EntryDraft, EntryKind } from "./entry.ts";
import type { AccountState, LayOutProblem } from "./lay-out.ts";
import type { BookedMovement } from "./movement.ts";
import type { Piece } from "./trace.ts";

/** An entry as it stands in the ledger. */
export interface BookedEntry {
  readonly number: number;
  readonly kind: EntryKind;
  readonly effectiveOn: Day;
  readonly recordedAt: Seconds;
  readonly reason?: string;
  readonly reverses?: number;
  readonly reversedBy?: number;
  readonly movements: readonly BookedMovement[];
}

/**
 * Seconds a process's clock and the database's may differ. Servers whose clocks are kept (NTP) differ by milliseconds; what is
 * wrong by more than minutes would be published as the time of an entry for ever.
 */
export const CLOCK_OFF_MOST = 300;
/** Seconds the last entry may lie ahead of a clock that fits: one at one end recorded it, one at the other reads it. */
export const RECORDED_AHEAD_MOST = 2 * CLOCK_OFF_MOST;

/**
 * Nothing can be recorded at this moment: the server's clock is off the database's by so many seconds, or says that many
 * before the last entry, which a wrong clock recorded. `ledger.clock-fits`: there is no such entry to answer.
 */
export type ClockProblem =
  | { code: "ledger.clock-off"; seconds: number }
  | { code: "ledger.recorded-ahead"; seconds: number; recordedAt: Seconds }
  | { code: "ledger.clock-fits" };

export type PostProblem =
  | LayOutProblem
  | ClockProblem
  | { code: "ledger.key-conflict"; entry: number }
  | { code: "ledger.already-reversed"; entry: number }
  | { code: "ledger.late-without-reason"; days: number }
  | { code: "ledger.in-the-future"; effectiveOn: Day }
  | { code: "ledger.period-closed"; closedUntil: Day }
  | { code: "ledger.not-empty"; account: string; balance: bigint }
  | { code: "ledger.assertion-failed"; account: string; balance: bigint };

/** The ledger as verbs see it. */
export interface Ledger {
  /**
   * Write one entry. The same key with the same request answers the first entry again (`again` true);
   * the same key with another request is a conflict. Use inside `services.write` to write rows of one's own with it.
   */
  post(
    draft: EntryDraft,
  ): Promise<
    Result<{ number: number; again: boolean; movements: readonly BookedMovement[] }, PostProblem>
  >;
  find(number: number): Promise<BookedEntry | undefined>;
  /** The entry booked under an idempotency key. */
  byKey(key: string): Promise<BookedEntry | undefined>;
  /** State of an account; undefined when it was never opened. */
  state(account: string): Promise<AccountState | undefined>;
  /** Follow numbers of an axis onwards. */
  forward(account: string, range: Range): Promise<Piece[]>;
  /** Follow numbers of an axis back to where they came from. */
  back(account: string, range: Range): Promise<Piece[]>;
  /** The last day on which any of these numbers came to the account; undefined when none did. */
  arrivedOn(account: string, range: Range): Promise<Day | undefined>;
}

/** The books for whoever only asks them what an act would do. */
export type LedgerAsked = Omit<Ledger, "post">;
