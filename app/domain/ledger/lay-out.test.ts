import { describe, expect, test } from "vitest";

import { must } from "../kernel/result.ts";
import { accountSpec } from "./chart.ts";
import type { Leg } from "./entry.ts";
import { type AccountState, layOut } from "./lay-out.ts";

/** States after these legs, beginning with nothing. */
function after(legs: readonly Leg[]): ReadonlyMap<string, AccountState> {
  return must(layOut(new Map(), legs)).states;
}

const gift = (to: string, amount: bigint): Leg => ({ from: "world:donor:bank", to, amount });

describe("numbers", () => {
  test("gifts take the next numbers, from 1", () => {
    const laid = must(layOut(new Map(), [gift("fund:A", 50n), gift("fund:A", 7n)]));
    expect(laid.movements).toEqual([
      { from: "world:donor:bank", to: "fund:A", amount: 50n, toLo: 1n },
      { from: "world:donor:bank", to: "fund:A", amount: 7n, toLo: 51n },
    ]);
    expect(laid.opens).toEqual(["world:donor:bank", "fund:A"]);
    expect(laid.units).toEqual(["VND", "VND"]);
    expect(laid.states.get("fund:A")).toMatchObject({
      received: 57n,
      sent: 0n,
      free: [{ lo: 1n, length: 57n }],
    });
  });

  test("payments take the lowest numbers, and a hole makes two movements", () => {
    const before = after([
      gift("fund:A", 100n),
      {
        from: "fund:A",
        to: "refund:payable:A",
        amount: 10n,
        take: [{ lo: 21n, length: 10n }],
      },
    ]);
    const laid = must(layOut(before, [{ from: "fund:A", to: "commune:1:A", amount: 50n }]));
    expect(laid.movements).toEqual([
      { from: "fund:A", to: "commune:1:A", amount: 20n, fromLo: 1n, toLo: 1n },
      { from: "fund:A", to: "commune:1:A", amount: 30n, fromLo: 31n, toLo: 21n },
    ]);
    expect(laid.opens).toEqual(["commune:1:A"]);
    expect(laid.states.get("fund:A")?.free).toEqual([{ lo: 61n, length: 40n }]);
  });

  test("what comes back gets new numbers at the head", () => {
    const before = after([
      gift("fund:A", 100n),
      { from: "fund:A", to: "commune:1:A", amount: 100n },
    ]);
    const laid = must(layOut(before, [{ from: "commune:1:A", to: "fund:A", amount: 40n }]));
    expect(laid.movements).toEqual([
      { from: "commune:1:A", to: "fund:A", amount: 40n, fromLo: 1n, toLo: 101n },
    ]);
    expect(laid.states.get("fund:A")).toMatchObject({
      received: 140n,
      sent: 100n,
      free: [{ lo: 101n, length: 40n }],
    });
  });

  test("a later leg takes what an earlier one brought, not what lay there before", () => {
    const before = after([gift("refund:payable:A", 5n), gift("fund:A", 100n)]);
    const laid = must(
      layOut(before, [
        { from: "fund:A", to: "refund:payable:A", amount: 8n, take: [{ lo: 3n, length: 8n }] },
        { from: "refund:payable:A", to: "world:refund", amount: 8n, take: { broughtBy: 0 } },
      ]),
    );
    expect(laid.movements).toEqual([
      { from: "fund:A", to: "refund:payable:A", amount: 8n, fromLo: 3n, toLo: 6n },
      { from: "refund:payable:A", to: "world:refund", amount: 8n, fromLo: 6n },
    ]);
    expect(laid.states.get("refund:payable:A")?.free).toEqual([{ lo: 1n, length: 5n }]);
  });

  test("heads are counted, not numbered", () => {
    const laid = must(
      layOut(new Map(), [
        { from: "world:market:BO", to: "herd:1:BO:r1", amount: 2n, animal: "LD1-1" },
        { from: "herd:1:BO:r1", to: "herd:1:BO:r2", amount: 1n },
      ]),
    );
    expect(laid.movements).toEqual([
      { from: "world:market:BO", to: "herd:1:BO:r1", amount: 2n, animal: "LD1-1" },
      { from: "herd:1:BO:r1", to: "herd:1:BO:r2", amount: 1n },
    ]);
    expect(laid.units).toEqual(["BO", "BO"]);
  });
});

