/** A ledger and its model (`dong-by-dong.ts`) living the same life: each act expects what the model says. */
import fc from "fast-check";
import { expect } from "vitest";

import { dayOf, daysBetween } from "#app/domain/kernel/calendar.ts";
import type { Channel } from "#app/domain/ledger/chart.ts";
import type { EntryDraft, Leg } from "#app/domain/ledger/entry.ts";
import type { Ledger } from "#app/domain/ledger/ports.ts";
import { restingPieces, traceForward } from "#app/domain/ledger/trace.ts";
import type { Db } from "#db/client.ts";
import type { RunningIntake } from "#db/stores/intake.ts";

import { type Books, expectSound, readBooks } from "../sound-books.ts";
import { type CoinLeg, type Heaps, move, NO_HEAPS, rangesOf, whereIs } from "./dong-by-dong.ts";

export interface Real {
  readonly db: Db;
  readonly intake: RunningIntake;
  readonly ledger: Ledger;
}

export interface BookedGift {
  readonly key: string;
  readonly to: string;
  readonly amount: number;
  readonly campaign: string;
  readonly channel: Channel;
}

export interface Animal {
  readonly code: string;
  readonly delivered: string;
  readonly herd: string;
  readonly lo: number;
  readonly price: number;
}

export interface Model {
  now: number;
  heaps: Heaps;
  /** Key of each entry, in order; a gift's is that of the gift. */
  readonly entries: string[];
  readonly gifts: BookedGift[];
  readonly payments: Set<string>;
  readonly animals: Animal[];
  readonly posted: { readonly draft: EntryDraft; readonly number: number }[];
  readonly reversed: Set<number>;
  /** Closed accounts, and where what was on them went. */
  readonly movedTo: Map<string, string>;
  closedUntil: string;
  recordedAt: number;
  acts: number;
}

export function newModel(): Model {
  return {
    now: Date.parse("2024-05-20T03:00:00Z") / 1000,
    heaps: NO_HEAPS,
    entries: [],
    gifts: [],
    payments: new Set(),
    animals: [],
    posted: [],
    reversed: new Set(),
    movedTo: new Map(),
    closedUntil: "",
    recordedAt: 0,
    acts: 0,
  };
}

type Act = (model: Model, real: Real) => Promise<void>;

class Command implements fc.AsyncCommand<Model, Real> {
  readonly name: string;
  readonly input: unknown;
  readonly act: Act;
  constructor(name: string, input: unknown, act: Act) {
    this.name = name;
    this.input = input;
    this.act = act;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, real: Real): Promise<void> {
    await this.act(model, real);
    const books = await readBooks(real.db);
    expectSound(books);
    expectAsModelled(model, books);
  }
  toString(): string {
    return `${this.name} ${JSON.stringify(this.input)}`;
  }
}

export function command<Input>(
  name: string,
  input: fc.Arbitrary<Input>,
  act: (input: Input, model: Model, real: Real) => Promise<void>,
): fc.Arbitrary<fc.AsyncCommand<Model, Real>> {
  return input.map((given) => new Command(name, given, (model, real) => act(given, model, real)));
}

