import type { Seconds } from "../kernel/calendar.ts";
import type { Attention, AttentionKind } from "../payments/ports.ts";

/** What can wait too long. Its name is the kind of the line on the desk. */
export const WAIT_KINDS = ["wait-gift", "wait-event", "wait-payment", "wait-order"] as const;
export type WaitKind = Extract<AttentionKind, (typeof WAIT_KINDS)[number]>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long each may wait before a person should look, seconds. */
export const PATIENCE: Readonly<Record<WaitKind, number>> = {
  /** A gift in the queue is numbered within a second or two. */
  "wait-gift": 10 * MINUTE,
  /** An event of a gateway that was kept; what a dead process left behind is taken up after five minutes. */
  "wait-event": 15 * MINUTE,
  /**
   * After its window closed. The gateway is asked for the last time a day after that (payments.md 1.5): an hour more, and
   * nobody will tell us what became of it.
   */
  "wait-payment": DAY + HOUR,
  /** An order that was approved, until an accountant books it. */
  "wait-order": 14 * DAY,
};

/** Lines of one kind that one run raises; the next run raises the next, so that a bad night does not fill the desk at once. */
export const MOST_RAISED = 100;

/** One thing that waits. */
export interface LongWait {
  /** Names it for good: the same wait has the same subject, another wait of the same thing another. */
  readonly subject: string;
  readonly since: Seconds;
  /** What the desk shows of it; no personal data. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Reading what waits. */
export interface LongWaits {
  /** What waits since before a moment and was never raised, the oldest first, at most `most`. */
  unraised(kind: WaitKind, before: Seconds, most: number): Promise<LongWait[]>;
}

/**
 * Raise what has waited too long, each wait once; tells how many of each kind. A line stays until a person says what came of
 * it, also when the wait is over by then: it happened, and somebody should know why.
 */
export async function raiseLongWaits(services: {
  now(): Seconds;
  readonly longWaits: LongWaits;
  readonly attention: Attention;
}): Promise<Record<WaitKind, number>> {
  const raised: Record<WaitKind, number> = {
    "wait-gift": 0,
    "wait-event": 0,
    "wait-payment": 0,
    "wait-order": 0,
  };
  const now = services.now();
  for (const kind of WAIT_KINDS) {
    const waits = await services.longWaits.unraised(kind, now - PATIENCE[kind], MOST_RAISED);
    for (const { subject, since, facts } of waits) {
      await services.attention.raise(kind, subject, { ...facts, since: String(since) });
    }
    raised[kind] = waits.length;
  }
  return raised;
}
