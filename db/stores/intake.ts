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
  type Intake,
  type IntakeGift,
  type Recorded,
} from "#app/domain/ledger/intake.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";

import type { Database, Session } from "../client.ts";
import type { EntryMaking } from "./entry-rows.ts";
import {
  bookGifts,
  type Heads,
  readAccounts,
  readHeads,
  type WaitingGift,
} from "./gift-booking.ts";
import { lastClosedDay, ledgerStore } from "./ledger.ts";
import { textArray } from "./pg-arrays.ts";
import { giftFromQueue, giftForQueue } from "./queued-gift.ts";

/** Most gifts booked in one statement: larger batches only make the last donor wait longer. */
const BATCH_MAX = 256;
const LOCK = [7269, 2] as const;
/** The channel on which a process says that it queued gifts. */
const QUEUE_CHANNEL = "ketnghia_queue";
const RETRY_MS = 1_000;
/**
 * Settings of the booking connection. Planning the statement anew costs more than running it, and a plan made while
 * tables are small must not be one that reads them whole.
 */
const PLAN_ONCE = `select set_config(name, value, false) from (values ('plan_cache_mode', 'force_generic_plan'),
  ('enable_seqscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('jit', 'off')) as s(name, value)`;
/** Undo them before the connection goes back to the pool. */
const PLAN_AS_USUAL = "reset all";

export interface IntakeOptions extends EntryMaking {
  readonly now: () => number;
  /** Called after each booked batch, before its callers are answered. */
  readonly onBooked?: (lastEntry: number) => void;
  /** What went wrong without a caller to tell: draining, retaking the lock. */
  readonly onTrouble?: (error: unknown) => void;
}