describe("refusals", () => {
  const before = new Map(after([gift("fund:A", 100n)]));
  before.set("fund:OLD", {
    spec: must(accountSpec("fund:OLD")),
    received: 9n,
    sent: 0n,
    free: [{ lo: 1n, length: 9n }],
    closed: true,
  });

  test.each<[string, Leg, object]>([
    ["nothing", gift("fund:A", 0n), { code: "ledger.not-positive", amount: 0n }],
    ["less than nothing", gift("fund:A", -5n), { code: "ledger.not-positive", amount: -5n }],
    [
      "to itself",
      { from: "fund:A", to: "fund:A", amount: 1n },
      { code: "ledger.same-account", account: "fund:A" },
    ],
    ["to nowhere", gift("fun:A", 1n), { code: "ledger.unknown-account", account: "fun:A" }],
    [
      "money into a herd",
      { from: "fund:A", to: "herd:1:BO:r1", amount: 1n },
      { code: "ledger.units-differ", from: "fund:A", to: "herd:1:BO:r1" },
    ],
    [
      "cows into goats",
      { from: "world:market:BO", to: "herd:1:DE:r1", amount: 1n },
      { code: "ledger.units-differ", from: "world:market:BO", to: "herd:1:DE:r1" },
    ],
    [
      "more than there is",
      { from: "fund:A", to: "commune:1:A", amount: 101n },
      { code: "ledger.not-enough", account: "fund:A", missing: 1n },
    ],
    [
      "from an account nobody used",
      { from: "fund:B", to: "commune:1:B", amount: 3n },
      { code: "ledger.not-enough", account: "fund:B", missing: 3n },
    ],
    [
      "heads that are not there",
      { from: "herd:1:BO:r1", to: "world:death:BO", amount: 1n },
      { code: "ledger.not-enough", account: "herd:1:BO:r1", missing: 1n },
    ],
    [
      "out of a closed account",
      { from: "fund:OLD", to: "fund:A", amount: 1n },
      { code: "ledger.account-closed", account: "fund:OLD" },
    ],
    [
      "into a closed account",
      gift("fund:OLD", 1n),
      { code: "ledger.account-closed", account: "fund:OLD" },
    ],
    [
      "numbers that are not there",
      {
        from: "fund:A",
        to: "commune:1:A",
        amount: 5n,
        take: [{ lo: 99n, length: 5n }],
      },
      { code: "ledger.moved-on", account: "fund:A", lo: 99n, length: 5n },
    ],
    [
      "fewer numbers than đồng",
      { from: "fund:A", to: "commune:1:A", amount: 5n, take: [{ lo: 1n, length: 4n }] },
      { code: "ledger.not-enough", account: "fund:A", missing: 1n },
    ],
    [
      "what no leg brought",
      { from: "fund:A", to: "commune:1:A", amount: 5n, take: { broughtBy: 7 } },
      { code: "ledger.not-enough", account: "fund:A", missing: 5n },
    ],
  ])("%s", (_, leg, problem) => {
    expect(layOut(before, [leg])).toEqual({ ok: false, problem });
  });

  test("legs see what earlier legs of the entry took", () => {
    const half: Leg = { from: "fund:A", to: "commune:1:A", amount: 60n };
    expect(layOut(before, [half, half])).toMatchObject({
      problem: { code: "ledger.not-enough", missing: 20n },
    });
    expect(layOut(before, [gift("fund:A", 20n), half, half]).ok).toBe(true);
  });
});
