/**
 * The intake and the sequencer (ledger.md 3.9).
 *
 *   record(gift) ──► this process holds the sequencer's lock?
 *        yes ─► waiting line ─► one statement books all that waits (a queue of one takes the same plain statement)
 *        no  ─► sequencer_queue (insert only) ─► the holder of the lock drains it
 *
 * The lock is a session advisory lock on a connection of its own; bookings run on that very connection, so a lost
 * connection loses the lock and the work together. Keys are unique in the database: after any crash, doing it again
 * finds what was done. Never call `record` inside `services.write`: on the embedded database both share one connection.
 */
import { accountCode } from "#app/domain/ledger/chart.ts";
import {
  draftOfGift,
  type GiftMarks,
  type Intake,
  type IntakeGift,
  type Recorded,
  tellsOther,
} from "#app/domain/ledger/intake.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { ClockProblem } from "#app/domain/ledger/ports.ts";

import type { Database, Session } from "../client.ts";
import { connectionLost, inTheWay, isUniqueViolation, NotAnswered } from "../answers.ts";
import {
  type BookMaking,
  clockFits,
  clockOff,
  clockState,
  ClockWrong,
  comparedNow,
  databaseNow,
  DATABASE_CLOCK,
  giftTime,
} from "./book-clock.ts";
import { AxisFull, bookGifts, type Heads, readAccounts, readHeads } from "./gift-booking.ts";
import { destinationNow } from "./gift-destination.ts";
import { answerKnown, beforeRepeat, marksOfGift, type Waiting } from "./gift-repeats.ts";
import { attentionStore } from "./inbox.ts";
import { lastClosedDay, ledgerStore } from "./ledger.ts";
import { insertOutcome } from "./payment-outcome.ts";
import { giftFromQueue, giftForQueue } from "./queued-gift.ts";
import { sequencerLock } from "./sequencer-lock.ts";

/** Most gifts booked in one statement: larger batches only make the last donor wait longer. */
const BATCH_MAX = 256;
/** The channel on which a process says that it queued gifts. */
const QUEUE_CHANNEL = "ketnghia_queue";
const RETRY_MS = 1_000;
/** Times a batch is done again after a lost connection, a deadlock or a key that was taken meanwhile. */
const TRIES_MOST = 6;

export type IntakeOptions = BookMaking & {
  /** Called after each booked batch, before its callers are answered. */
  readonly onBooked?: (lastEntry: number) => void;
  /** What went wrong without a caller to tell: draining, retaking the lock. */
  readonly onTrouble?: (error: unknown) => void;
};

