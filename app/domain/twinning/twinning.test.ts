import type { Model } from "../campaigns/model.ts";
import type { PlaceName } from "../places/unit.ts";
import { expect, test } from "vitest";

import { leastModels, modelStandings, yearsAfter } from "./least-models.ts";
import { makePromise, wrongFigures } from "./make-promise.ts";
import {
  actingGiver,
  firstFree,
  type Pair,
  promisesOf,
  type PromiseVersion,
  standsIn,
  yearsOf,
} from "./pair.ts";

const PAIR: Pair = {
  id: "p",
  kind: "district",
  giver: { id: "old", name: { vi: "Cũ", en: "Old" } },
  giverUntil: "2025-06-30",
  giverNow: { id: "new", name: { vi: "Mới", en: "New" } },
  receiver: {
    code: "504",
    name: "Tây Giang",
    fullName: "Huyện Tây Giang",
    validFrom: "2021-11-01",
  },
  receiverNow: null,
  from: "2021-12-24",
  to: "2025-06-30",
  basis: "plan-order",
  source: "plan",
  campaigns: [],
};

const rule = (models: readonly Model[], today: string, to: string | null = null) =>
  leastModels({ agreed: new Set(models), least: 2, reviewYears: 3, from: "2024-02-29", to }, today)
    .is;

test("at least two of the four: met, not yet until the first review, then not met", () => {
  expect(rule(["livestock"], "2027-02-28")).toBe("not-yet");
  expect(rule(["livestock"], "2027-03-01")).toBe("not-met");
  expect(rule(["livestock", "village"], "2024-03-01")).toBe("met");
  expect(rule(["livestock", "village"], "2030-01-01")).toBe("met");
  expect(rule([], "2024-03-01")).toBe("not-yet");
  // A pair that ends earlier is judged at its end.
  expect(rule(["livestock"], "2025-06-30", "2025-06-30")).toBe("not-yet");
  expect(rule(["livestock"], "2025-07-01", "2025-06-30")).toBe("not-met");
  expect(yearsAfter("2024-02-29", 4)).toBe("2028-02-29");
});

test("agreed goes before promised", () => {
  const standings = modelStandings(new Set(["livestock"]), new Set(["livestock", "training"]));
  expect(standings.map(({ state }) => state)).toEqual(["agreed", "none", "promised", "none"]);
});

const version = (over: Partial<PromiseVersion>): PromiseVersion => ({
  id: `v${over.version ?? 1}`,
  pair: "p",
  commune: { code: "20443", name: "Hùng Sơn", fullName: "Xã Hùng Sơn", validFrom: "2025-07-01" },
  year: 2026,
  model: "livestock",
  version: 1,
  money: 100n,
  goods: [],
  organisation: { vi: "Mới", en: "New" },
  promisedOn: "2026-02-01",
  answer: null,
  ...over,
});
const answer = (outcome: "confirmed" | "declined") => ({
  outcome,
  reason: null,
  organisation: { vi: "Xã", en: "Commune" },
  on: "2026-02-10",
});

test("what both signed holds while a change waits or was declined", () => {
  const first = version({ answer: answer("confirmed") });
  const [waits] = promisesOf([first, version({ version: 2, money: 80n })]);
  expect(waits).toMatchObject({ signed: { version: 1 }, waiting: { version: 2 }, declined: null });
  const [declined] = promisesOf([version({ version: 2, answer: answer("declined") }), first]);
  expect(declined).toMatchObject({
    signed: { version: 1 },
    waiting: null,
    declined: { version: 2 },
  });
  const both = promisesOf([
    first,
    version({ id: "w", year: 2025 }),
    version({ id: "x", model: "village" }),
  ]);
  expect(both.map(({ year }) => year)).toEqual([2026, 2026, 2025]);
});

test("a pair has its years, and its task passes to another body with a day", () => {
  expect(yearsOf(PAIR, "2026-11-23")).toEqual([2025, 2024, 2023, 2022]);
  expect(yearsOf({ from: "2025-01-01", to: null }, "2026-11-23")).toEqual([2026, 2025]);
  expect(standsIn(PAIR, 2025)).toBe(true);
  expect(standsIn(PAIR, 2026)).toBe(false);
  expect(actingGiver(PAIR, "2025-06-30").id).toBe("old");
  expect(actingGiver(PAIR, "2025-07-01").id).toBe("new");
});

test("a promise has sound figures", () => {
  const wish = { money: 1n, goods: [] };
  expect(wrongFigures(wish)).toBeUndefined();
  // Taking back is an act of its own: an empty form promises nothing and takes nothing back.
  expect(wrongFigures({ ...wish, money: 0n })?.code).toBe("twinning.nothing");
  expect(wrongFigures({ ...wish, money: -1n })?.code).toBe("twinning.bad-money");
  for (const goods of [
    [{ what: " ", quantity: 1, unit: "con" }],
    [{ what: "bò", quantity: 0, unit: "con" }],
    [{ what: "bò", quantity: 1.5, unit: "con" }],
    Array.from({ length: 11 }, () => ({ what: "bò", quantity: 1, unit: "con" })),
  ]) {
    expect(wrongFigures({ ...wish, goods })?.code).toBe("twinning.bad-goods");
  }
});

test("a promise is for one of the models, whatever was sent", async () => {
  const desk = {
    official: { write: () => Promise.reject(new Error("nothing is read for it")) },
    now: () => 0,
    newId: () => "id",
  };
  const person = { id: "a", name: "A", grants: [], secondFactor: true };
  for (const model of ["fishing", "", "__proto__"]) {
    const wish = { pair: "p", commune: "1", year: 2026, money: 1n, goods: [], version: 0, key: "" };
    expect(await makePromise(desk, person, { ...wish, model })).toEqual({
      ok: false,
      problem: { code: "twinning.bad-model", model },
    });
  }
});

test("a new promise opens on what is not promised yet: this year before the next", () => {
  const taken = (commune: string, year: number, model: Model) => ({
    commune: { code: commune } as PlaceName,
    year,
    model,
  });
  const of = {
    communes: ["1", "2"],
    years: [2026, 2027],
    models: ["livestock", "training"] as Model[],
  };
  expect(firstFree([], of)).toEqual({ commune: "1", year: 2026, model: "livestock" });
  const one = taken("1", 2026, "livestock");
  expect(firstFree([one], of)).toEqual({ commune: "1", year: 2026, model: "training" });
  const first = [one, taken("1", 2026, "training")];
  expect(firstFree(first, of)).toEqual({ commune: "2", year: 2026, model: "livestock" });
  const whole = of.models.flatMap((model) => of.communes.map((code) => taken(code, 2026, model)));
  expect(firstFree(whole, of)).toEqual({ commune: "1", year: 2027, model: "livestock" });
  expect(firstFree(whole, { ...of, years: [2026] })).toBeUndefined();
});
