import { expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";

import { RULES } from "#db/seeds/norms.ts";

import { LIMITS_RULE, readLimits } from "../payments/limits.ts";
import { isReferenceCode } from "../kernel/reference-code.ts";
import { type GivingWish, makePledge, type PledgeServices, refuses } from "./make-pledge.ts";
import type { Pledge } from "./ports.ts";

const campaign = {
  id: "LD1",
  startsOn: "2026-01-20",
  endsOn: "2027-01-31",
  closedOn: null,
  goal: 100_000_000n,
  totals: { pledged: 0n, received: 0n, unsettled: 0n, disbursed: 0n, delivered: 0n },
  progress: { filedOn: null, everyDays: [], graceDays: [], promisedDays: null },
};

const wish: GivingWish = {
  amount: 20_000_000n,
  intent: "now",
  donorKind: "person",
  donorName: "",
  namePublic: false,
  channel: "bank",
  locale: "vi",
  formKey: "k1",
};
const TODAY = "2026-11-23";
const LIMITS = RULES.find(({ code }) => code === LIMITS_RULE)?.value;
const limits = readLimits(LIMITS);
if (!limits) throw new Error("the seed has no limits");
const on = (today: string) => ({ today, limits });

/** Pledges in memory, by the promise of the port. */
function services(draws: number[][]): PledgeServices & { readonly kept: Map<string, Pledge> } {
  const kept = new Map<string, Pledge>();
  return {
    kept,
    now: () => Date.UTC(2026, 10, 23, 2) / 1000,
    sha256: sha256Hex,
    rules: { on: async () => LIMITS },
    drawSigns: () => draws.shift() ?? [1, 2, 3, 4, 5, 6],
    pledges: {
      async add(pledge) {
        const same = [...kept.values()].find(({ formKey }) => formKey === pledge.formKey);
        if (same) return { done: "again", code: same.code };
        if (kept.has(pledge.code)) return { done: "taken", code: pledge.code };
        kept.set(pledge.code, pledge);
        return { done: "added", code: pledge.code };
      },
    },
  };
}

test("a wish becomes one pledge with a checked code, however often its form is sent", async () => {
  const world = services([]);
  const first = await makePledge(world, campaign, wish);
  const second = await makePledge(world, campaign, wish);
  expect(first).toMatchObject({ ok: true, value: { again: false } });
  expect(second).toEqual({ ok: true, value: { code: first.ok && first.value.code, again: true } });
  expect(world.kept.size).toBe(1);
  expect(isReferenceCode([...world.kept.keys()][0] ?? "")).toBe(true);
});

test("while the progress statement is overdue no new promise is taken, whatever is promised", async () => {
  const every = [{ from: "2021-12-24", to: null, value: 180 }];
  const grace = [{ from: "2021-12-24", to: null, value: 30 }];
  const owing = (filedOn: string) => ({
    ...campaign,
    progress: { filedOn, everyDays: every, graceDays: grace, promisedDays: null },
  });
  const world = services([]);
  const refused = await makePledge(world, owing("2026-04-01"), wish);
  expect(refused).toEqual({ ok: false, problem: { code: "campaign.held-up", on: "2026-09-28" } });
  expect(world.kept.size).toBe(0);
  // Late, but within the grace period.
  expect((await makePledge(world, owing("2026-05-15"), wish)).ok).toBe(true);
});

test("a form gone back to and corrected makes another pledge, not the old one again", async () => {
  const world = services([
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 1],
  ]);
  const first = await makePledge(world, campaign, wish);
  const second = await makePledge(world, campaign, { ...wish, amount: 25_000_000n });
  expect(second).toMatchObject({ ok: true, value: { again: false } });
  expect([...world.kept.values()].map(({ amount }) => amount)).toEqual([20_000_000n, 25_000_000n]);
  expect(first).not.toEqual(second);
});

test("a taken code is drawn again", async () => {
  const world = services([
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 1],
  ]);
  await makePledge(world, campaign, wish);
  const second = await makePledge(world, campaign, { ...wish, formKey: "k2" });
  expect(second.ok).toBe(true);
  expect(world.kept.size).toBe(2);
});

test("amounts keep the limits of their channel, which are named", () => {
  expect(refuses(campaign, { ...wish, amount: 999n }, on(TODAY))).toEqual({
    code: "payment.too-small",
    channel: "bank",
    limit: "1000",
  });
  const card = { ...wish, channel: "stripe" as const, amount: 50_000_001n };
  expect(refuses(campaign, card, on(TODAY))).toMatchObject({ code: "payment.too-large" });
  expect(refuses(campaign, { ...card, amount: 50_000_000n }, on(TODAY))).toBeUndefined();
});

test("more than is missing is asked about once, and what was meant is taken", async () => {
  const world = services([]);
  const herd = { ...wish, amount: 10_000_000_000n };
  const asked = { ok: false, problem: { code: "amount.above-missing", missing: "100000000" } };
  expect(await makePledge(world, campaign, herd)).toEqual(asked);
  // Yes was said to another amount.
  expect(await makePledge(world, campaign, { ...herd, sureOf: 20_000_000n })).toEqual(asked);
  expect(world.kept.size).toBe(0);
  expect((await makePledge(world, campaign, { ...herd, sureOf: 10_000_000_000n })).ok).toBe(true);
  // Whatever else is wrong is told first; all that is missing is no more than is missing.
  expect(refuses(campaign, { ...herd, donorKind: "organisation" }, on(TODAY))?.code).toBe(
    "name.missing",
  );
  expect(refuses(campaign, { ...wish, amount: 100_000_000n }, on(TODAY))).toBeUndefined();
  const full = { ...campaign, totals: { ...campaign.totals, received: 100_000_000n } };
  expect(refuses(full, herd, on(TODAY))).toBeUndefined();
});

test("only a running campaign takes pledges", () => {
  expect(refuses(campaign, wish, on("2026-01-19"))).toEqual({
    code: "campaign.upcoming",
    on: "2026-01-20",
  });
  expect(refuses(campaign, wish, on("2027-02-01"))).toEqual({
    code: "campaign.closed",
    on: "2027-01-31",
  });
});

test("a promise names a day from today to the campaign's end", () => {
  const promise = (promisedOn?: string) =>
    refuses(campaign, { ...wish, intent: "promised", promisedOn }, on(TODAY))?.code;
  expect(promise()).toBe("promise.no-day");
  expect(promise("2026-11-22")).toBe("promise.past");
  expect(promise("2026-11-23")).toBeUndefined();
  expect(promise("2027-01-31")).toBeUndefined();
  expect(promise("2027-02-01")).toBe("promise.after-end");
  const long = { ...campaign, endsOn: "2029-12-31" };
  expect(
    refuses(long, { ...wish, intent: "promised", promisedOn: "2027-11-25" }, on(TODAY)),
  ).toEqual({
    code: "promise.too-far",
    on: "2027-11-24",
  });
});

test("who wants to be named, and every organisation, gives a name", () => {
  expect(
    refuses(campaign, { ...wish, namePublic: true, donorName: " \u200b " }, on(TODAY))?.code,
  ).toBe("name.missing");
  expect(refuses(campaign, { ...wish, donorKind: "organisation" }, on(TODAY))?.code).toBe(
    "name.missing",
  );
  expect(refuses(campaign, { ...wish, donorName: "a".repeat(121) }, on(TODAY))?.code).toBe(
    "name.too-long",
  );
  expect(refuses(campaign, { ...wish, donorName: "Lê" }, on(TODAY))).toBeUndefined();
});