function expectAsModelled({ heaps, entries, gifts }: Model, books: Books): void {
  expect(books.entries.map((entry) => entry.idempotency_key)).toEqual(entries);
  const free = Map.groupBy(books.free, ({ account }) => account);
  for (const [code, { last, coins }] of heaps.axes) {
    const stored = (free.get(code) ?? []).flatMap(({ lo, hi }): [number, number][] => {
      const length = Number((hi ?? BigInt(last) + 1n) - lo);
      return length > 0 ? [[Number(lo), length]] : [];
    });
    expect([code, Number(books.accounts.get(code)?.received ?? 0n), stored]).toEqual([
      code,
      last,
      rangesOf(coins),
    ]);
  }
  for (const [code, count] of heaps.counts) {
    const account = books.accounts.get(code);
    expect([code, Number((account?.received ?? 0n) - (account?.sent ?? 0n))]).toEqual([
      code,
      count,
    ]);
  }
  const byEntry = new Map(books.donations.map((donation) => [Number(donation.entry), donation]));
  for (const { key } of gifts) {
    const donation = byEntry.get(entries.indexOf(key) + 1);
    const { account, lo, amount } = donation!;
    const resting = restingPieces(traceForward(books.movements, account, { lo, length: amount }));
    const places = new Map<string, { number: number }[]>();
    for (const piece of resting) {
      if (piece.lo === undefined) continue;
      const there = places.get(piece.account) ?? [];
      for (let n = 0; n < Number(piece.amount); n += 1) {
        there.push({ number: Number(piece.lo) + n });
      }
      places.set(piece.account, there);
    }
    const told = [...places].map(([code, coins]) => [
      code,
      rangesOf(coins.toSorted((a, b) => a.number - b.number)),
    ]);
    expect([key, Object.fromEntries(told)]).toEqual([key, Object.fromEntries(whereIs(heaps, key))]);
  }
}

export const today = (model: Model) => dayOf(Math.max(model.now, model.recordedAt));

/** Post a draft; it must be taken when the model can follow, and refused when it cannot. */
export async function post(
  model: Model,
  real: Real,
  more: Partial<EntryDraft> & { kind: EntryDraft["kind"] },
  legs: readonly CoinLeg[],
): Promise<boolean> {
  model.acts += 1;
  const key = more.key ?? `act:${model.acts}`;
  const draft: EntryDraft = {
    effectiveOn: today(model),
    ...more,
    key,
    legs: legs.map(legOf),
  };
  const after = inTime(model, draft) ? move(model.heaps, legs, key) : undefined;
  const posted = await real.ledger.post(draft);
  expect([posted.ok, posted.ok ? undefined : posted.problem]).toEqual([
    after !== undefined,
    posted.ok ? undefined : expect.anything(),
  ]);
  if (!posted.ok || !after) return false;
  expect(posted.value).toMatchObject({ number: model.entries.length + 1, again: false });
  model.heaps = after;
  model.entries.push(key);
  model.posted.push({ draft, number: posted.value.number });
  model.recordedAt = Math.max(model.now, model.recordedAt);
  return true;
}

function inTime(model: Model, { effectiveOn, reason, kind }: EntryDraft): boolean {
  const days = daysBetween(effectiveOn, today(model));
  if (kind === "period-close") return days > 0;
  return days >= 0 && (days <= 7 || reason !== undefined) && effectiveOn > model.closedUntil;
}

function legOf({ amount, take, ...leg }: CoinLeg): Leg {
  return {
    ...leg,
    amount: BigInt(amount),
    ...(take === undefined
      ? {}
      : {
          take:
            take === "lowest"
              ? take
              : typeof take === "number"
                ? { broughtBy: take }
                : take.map(([lo, length]) => ({ lo: BigInt(lo), length: BigInt(length) })),
        }),
  };
}

/** A leg of a draft in the model's words. */
export function coinLegOf({ amount: size, take, ...leg }: Leg): CoinLeg {
  const wish =
    take === undefined || take === "lowest"
      ? take
      : "broughtBy" in take
        ? take.broughtBy
        : take.map(({ lo, length }): [number, number] => [Number(lo), Number(length)]);
  return { ...leg, amount: Number(size), ...(wish === undefined ? {} : { take: wish }) };
}

export const CAMPAIGNS = ["LD1", "LD2"] as const;
const COMMUNES = ["1", "2"] as const;
export const CHANNELS = ["bank", "vnpay", "stripe", "cash"] as const;
export const campaign = fc.constantFrom(...CAMPAIGNS);
export const commune = fc.constantFrom(...COMMUNES);
export const amount = fc.integer({ min: 1, max: 60 });
export const which = fc.nat(1000);
export const of = <Item>(items: readonly Item[], at: number): Item | undefined =>
  items[at % items.length];
