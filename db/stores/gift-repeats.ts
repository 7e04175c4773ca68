/** Gifts told more than once, and codes wished for by more than one gift. */
import type { Channel } from "#app/domain/ledger/chart.ts";
import {
  type GiftMarks,
  type IntakeGift,
  type Recorded,
  tellsOther,
} from "#app/domain/ledger/intake.ts";

import type { Db } from "../client.ts";
import type { WaitingGift } from "./gift-booking.ts";
import { textArray } from "./pg-arrays.ts";

/** A gift in the line, with whom to tell. */
export interface Waiting extends WaitingGift {
  readonly answer: (recorded: Recorded) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * The gifts up to the first that repeats a key or payment of one before it; what is said of that one depends on what
 * becomes of the first, so it and all behind it come after, in their order. Gifts that wish for the same code get a
 * number behind it.
 */
export function beforeRepeat(waiting: readonly Waiting[]): {
  firsts: Waiting[];
  rest: readonly Waiting[];
} {
  const seen = new Set<string>();
  const codes = new Map<string, number>();
  const firsts: Waiting[] = [];
  for (const [at, one] of waiting.entries()) {
    const marks = marksOf(one);
    if (marks.some((mark) => seen.has(mark))) return { firsts, rest: waiting.slice(at) };
    for (const mark of marks) seen.add(mark);
    const before = codes.get(one.gift.code);
    codes.set(one.gift.code, (before ?? 0) + 1);
    firsts.push(before === undefined ? one : recoded(one, before + 1));
  }
  return { firsts, rest: [] };
}

/** What makes a gift the same when it is told again. */
export function marksOfGift({ amount, channel, campaign }: IntakeGift): GiftMarks {
  return { amount, channel, campaign: campaign ?? null };
}

/**
 * Answer the gifts that were booked before, take them off the queue, and give the others codes that are free.
 * `onConflict` hears of a key that was used for something else.
 */
export async function answerKnown(
  db: Db,
  waiting: readonly Waiting[],
  onConflict: (first: GiftMarks, gift: IntakeGift) => Promise<void>,
): Promise<Waiting[]> {
  const entries = await entriesOf(db, waiting);
  const outcomes = await outcomesOf(db, waiting);
  const left: Waiting[] = [];
  for (const one of waiting) {
    const entry = entries.get(one.gift.key);
    // A queued gift had its outcome written when it was queued.
    const final = one.queueId === undefined && outcomes.has(one.gift.outcome?.ref ?? "");
    if (!entry && !final) {
      left.push(one);
      continue;
    }
    if (one.queueId !== undefined) {
      await db.rows(`delete from sequencer_queue where id = $1`, [one.queueId]);
    }
    const conflict = entry !== undefined && tellsOther(entry, one.gift);
    if (conflict) await onConflict(entry, one.gift);
    one.answer({
      state: "already",
      ...(entry ? { entry: entry.number } : {}),
      ...(conflict ? { conflict } : {}),
    } satisfies Recorded);
  }
  return withFreeCodes(db, left);
}

async function entriesOf(
  db: Db,
  waiting: readonly Waiting[],
): Promise<Map<string, GiftMarks & { readonly number: number }>> {
  // A key that an official act used has no gift: whatever is told under it is something else.
  const rows = await db.rows<{
    key: string;
    number: bigint;
    amount: bigint | null;
    channel: Channel | null;
    campaign: string | null;
  }>(
    `select e.idempotency_key as key, e.number, d.amount, d.channel, d.campaign
       from entry e left join donation d on d.entry = e.number
      where e.idempotency_key = any (($1::text)::text[])`,
    [textArray(waiting.map(({ gift }) => gift.key))],
  );
  return new Map(
    rows.map(({ key, number, amount, channel, campaign }) => [
      key,
      { number: Number(number), amount: amount ?? 0n, channel: channel ?? "cash", campaign },
    ]),
  );
}

async function outcomesOf(db: Db, waiting: readonly Waiting[]): Promise<Set<string>> {
  const refs = waiting.flatMap(({ gift }) => gift.outcome?.ref ?? []);
  if (refs.length === 0) return new Set();
  const rows = await db.rows<{ ref: string }>(
    `select ref from payment_outcome where ref = any (($1::text)::text[])`,
    [textArray(refs)],
  );
  return new Set(rows.map(({ ref }) => ref));
}

async function withFreeCodes(db: Db, waiting: readonly Waiting[]): Promise<Waiting[]> {
  const bases = [...new Set(waiting.map(({ gift }) => baseOf(gift.code)))];
  if (bases.length === 0) return [];
  // Further gifts of a code are numbered one after another, so each is looked up until one is free.
  const taken = await db.rows<{ base: string; last: number }>(
    `with recursive taken (base, n) as (
       select b.base, 1 from unnest(($1::text)::text[]) as b(base)
        where exists (select from donation d where d.code = b.base)
       union all
       select t.base, t.n + 1 from taken t
        where exists (select from donation d where d.code = t.base || '-' || (t.n + 1))
     )
     select base, max(n)::integer as last from taken group by base`,
    [textArray(bases)],
  );
  const last = new Map(taken.map((row) => [row.base, row.last]));
  return waiting.map((one) => {
    const base = baseOf(one.gift.code);
    const before = last.get(base);
    last.set(base, (before ?? 0) + 1);
    return before === undefined
      ? { ...one, gift: { ...one.gift, code: base } }
      : recoded(one, before + 1);
  });
}

function marksOf({ gift }: Waiting): string[] {
  return [`k ${gift.key}`, ...(gift.outcome ? [`o ${gift.outcome.ref}`] : [])];
}

function baseOf(code: string): string {
  return code.split("-", 1)[0] ?? code;
}

function recoded(one: Waiting, nth: number): Waiting {
  return { ...one, gift: { ...one.gift, code: `${baseOf(one.gift.code)}-${nth}` } };
}
