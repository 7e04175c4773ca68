/** Acts on a ledger and on its model (`dong-by-dong.ts`) at once, for fast-check: each expects what the model says. */
import fc from "fast-check";
import { expect } from "vitest";

import { addDays, dayOf, daysBetween } from "#app/domain/kernel/calendar.ts";
import type { Channel } from "#app/domain/ledger/chart.ts";
import type { EntryDraft, Leg } from "#app/domain/ledger/entry.ts";
import type { IntakeGift, Recorded } from "#app/domain/ledger/intake.ts";
import type { Ledger } from "#app/domain/ledger/ports.ts";
import { reversalDraft } from "#app/domain/ledger/reversal.ts";
import { restingPieces, traceForward } from "#app/domain/ledger/trace.ts";
import type { Db } from "#db/client.ts";
import type { RunningIntake } from "#db/stores/intake.ts";

import {
  balance,
  type CoinLeg,
  type Heaps,
  move,
  NO_HEAPS,
  rangesOf,
  whereIs,
} from "./dong-by-dong.ts";
import { type Books, expectSound, readBooks } from "./sound-books.ts";

export interface Real {
  readonly db: Db;
  readonly intake: RunningIntake;
  readonly ledger: Ledger;
}

interface BookedGift {
  readonly key: string;
  readonly to: string;
  readonly amount: number;
  readonly campaign: string;
  readonly channel: Channel;
}

