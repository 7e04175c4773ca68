/** The moment an entry is recorded: by the clock of the process that writes it, which is compared with the database's. */
import { no, ok, type Result } from "#app/domain/kernel/result.ts";
import type { ClockState } from "#app/domain/ledger/intake.ts";
import {
  CLOCK_OFF_MOST,
  type ClockProblem,
  RECORDED_AHEAD_MOST,
} from "#app/domain/ledger/ports.ts";

import type { Db } from "../client.ts";
import type { EntryMaking } from "./entry-rows.ts";

/** Seconds a clock that is compared with no other may stand behind the last entry. */
const CLOCK_BEHIND_MOST = 86_400;

/** The database's clock in SQL, UTC seconds. Never the begin of the transaction: that may have waited. */
export const DATABASE_CLOCK = "extract(epoch from clock_timestamp())::bigint";

/** The database's clock, asked by itself. */
export async function databaseNow(rows: Db["rows"]): Promise<number> {
  const [row] = await rows<{ clock: bigint }>(`select ${DATABASE_CLOCK} as clock`);
  return Number(row?.clock ?? 0n);
}

/** Whose clock entries are recorded by. */
export interface BookClock {
  /** UTC seconds */
  readonly now: () => number;
  /** It is the machine's own, and compared with the database's; a clock that is played (replay, tests) has nothing to fit. */
  readonly compared?: boolean;
  /** When the books were replayed; only in the demonstration, whose entries tell nothing of the clock. */
  readonly replayedAt?: number | undefined;
}

/** What writing entries needs from outside the database. */
export type BookMaking = EntryMaking & BookClock;

/** A clock by which nothing is recorded, as an error for whoever has no answer with a problem. */
export class ClockWrong extends Error {
  readonly code: ClockProblem["code"];
  constructor(problem: ClockProblem) {
    super(wordsOf(problem));
    this.name = "ClockWrong";
    this.code = problem.code;
  }
}

function wordsOf(problem: ClockProblem): string {
  const at = (seconds: number) => new Date(seconds * 1000).toISOString();
  if (problem.code === "ledger.clock-fits") return "no entry lies ahead of the clock";
  if (problem.code === "ledger.clock-off")
    return `the clock is ${problem.seconds} s ahead of the database's: set both right (NTP)`;
  const { recordedAt, seconds } = problem;
  return `the clock says ${at(recordedAt - seconds)}, but the books were last written at ${at(recordedAt)}: see npm run clock:correct`;
}

/** What is wrong with the clock beside the database's; undefined when it fits, or is not compared. */
export function clockOff(clock: BookClock, databaseNow: number): ClockProblem | undefined {
  const seconds = clock.now() - databaseNow;
  return clock.compared && Math.abs(seconds) > CLOCK_OFF_MOST
    ? { code: "ledger.clock-off", seconds }
    : undefined;
}

/** When the last entry was recorded; one of a replay, whose times tell nothing, no later than the replay itself. */
export function lastRecorded(clock: BookClock, last: number): number {
  return clock.replayedAt === undefined ? last : Math.min(last, clock.replayedAt);
}

/**
 * When the next entry is recorded: now, but never before the last one. When clocks are compared, the last one cannot lie
 * further ahead than two of them may differ: where it does, it was recorded by a wrong clock, and needs an answer.
 */
export function recordingTime(clock: BookClock, last: number): Result<number, ClockProblem> {
  const now = clock.now();
  const known = lastRecorded(clock, last);
  const most = clock.compared ? RECORDED_AHEAD_MOST : CLOCK_BEHIND_MOST;
  if (now < known - most)
    return no({ code: "ledger.recorded-ahead", seconds: known - now, recordedAt: known });
  return ok(Math.max(now, last));
}

/** The same for official acts: a clock that is played may go back, as their days come from papers. */
export function actTime(
  clock: BookClock,
  last: number,
  databaseNow: number,
): Result<number, ClockProblem> {
  if (!clock.compared) return ok(Math.max(clock.now(), last));
  const off = clockOff(clock, databaseNow);
  return off ? no(off) : recordingTime(clock, last);
}

/** The same for a gift whose entry is written by the general way. Throws what is wrong with the clock. */
export function giftTime(clock: BookClock, last: number, databaseNow: number): number {
  const off = clockOff(clock, databaseNow);
  if (off) throw new ClockWrong(off);
  const time = recordingTime(clock, last);
  if (!time.ok) throw new ClockWrong(time.problem);
  return time.value;
}

/**
 * When an entry is recorded that says of those before it that their clock was wrong: now, although that is before them. Only
 * where the last one lies ahead of what any clock that fits could have recorded.
 */
export function correctingTime(
  clock: BookClock,
  last: number,
  databaseNow: number,
): Result<number, ClockProblem> {
  const off = clockOff(clock, databaseNow);
  if (off) return no(off);
  const now = clock.now();
  return last > now + RECORDED_AHEAD_MOST ? ok(now) : no({ code: "ledger.clock-fits" });
}

/** The process's clock for a statement that compares it itself; null: it is not compared. */
export function comparedNow(clock: BookClock): number | null {
  return clock.compared ? clock.now() : null;
}

/**
 * SQL that holds while the clock in parameter `$n` (see `comparedNow`) fits the database's. Two seconds wider than
 * `clockOff`, so that a clock which is refused here is always refused there too, where it is told.
 */
export function clockFits(n: number): string {
  return `($${n}::bigint is null or abs(${DATABASE_CLOCK} - $${n}::bigint) <= ${CLOCK_OFF_MOST + 2})`;
}

/** How a process's clock stands to the database's and to the last entry, now. */
export async function clockState(rows: Db["rows"], clock: BookClock): Promise<ClockState> {
  const [row] = await rows<{ clock: bigint; last: bigint }>(
    `select ${DATABASE_CLOCK} as clock, last_recorded_at as last from ledger_head where one`,
  );
  const base = Number(row?.clock ?? 0n);
  const time = actTime(clock, Number(row?.last ?? 0n), base);
  return { ahead: clock.now() - base, problem: time.ok ? null : time.problem };
}
