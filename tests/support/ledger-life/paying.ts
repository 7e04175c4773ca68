/** Money on its way to animals, animals, and herds. */
import fc from "fast-check";

import { balance, type CoinLeg } from "./dong-by-dong.ts";
import {
  amount,
  type Animal,
  campaign,
  CAMPAIGNS,
  command,
  commune,
  type Model,
  of,
  post,
  type Real,
  today,
  which,
} from "./life.ts";

export const paidOn = command(
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

export const purchased = command(
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

export const lost = command("lost", which, async (at, model, real) => {
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

export const herds = command(
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

export const shifted = command(
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