/** An intake that can be stopped; `sequencing()` tells whether this process numbers gifts now. */
export interface RunningIntake extends Intake {
  sequencing(): boolean;
  /** Book what other processes queued, now; answers how many. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}

interface Waiting extends WaitingGift {
  readonly answer: (recorded: Recorded) => void;
  readonly fail: (error: unknown) => void;
}

/** Start taking gifts in: try for the sequencer's lock, drain what waits, and stand by for what comes. */
export async function startIntake(db: Database, options: IntakeOptions): Promise<RunningIntake> {
  let session: Session | undefined;
  let heads: Heads | undefined;
  let stopped = false;
  let pumping: Promise<void> | undefined;
  let draining: Promise<number> | undefined;
  const line: Waiting[] = [];

  const trouble = (error: unknown) => options.onTrouble?.(error);

  async function takeLock(): Promise<boolean> {
    if (session) return true;
    const candidate = await db.session();
    const [row] = await candidate.rows<{ held: boolean }>(
      `select pg_try_advisory_lock(${LOCK[0]}, ${LOCK[1]}) as held`,
    );
    if (row?.held && !stopped) {
      if (!db.embedded) await candidate.rows(PLAN_ONCE);
      session = candidate;
      heads = undefined;
      return true;
    }
    await candidate.release();
    return false;
  }

  async function loseLock(): Promise<void> {
    const lost = session;
    session = undefined;
    heads = undefined;
    await lost?.release().catch(trouble);
  }

  function record(gift: IntakeGift): Promise<Recorded> {
    return new Promise((answer, fail) => {
      line.push({ gift, answer, fail });
      pump();
    });
  }

  function pump(): void {
    pumping ??= (async () => {
      try {
        while (line.length > 0) await bookSome(line.splice(0, BATCH_MAX));
      } finally {
        pumping = undefined;
      }
    })();
  }

  /** Answers every one of `waiting`, whatever happens. */
  async function bookSome(waiting: Waiting[]): Promise<void> {
    try {
      if (session || (await takeLock())) await bookBatch(waiting);
      else await queueBatch(waiting);
    } catch (error) {
      if (waiting.length > 1) {
        for (const one of waiting) await bookSome([one]);
        return;
      }
      waiting[0]?.fail(error);
    }
  }

  async function bookBatch(all: Waiting[]): Promise<void> {
    let waiting = all;
    for (;;) {
      if (!session) throw new Error("the sequencer's lock is lost");
      waiting = await answerRepeats(waiting);
      if (waiting.length === 0) return;
      try {
        waiting = await openFirst(waiting);
        if (waiting.length === 0) return;
        heads ??= await readHeads(session, codesOf(waiting));
        const done = await bookGifts(session, heads, waiting, options);
        if (done) {
          options.onBooked?.(done.entries.at(-1) ?? 0);
          waiting.forEach(({ gift, answer }, at) =>
            answer({ state: "booked", entry: done.entries[at] ?? 0, code: gift.code }),
          );
          return;
        }
        heads = undefined;
      } catch (error) {
        heads = undefined;
        if (isUniqueViolation(error)) {
          waiting = await answerKnown(waiting);
          continue;
        }
        if (isSqlError(error)) throw error;
        // The connection is gone and with it the lock; what was committed is found by its key.
        await loseLock();
        if (!(await takeLock())) return queueBatch(await answerKnown(waiting));
        waiting = await answerKnown(waiting);
      }
    }
  }

  /** A first gift into an account opens it; that entry takes the general way, alone. */
  async function openFirst(waiting: Waiting[]): Promise<Waiting[]> {
    if (!session) throw new Error("the sequencer's lock is lost");
    heads ??= await readHeads(session, codesOf(waiting));
    const known = heads.accounts;
    const missing = codesOf(waiting).filter((code) => !known.has(code));
    if (missing.length === 0) return waiting;
    await readAccounts(session, heads, missing);
    const left: Waiting[] = [];
    for (const one of waiting) {
      if (codesOf([one]).every((code) => heads?.accounts.has(code))) {
        left.push(one);
        continue;
      }
      one.answer(await bookAlone(one));
      heads = await readHeads(session, codesOf(waiting));
    }
    return left;
  }

  async function bookAlone({ gift, queueId }: Waiting): Promise<Recorded> {
    const entry = await db.begin(async (tx) => {
      const time = { today: dayOf(options.now()), closedUntil: await lastClosedDay(tx) };
      const posted = must(await ledgerStore(tx, options).post(draftOfGift(gift, time)));
      const lo = posted.movements[0]?.toLo ?? 1n;
      await tx.rows(
        `insert into donation (code, entry, pledge, campaign, channel, account_id, lo, amount, received_on)
         select $1, $2, $3, $4, $5, id, $6, $7, $8 from account where code = $9`,
        [
          gift.code,
          posted.number,
          gift.pledge ?? null,
          gift.campaign ?? null,
          gift.channel,
          lo,
          gift.amount,
          gift.receivedOn,
          gift.to,
        ],
      );
      if (gift.outcome && queueId === undefined)
        await insertOutcome(tx.rows, gift.outcome, options.now());
      if (queueId !== undefined)
        await tx.rows(`delete from sequencer_queue where id = $1`, [queueId]);
      return posted.number;
    });
    options.onBooked?.(entry);
    return { state: "booked", entry, code: gift.code };
  }

  /** Of gifts with the same key or payment in one batch only the first goes on; the same code gets a number behind it. */
  async function answerRepeats(waiting: Waiting[]): Promise<Waiting[]> {
    const seen = new Set<string>();
    const codes = new Map<string, number>();
    return waiting.flatMap((one) => {
      const marks = [
        `k ${one.gift.key}`,
        ...(one.gift.outcome ? [`o ${one.gift.outcome.ref}`] : []),
      ];
      if (marks.some((mark) => seen.has(mark))) {
        one.answer({ state: "already" });
        return [];
      }
      for (const mark of marks) seen.add(mark);
      const before = codes.get(one.gift.code);
      codes.set(one.gift.code, (before ?? 0) + 1);
      return before === undefined ? [one] : [recoded(one, before + 1)];
    });
  }

  /** Answer the gifts that were booked before, and give a free code to those whose code is taken. */
  async function answerKnown(waiting: Waiting[]): Promise<Waiting[]> {
    const rows = await db.rows<{ key: string; number: bigint }>(
      `select idempotency_key as key, number from entry where idempotency_key = any (($1::text)::text[])`,
      [textArray(waiting.map(({ gift }) => gift.key))],
    );
    const entries = new Map(rows.map(({ key, number }) => [key, Number(number)]));
    const outcomes = new Set(
      (
        await db.rows<{ ref: string }>(
          `select ref from payment_outcome where ref = any (($1::text)::text[])`,
          [textArray(waiting.flatMap(({ gift }) => gift.outcome?.ref ?? []))],
        )
      ).map(({ ref }) => ref),
    );
    const left: Waiting[] = [];
    for (const one of waiting) {
      const entry = entries.get(one.gift.key);
      const final = one.queueId === undefined && outcomes.has(one.gift.outcome?.ref ?? "");
      if (entry !== undefined || final) {
        if (one.queueId !== undefined) {
          await db.rows(`delete from sequencer_queue where id = $1`, [one.queueId]);
        }
        one.answer(entry === undefined ? { state: "already" } : { state: "already", entry });
      } else {
        left.push(one);
      }
    }
    return freeCodes(left);
  }

  async function freeCodes(waiting: Waiting[]): Promise<Waiting[]> {
    const bases = waiting.map(({ gift }) => baseOf(gift.code));
    const taken = await db.rows<{ base: string; last: bigint }>(
      `select split_part(code, '-', 1) as base, max(coalesce(nullif(split_part(code, '-', 2), '')::bigint, 1)) as last
         from donation
        where code = any (($1::text)::text[]) or pledge = any (($1::text)::text[])
        group by 1`,
      [textArray(bases)],
    );
    const last = new Map(taken.map((row) => [row.base, Number(row.last)]));
    return waiting.map((one) => {
      const base = baseOf(one.gift.code);
      const before = last.get(base);
      last.set(base, (before ?? 0) + 1);
      return before === undefined
        ? { ...one, gift: { ...one.gift, code: base } }
        : recoded(one, before + 1);
    });
  }

  async function queueBatch(waiting: Waiting[]): Promise<void> {
    for (const one of waiting) {
      try {
        await db.begin(async (tx) => {
          if (one.gift.outcome) await insertOutcome(tx.rows, one.gift.outcome, options.now());
          await tx.rows(`insert into sequencer_queue (key, gift) values ($1, $2)`, [
            one.gift.key,
            giftForQueue(one.gift),
          ]);
          await tx.rows(`select pg_notify($1, '')`, [QUEUE_CHANNEL]);
        });
        one.answer({ state: "queued" });
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        one.answer({ state: "already" });
      }
    }
  }

  function drain(): Promise<number> {
    draining ??= drainOnce().finally(() => {
      draining = undefined;
    });
    return draining;
  }

  async function drainOnce(): Promise<number> {
    let booked = 0;
    for (;;) {
      if (stopped || !(session || (await takeLock()))) return booked;
      const rows = await db.rows<{ id: bigint; gift: string }>(
        `select id, gift from sequencer_queue order by id limit ${BATCH_MAX}`,
      );
      if (rows.length === 0) return booked;
      const answers = rows.map(
        ({ id, gift }) =>
          new Promise<Recorded>((answer, fail) => {
            line.push({ gift: giftFromQueue(gift), queueId: Number(id), answer, fail });
          }),
      );
      pump();
      booked += (await Promise.all(answers)).length;
    }
  }

  await takeLock();
  await drain();
  const unlisten = await db.listen(QUEUE_CHANNEL, () => void drain().catch(trouble));
  // A holder that died lets the lock go without a word; so look for it, and for what it left, now and then.
  const timer = setInterval(() => void drain().catch(trouble), RETRY_MS);
  timer.unref();

  return {
    record,
    recordMany: (gifts) => Promise.all(gifts.map(record)),
    sequencing: () => session !== undefined,
    drain,
    async stop() {
      clearInterval(timer);
      await unlisten();
      while (pumping) await pumping;
      stopped = true;
      if (session) {
        if (!db.embedded) await session.rows(PLAN_AS_USUAL).catch(trouble);
        await session.rows(`select pg_advisory_unlock(${LOCK[0]}, ${LOCK[1]})`).catch(trouble);
        await loseLock();
      }
    },
  };
}

function codesOf(waiting: readonly WaitingGift[]): string[] {
  return [...new Set(waiting.flatMap(({ gift }) => [accountCode.donor(gift.channel), gift.to]))];
}

function baseOf(code: string): string {
  return code.split("-", 1)[0] ?? code;
}

function recoded(one: Waiting, nth: number): Waiting {
  return { ...one, gift: { ...one.gift, code: `${baseOf(one.gift.code)}-${nth}` } };
}

function insertOutcome(
  rows: Database["rows"],
  outcome: NonNullable<IntakeGift["outcome"]>,
  at: number,
): Promise<unknown> {
  return rows(
    `insert into payment_outcome (ref, state, provider_code, provider_transaction, inbox, at)
     values ($1, 'paid', $2, $3, $4, $5)`,
    [outcome.ref, outcome.providerCode, outcome.providerTransaction ?? null, outcome.inbox, at],
  );
}

function isSqlError(error: unknown): error is { code: string } {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    typeof error.code === "string" &&
    /^[0-9A-Z]{5}$/.test(error.code) &&
    // Class 57 and 08: the server went away; the statement may or may not have been committed.
    !/^(57|08)/.test(error.code)
  );
}

function isUniqueViolation(error: unknown): boolean {
  return isSqlError(error) && error.code === "23505";
}