/** An intake that can be stopped; `sequencing()` tells whether this process numbers gifts now. */
export interface RunningIntake extends Intake {
  sequencing(): boolean;
  /** Book what other processes queued, now; answers how many. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}

/** Start taking gifts in: try for the sequencer's lock, drain what waits, and stand by for what comes. */
export async function startIntake(db: Database, options: IntakeOptions): Promise<RunningIntake> {
  const trouble = (error: unknown) => options.onTrouble?.(error);
  const lock = sequencerLock(db, options, trouble);
  const attention = attentionStore(db, options.now);
  const line: Waiting[] = [];
  let heads: Heads | undefined;
  let stopped = false;
  let pumping: Promise<void> | undefined;
  let draining: Promise<number> | undefined;
  let drainAgain = false;

  function record(gift: IntakeGift): Promise<Recorded> {
    return new Promise((answer, fail) => {
      line.push({ gift, answer, fail });
      pump();
    });
  }

  function pump(): void {
    pumping ??= bookLine().finally(() => {
      pumping = undefined;
      if (line.length > 0) pump();
    });
  }

  async function bookLine(): Promise<void> {
    // Gifts recorded in the same breath (`recordMany`) are one batch.
    await Promise.resolve();
    while (line.length > 0) await bookSome(line.splice(0, BATCH_MAX));
  }

  /** Answers every one of `waiting`, whatever happens. */
  async function bookSome(waiting: readonly Waiting[]): Promise<void> {
    try {
      if (await lock.take()) await bookBatch(waiting);
      else await queueBatch(waiting);
    } catch (error) {
      heads = undefined;
      // Another process may have the right clock.
      if (error instanceof ClockWrong && error.code === "ledger.clock-off") await lock.lose();
      const concernsAll = connectionLost(error) || error instanceof ClockWrong;
      if (waiting.length > 1 && !concernsAll) {
        // One of them cannot be booked: it alone is refused.
        for (const one of waiting) await bookSome([one]);
        return;
      }
      for (const one of waiting) {
        if (error instanceof AxisFull) await refuseTooLarge(one, error);
        else one.fail(error);
      }
    }
  }

  /** Nothing can book it, today or later: all that is known of it is handed to a person, and nobody waits for it. */
  async function refuseTooLarge(one: Waiting, reason: AxisFull): Promise<void> {
    try {
      const { gift, queueId } = one;
      await attention.raise("gift-too-large", gift.key, { gift: giftForQueue(gift) });
      if (queueId !== undefined) {
        await db.rows(`delete from sequencer_queue where id = $1`, [queueId]);
      }
      trouble(reason);
      one.answer({ state: "refused", code: "ledger.too-large" });
    } catch (error) {
      one.fail(error);
    }
  }

  /** A key was used again for something else: both are shown to a person (ledger.md 3.10). */
  async function tellConflict(first: GiftMarks, gift: IntakeGift): Promise<void> {
    const told = (marks: GiftMarks) => JSON.stringify({ ...marks, amount: `${marks.amount}` });
    try {
      await attention.raise("key-conflict", gift.key, {
        first: told(first),
        second: told(marksOfGift(gift)),
      });
    } catch (error) {
      trouble(error);
    }
  }

  const known = (waiting: readonly Waiting[]) => answerKnown(db, waiting, tellConflict);

  async function bookBatch(all: readonly Waiting[]): Promise<void> {
    const { firsts, rest } = beforeRepeat(all);
    let waiting = firsts;
    let tries = 0;
    while (waiting.length > 0) {
      try {
        const session = lock.held();
        if (!session) throw new Error("the sequencer's lock was let go");
        const ready = await readyAtOnce(session, waiting);
        const booked =
          ready.length > 0 ? await bookReady(session, ready) : await bookFirst(waiting);
        waiting = waiting.slice(booked);
      } catch (error) {
        heads = undefined;
        tries += 1;
        const lost = connectionLost(error);
        // With the connection went the lock; what was committed is found by its key.
        if (lost) await lock.lose();
        // Who has waited for a silent server is told now: it may be booked, and is found when it is told again.
        const waitedEnough = error instanceof NotAnswered;
        if (
          waitedEnough ||
          tries > TRIES_MOST ||
          !(lost || isUniqueViolation(error) || inTheWay(error))
        )
          throw error;
        if (lost) {
          if (!(await lock.take())) {
            return queueBatch(await known([...waiting, ...rest]));
          }
        }
        waiting = await known(waiting);
      }
    }
    if (rest.length > 0) await bookBatch(await known(rest));
  }

  /** How many were booked: all, or none because another writer was faster. */
  async function bookReady(session: Session, ready: readonly Waiting[]): Promise<number> {
    heads ??= await readHeads(session, codesOf(ready), options);
    const done = await bookGifts(session, heads, ready, options);
    if (!done) {
      heads = undefined;
      return 0;
    }
    answerBooked(ready, done.entries);
    return ready.length;
  }

  function answerBooked(waiting: readonly Waiting[], entries: readonly number[]): void {
    tellBooked(entries.at(-1) ?? 0);
    waiting.forEach(({ gift, answer }, at) =>
      answer({ state: "booked", entry: entries[at] ?? 0, code: gift.code }),
    );
  }

  function tellBooked(lastEntry: number): void {
    try {
      options.onBooked?.(lastEntry);
    } catch (error) {
      trouble(error);
    }
  }

  /** Those of `waiting` before the first that needs an account opened. */
  async function readyAtOnce(session: Session, waiting: Waiting[]): Promise<Waiting[]> {
    heads ??= await readHeads(session, codesOf(waiting), options);
    const { accounts } = heads;
    const missing = codesOf(waiting).filter((code) => !accounts.has(code));
    if (missing.length === 0) return waiting;
    await readAccounts(session, heads, missing);
    const first = waiting.findIndex((one) => codesOf([one]).some((code) => !accounts.has(code)));
    return first < 0 ? waiting : waiting.slice(0, first);
  }

  /** A first gift into an account opens it; that entry takes the general way, alone. */
  async function bookFirst(waiting: readonly Waiting[]): Promise<number> {
    const first = await known(waiting.slice(0, 1));
    for (const one of first) answerBooked([one], [await bookAlone(one)]);
    heads = undefined;
    return 1;
  }

  async function bookAlone({ gift: told, queueId }: Waiting): Promise<number> {
    const { gift, entry } = await db.begin(async (tx) => {
      // Its lock first: what the time decides must still hold when the entry gets its place.
      const [head] = await tx.rows<{ last: bigint; clock: bigint }>(
        `select last_recorded_at as last, ${DATABASE_CLOCK} as clock from ledger_head where one for update`,
      );
      const now = giftTime(options, Number(head?.last ?? 0n), Number(head?.clock ?? 0n));
      const time = { today: dayOf(now), closedUntil: await lastClosedDay(tx) };
      const placed = await destinationNow(tx, told);
      const answer = await ledgerStore(tx, options).post(draftOfGift(placed, time));
      if (!answer.ok && answer.problem.code === "ledger.too-large") {
        throw new AxisFull(placed.to, placed.amount);
      }
      const posted = must(answer);
      const lo = posted.movements[0]?.toLo ?? 1n;
      await tx.rows(
        `insert into donation (code, entry, pledge, campaign, channel, account_id, lo, amount, received_on)
         select $1, $2, $3, $4, $5, id, $6, $7, $8 from account where code = $9`,
        [
          placed.code,
          posted.number,
          placed.pledge ?? null,
          placed.campaign ?? null,
          placed.channel,
          lo,
          placed.amount,
          placed.receivedOn,
          placed.to,
        ],
      );
      if (placed.outcome && queueId === undefined)
        await insertOutcome(tx.rows, placed.outcome, options.now());
      if (queueId !== undefined)
        await tx.rows(`delete from sequencer_queue where id = $1`, [queueId]);
      return { gift: placed, entry: posted.number };
    });
    if (gift.to !== told.to && gift.campaign === undefined) {
      await attention
        .raise("gift-account-closed", gift.key, { account: told.to, gift: gift.code })
        .catch(trouble);
    }
    return entry;
  }

  async function queueBatch(waiting: readonly Waiting[]): Promise<void> {
    for (const one of waiting) {
      const { gift, queueId, answer } = one;
      if (queueId !== undefined) {
        answer({ state: "queued" });
        continue;
      }
      try {
        await db.begin(async (tx) => {
          if (gift.outcome) await insertOutcome(tx.rows, gift.outcome, options.now());
          const queued = await tx.rows(
            `insert into sequencer_queue (key, gift) select $1, $2 where ${clockFits(3)} returning 1`,
            [gift.key, giftForQueue(gift), comparedNow(options)],
          );
          // What it says of its time would stand with the payment for good.
          if (queued.length === 0) throw new ClockWrong(await clockProblem(tx.rows));
          await tx.rows(`select pg_notify($1, '')`, [QUEUE_CHANNEL]);
        });
        answer({ state: "queued" });
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        await answerQueued(one);
      }
    }
  }

  /** Answer a gift whose key waits in the queue, or whose payment is settled. */
  async function answerQueued(one: Waiting): Promise<void> {
    const { gift, answer } = one;
    const [row] = await db.rows<{ gift: string }>(
      `select gift from sequencer_queue where key = $1`,
      [gift.key],
    );
    if (!row) {
      // Numbered since: what was booked under the key is compared instead.
      const left = await known([one]);
      if (left.length > 0) answer({ state: "already" });
      return;
    }
    const first = marksOfGift(giftFromQueue(row.gift));
    if (!tellsOther(first, gift)) return answer({ state: "already" });
    await tellConflict(first, gift);
    answer({ state: "already", conflict: true });
  }

  async function clockProblem(rows: Database["rows"]): Promise<ClockProblem> {
    const now = await databaseNow(rows);
    return clockOff(options, now) ?? { code: "ledger.clock-off", seconds: options.now() - now };
  }

  function drain(): Promise<number> {
    if (draining) {
      drainAgain = true;
      return draining;
    }
    draining = drainAll().finally(() => {
      draining = undefined;
    });
    return draining;
  }

  async function drainAll(): Promise<number> {
    let booked = 0;
    do {
      drainAgain = false;
      booked += await drainOnce();
    } while (drainAgain && !stopped);
    return booked;
  }

  /** Hand all that is queued now to the line, in order. A gift that cannot be booked stays, and does not hold up others. */
  async function drainOnce(): Promise<number> {
    let booked = 0;
    let after = 0;
    while (!stopped && (await lock.take())) {
      const rows = await db.rows<{ id: bigint; gift: string }>(
        `select id, gift from sequencer_queue where id > $1 order by id limit ${BATCH_MAX}`,
        [after],
      );
      if (rows.length === 0) break;
      after = Number(rows.at(-1)?.id ?? after);
      const answers = await Promise.allSettled(
        rows.map(({ id, gift }) => recordQueued(giftFromQueue(gift), Number(id))),
      );
      const told = new Set<string>();
      for (const answer of answers) {
        if (answer.status === "fulfilled") {
          if (answer.value.state === "booked") booked += 1;
        } else if (!told.has(String(answer.reason))) {
          // What is wrong with all of them is said once.
          told.add(String(answer.reason));
          trouble(answer.reason);
        }
      }
    }
    return booked;
  }

  function recordQueued(gift: IntakeGift, queueId: number): Promise<Recorded> {
    return new Promise((answer, fail) => {
      line.push({ gift, queueId, answer, fail });
      pump();
    });
  }

  await lock.take();
  await drain();
  const unlisten = await db.listen(QUEUE_CHANNEL, () => void drain().catch(trouble));
  // A holder that died lets the lock go without a word; so look for it, and for what it left, now and then.
  const timer = setInterval(() => void drain().catch(trouble), RETRY_MS);
  timer.unref();

  return {
    record,
    recordMany: (gifts) => Promise.all(gifts.map(record)),
    sequencing: () => lock.held() !== undefined,
    clock: () => clockState(db.rows, options),
    drain,
    async stop() {
      clearInterval(timer);
      await unlisten();
      stopped = true;
      await draining?.catch(trouble);
      while (pumping) await pumping;
      await lock.stop();
    },
  };
}

function codesOf(waiting: readonly Waiting[]): string[] {
  return [...new Set(waiting.flatMap(({ gift }) => [accountCode.donor(gift.channel), gift.to]))];
}