interface Animal {
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

function command<Input>(
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

const today = (model: Model) => dayOf(Math.max(model.now, model.recordedAt));

/** Post a draft; it must be taken when the model can follow, and refused when it cannot. */
async function post(
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

const CAMPAIGNS = ["LD1", "LD2"] as const;
const COMMUNES = ["1", "2"] as const;
const CHANNELS = ["bank", "vnpay", "stripe", "cash"] as const;
const campaign = fc.constantFrom(...CAMPAIGNS);
const commune = fc.constantFrom(...COMMUNES);
const amount = fc.integer({ min: 1, max: 60 });
const which = fc.nat(1000);
const of = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % items.length];

const gifts = command(
  "gifts",
  fc.array(
    fc.record({
      key: fc.nat(40),
      pledge: fc.nat(8),
      campaign,
      channel: fc.constantFrom(...CHANNELS),
      amount: fc.integer({ min: 1, max: 40 }),
      way: fc.constantFrom("clearing", "clearing", "fund", "fund", "commune", "suspense"),
      payment: fc.nat(60),
      daysAgo: fc.integer({ min: -1, max: 12 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  async (told, model, real) => {
    const day = today(model);
    const all = told.map(
      ({ key, pledge, way, channel, payment, daysAgo, ...gift }): IntakeGift => ({
        ...gift,
        key: `gift:${key}`,
        code: `QN${pledge}`,
        ...(way === "suspense" ? {} : { pledge: `QN${pledge}` }),
        channel,
        to: {
          clearing: `clearing:${channel}:${gift.campaign}`,
          fund: `fund:${gift.campaign}`,
          commune: `commune:2:${gift.campaign}`,
          suspense: "suspense:b1",
        }[way],
        amount: BigInt(gift.amount),
        receivedOn: addDays(day, -daysAgo),
        evidence: pledge % 2 ? [sha(pledge), sha(payment)] : [],
        ...(way === "clearing"
          ? { outcome: { ref: `p${payment}`, providerCode: "00", inbox: payment } }
          : {}),
      }),
    );
    const answers = await Promise.allSettled(all.map((gift) => real.intake.record(gift)));
    for (const [at, gift] of all.entries()) {
      const answer = answers[at]!;
      const state = answer.status === "rejected" ? "refused" : answer.value.state;
      expect([gift.key, state]).toEqual([gift.key, receive(model, gift)]);
    }
  },
);

const sha = (n: number) => n.toString(16).padStart(64, "0");

function receive(model: Model, gift: IntakeGift): Recorded["state"] | "refused" {
  const { key, to, campaign: of = "", channel, outcome } = gift;
  const paid = Number(gift.amount);
  if (model.entries.includes(key) || (outcome && model.payments.has(outcome.ref))) return "already";
  const after = move(model.heaps, [{ from: `world:donor:${channel}`, to, amount: paid }], key);
  if (!after) return "refused";
  model.heaps = after;
  model.entries.push(key);
  model.recordedAt = Math.max(model.now, model.recordedAt);
  model.gifts.push({ key, to, amount: paid, campaign: of, channel });
  if (outcome) model.payments.add(outcome.ref);
  return "booked";
}

/** The numbers a gift entered with. */
function entered(model: Model, { key, to, amount: length }: BookedGift): [number, number] {
  let last = 0;
  for (const gift of model.gifts) {
    if (gift.key === key) break;
    if (gift.to === to) last += gift.amount;
  }
  const lies = whereIs(model.heaps, key).get(to)?.[0];
  return lies ?? [last + 1, length];
}

const confirmed = command(
  "confirmed",
  fc.record({ which, fee: fc.nat(5) }),
  async (input, model, real) => {
    const gift = of(
      model.gifts.filter(({ to }) => to.startsWith("clearing:")),
      input.which,
    );
    if (!gift) return;
    const [lo] = entered(model, gift);
    const fee = Math.min(input.fee, gift.amount - 1);
    const legs: CoinLeg[] = [
      {
        from: gift.to,
        to: `fund:${gift.campaign}`,
        amount: gift.amount - fee,
        take: [[lo, gift.amount - fee]],
      },
    ];
    if (fee > 0) {
      legs.push({
        from: gift.to,
        to: `fee:${gift.channel}:${gift.campaign}`,
        amount: fee,
        take: [[lo + gift.amount - fee, fee]],
      });
    }
    await post(model, real, { kind: "donation-confirmed" }, legs);
  },
);

const expired = command("expired", which, async (at, model, real) => {
  const gift = of(
    model.gifts.filter(({ to }) => to.startsWith("clearing:")),
    at,
  );
  if (!gift) return;
  const leg = { from: gift.to, to: `world:donor:${gift.channel}`, amount: gift.amount };
  await post(model, real, { kind: "donation-expired" }, [{ ...leg, take: [entered(model, gift)] }]);
});

const assigned = command("assigned", fc.record({ which, campaign }), async (input, model, real) => {
  const gift = of(
    model.gifts.filter(({ to }) => to.startsWith("suspense:")),
    input.which,
  );
  if (!gift) return;
  const leg = { from: gift.to, to: `fund:${input.campaign}`, amount: gift.amount };
  await post(model, real, { kind: "suspense-assigned" }, [
    { ...leg, take: [entered(model, gift)] },
  ]);
});

const refunded = command("refunded", which, async (at, model, real) => {
  const gift = of(model.gifts, at);
  if (!gift) return;
  const places = [...whereIs(model.heaps, gift.key)].filter(([code]) =>
    /^(clearing|fund|suspense):/.test(code),
  );
  const legs = places.flatMap(([from, ranges], n): CoinLeg[] => {
    const sum = ranges.reduce((total, [, length]) => total + length, 0);
    const payable = `refund:payable:${gift.campaign}`;
    return [
      { from, to: payable, amount: sum, take: ranges },
      { from: payable, to: "world:refund", amount: sum, take: 2 * n },
    ];
  });
  if (legs.length > 0) await post(model, real, { kind: "refund" }, legs);
});

const paidOn = command(
  "paid on",
  fc.record({
    way: fc.constantFrom(
      "disbursement",
      "disbursement",
      "advance",
      "advance",
      "unspent-advance",
      "returned-money",
    ),
    campaign,
    commune,
    amount,
  }),
  async (input, model, real) => {
    const fund = `fund:${input.campaign}`;
    const there = `commune:${input.commune}:${input.campaign}`;
    const proc = `proc:${input.campaign}:P1`;
    const [from, to] = {
      disbursement: [fund, there],
      advance: [there, proc],
      "unspent-advance": [proc, there],
      "returned-money": [there, fund],
    }[input.way] as [string, string];
    // As much as there is, more often than not.
    const wish = input.amount > 20 ? Math.max(1, balance(model.heaps, from)) : input.amount;
    await post(model, real, { kind: input.way }, [{ from, to, amount: wish }]);
  },
);

/** Bring what a purchase costs to its account, as far as there is money. */
async function advance(
  model: Model,
  real: Real,
  input: { campaign: string; commune: string; prices: readonly number[] },
): Promise<void> {
  const fund = `fund:${input.campaign}`;
  const there = `commune:${input.commune}:${input.campaign}`;
  const proc = `proc:${input.campaign}:P1`;
  const cost = input.prices.reduce((sum, price) => sum + price, 0);
  const missing = cost - balance(model.heaps, proc);
  const short = missing - balance(model.heaps, there);
  if (short > 0 && balance(model.heaps, fund) >= short) {
    const legs = [{ from: fund, to: there, amount: short }];
    if (!(await post(model, real, { kind: "disbursement" }, legs))) return;
  }
  if (missing > 0 && balance(model.heaps, there) >= missing) {
    await post(model, real, { kind: "advance" }, [{ from: there, to: proc, amount: missing }]);
  }
}

const purchased = command(
  "purchased",
  fc.record({
    campaign,
    commune,
    species: fc.constantFrom("BO", "DE"),
    prices: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }),
  }),
  async (input, model, real) => {
    await advance(model, real, input);
    const delivered = `delivered:${input.commune}:${input.campaign}:r1`;
    const herd = `herd:${input.commune}:${input.species}:r1`;
    const owed = `owed:g${input.commune}:${input.species}`;
    const first = model.heaps.axes.get(delivered)?.last ?? 0;
    let lo = first + 1;
    const bought = input.prices.map((price, n): Animal => {
      const code = `${input.campaign}-${model.acts}-${n}`;
      lo += price;
      return { code, delivered, herd, lo: lo - price, price };
    });
    const day = today(model);
    const done = await post(
      model,
      real,
      {
        kind: "purchase",
        animals: bought.map(({ code }) => ({
          code,
          species: input.species,
          campaign: input.campaign,
          commune: input.commune,
          round: 1,
        })),
        animalEvents: bought.map(({ code }) => ({ animal: code, kind: "handed-over", on: day })),
      },
      bought.flatMap(({ code, price }) => [
        { from: `proc:${input.campaign}:P1`, to: delivered, amount: price, animal: code },
        { from: `world:market:${input.species}`, to: herd, amount: 1, animal: code },
        { from: `world:duty:${input.species}`, to: owed, amount: 1 },
      ]),
    );
    if (done) model.animals.push(...bought);
  },
);

const lost = command("lost", which, async (at, model, real) => {
  const animal = of(model.animals, at);
  if (!animal) return;
  const { code, delivered, herd, lo, price } = animal;
  const species = herd.split(":")[2] ?? "BO";
  await post(
    model,
    real,
    { kind: "loss", animalEvents: [{ animal: code, kind: "died", on: today(model) }] },
    [
      {
        from: delivered,
        to: `loss:sickness:${delivered.split(":")[2]}`,
        amount: price,
        take: [[lo, price]],
        animal: code,
      },
      { from: herd, to: `world:death:${species}`, amount: 1, animal: code },
    ],
  );
});

const herds = command(
  "herds",
  fc.record({
    way: fc.constantFrom("birth", "pass-on", "duty-waived"),
    commune,
    species: fc.constantFrom("BO", "DE"),
    heads: fc.integer({ min: 1, max: 3 }),
  }),
  async ({ way, heads, ...input }, model, real) => {
    const herd = (round: number) => `herd:${input.commune}:${input.species}:r${round}`;
    const owed = `owed:g${input.commune}:${input.species}`;
    const legs: CoinLeg[] = {
      birth: [{ from: `world:birth:${input.species}`, to: herd(1), amount: heads }],
      "pass-on": [
        { from: herd(1), to: herd(2), amount: heads },
        { from: owed, to: `world:duty:${input.species}`, amount: heads },
      ],
      "duty-waived": [{ from: owed, to: `world:duty:${input.species}`, amount: heads }],
    }[way];
    await post(model, real, { kind: way }, legs);
  },
);

const shifted = command(
  "shifted",
  fc.record({ way: fc.constantFrom("redesignation", "compensation"), campaign, amount }),
  async ({ way, ...input }, model, real) => {
    const other = CAMPAIGNS.find((one) => one !== input.campaign);
    const from = way === "redesignation" ? `fund:${other}` : "world:compensation";
    await post(model, real, { kind: way }, [
      { from, to: `fund:${input.campaign}`, amount: input.amount },
    ]);
  },
);

const reversed = command("reversed", which, async (at, model, real) => {
  const number = model.entries.length === 0 ? 0 : 1 + (at % model.entries.length);
  const target = await real.ledger.find(number);
  if (!target) return;
  const draft = reversalDraft(target, { effectiveOn: today(model), reason: "wrong-amount" });
  if (!draft.ok) {
    expect(["reversal", "period-close", "succession"]).toContain(target.kind);
    return;
  }
  if (model.reversed.has(number)) {
    const other = { ...draft.value, key: `again:${(model.acts += 1)}` };
    expect(await real.ledger.post(other)).toMatchObject({
      ok: false,
      problem: { code: "ledger.already-reversed" },
    });
    return;
  }
  const { legs, ...rest } = draft.value;
  if (await post(model, real, rest, legs.map(coinLegOf))) model.reversed.add(number);
});

function coinLegOf({ amount: size, take, ...leg }: Leg): CoinLeg {
  const wish =
    take === undefined || take === "lowest"
      ? take
      : "broughtBy" in take
        ? take.broughtBy
        : take.map(({ lo, length }): [number, number] => [Number(lo), Number(length)]);
  return { ...leg, amount: Number(size), ...(wish === undefined ? {} : { take: wish }) };
}

/** Anything from anywhere to anywhere. */
const ANYWHERE =
  `fund:LD1 fund:LD2 commune:1:LD1 commune:2:LD2 proc:LD1:P1 reserve refund:payable:LD1
  delivered:1:LD1:r1 clearing:bank:LD1 suspense:b1 due:1 world:donor:bank world:refund world:due herd:1:BO:r1
  world:market:BO owed:g1:BO herd:1:DE:r1 loss:flood:LD1`.split(/\s+/);
const anything = command(
  "anything",
  fc.record({
    legs: fc.array(
      fc.record({
        from: fc.constantFrom(...ANYWHERE),
        to: fc.constantFrom(...ANYWHERE),
        amount: fc.integer({ min: 0, max: 12 }),
        take: fc.oneof<fc.Arbitrary<NonNullable<CoinLeg["take"]>>[]>(
          fc.constant("lowest"),
          fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 12 })), {
            minLength: 1,
            maxLength: 2,
          }),
          fc.nat(2),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    daysAgo: fc.integer({ min: -1, max: 10 }),
    reason: fc.boolean(),
  }),
  async ({ legs, daysAgo, reason }, model, real) => {
    await post(
      model,
      real,
      {
        kind: "redesignation",
        effectiveOn: addDays(today(model), -daysAgo),
        ...(reason ? { reason: "late-notice" } : {}),
      },
      legs,
    );
  },
);

const again = command(
  "again",
  fc.record({ which, changed: fc.boolean() }),
  async (input, model, real) => {
    const before = of(model.posted, input.which);
    if (!before) return;
    const draft = input.changed ? { ...before.draft, reason: "changed" } : before.draft;
    const answer = await real.ledger.post(draft);
    if (input.changed) {
      expect(answer).toMatchObject({ ok: false, problem: { code: "ledger.key-conflict" } });
    } else {
      expect(answer).toMatchObject({ ok: true, value: { number: before.number, again: true } });
    }
  },
);

const closed = command(
  "closed",
  fc.record({
    daysAgo: fc.integer({ min: 0, max: 3 }),
    wrong: fc.boolean(),
    commune: fc.boolean(),
  }),
  async ({ daysAgo, wrong, ...input }, model, real) => {
    if (input.commune) return succeed(model, real);
    const standing = [...model.heaps.axes.keys(), ...model.heaps.counts.keys()];
    const assertions = standing.map((account, n) => ({
      account,
      balance: BigInt(balance(model.heaps, account) + (wrong && n === 0 ? 1 : 0)),
    }));
    const effectiveOn = addDays(today(model), -daysAgo);
    if (wrong && assertions.length > 0 && daysAgo > 0) {
      const draft = {
        key: "wrong",
        kind: "period-close",
        effectiveOn,
        legs: [],
        assertions,
      } as const;
      expect(await real.ledger.post(draft)).toMatchObject({
        ok: false,
        problem: { code: "ledger.assertion-failed" },
      });
      return;
    }
    const done = await post(model, real, { kind: "period-close", effectiveOn, assertions }, []);
    if (done && effectiveOn > model.closedUntil) model.closedUntil = effectiveOn;
  },
);

/** Commune 2 goes to commune 1, once; its accounts close. */
async function succeed(model: Model, real: Real): Promise<void> {
  const old = [...model.heaps.axes.keys()].filter(
    (code) => code.startsWith("commune:2:") && !model.heaps.closed.has(code),
  );
  if (old.length === 0 || model.acts % 3 !== 0) return;
  const legs = old.flatMap((from) => {
    const all = balance(model.heaps, from);
    return all > 0 ? [{ from, to: from.replace(":2:", ":1:"), amount: all }] : [];
  });
  if (await post(model, real, { kind: "succession", closes: old }, legs)) {
    model.heaps = { ...model.heaps, closed: new Set([...model.heaps.closed, ...old]) };
  }
}

const clock = command("clock", fc.integer({ min: -5, max: 9 }), async (days, model) => {
  model.now += days * 86_400;
});

/** All acts; those that bring money stand several times, or there is nothing to do for the others. */
export const allCommands = [
  [gifts, gifts, gifts, paidOn, paidOn, paidOn, paidOn, purchased, purchased],
  [confirmed, confirmed, expired, assigned, refunded, lost, lost, herds, shifted],
  [reversed, reversed, anything, anything, again, closed, clock],
].flat();
