import { describe, expect, test } from "vitest";

import { must } from "../kernel/result.ts";
import type { Leg } from "./entry.ts";
import { type AccountState, layOut } from "./lay-out.ts";
import { reversalDraft, reversalLegs } from "./reversal.ts";

const gift: Leg = { from: "world:donor:bank", to: "fund:A", amount: 100n };
const begun = must(layOut(new Map(), [gift])).states;

function run(before: ReadonlyMap<string, AccountState>, legs: readonly Leg[]) {
  const laid = must(layOut(before, legs));
  return { movements: laid.movements, states: new Map([...before, ...laid.states]) };
}

describe("turning an entry round", () => {
  test("last movement first, each turned, with the numbers it brought", () => {
    const legs = must(
      reversalLegs("purchase", [
        {
          from: "proc:A:1",
          to: "delivered:1:A:r1",
          amount: 9n,
          fromLo: 4n,
          toLo: 20n,
          animal: "A-1",
        },
        { from: "world:market:BO", to: "herd:1:BO:r1", amount: 1n, animal: "A-1" },
      ]),
    );
    expect(legs).toEqual([
      { from: "herd:1:BO:r1", to: "world:market:BO", amount: 1n, animal: "A-1" },
      {
        from: "delivered:1:A:r1",
        to: "proc:A:1",
        amount: 9n,
        take: [{ lo: 20n, length: 9n }],
        animal: "A-1",
      },
    ]);
  });

  test("balances are as before; the numbers are new", () => {
    const paid = run(begun, [{ from: "fund:A", to: "commune:1:A", amount: 30n }]);
    const undone = run(paid.states, must(reversalLegs("disbursement", paid.movements)));
    expect(undone.movements).toEqual([
      { from: "commune:1:A", to: "fund:A", amount: 30n, fromLo: 1n, toLo: 101n },
    ]);
    expect(undone.states.get("commune:1:A")?.free).toEqual([]);
    expect(undone.states.get("fund:A")?.free).toEqual([{ lo: 31n, length: 100n }]);
  });

  test("numbers that moved on, even in part, are not taken from elsewhere", () => {
    const paid = run(begun, [{ from: "fund:A", to: "commune:1:A", amount: 30n }]);
    const onwards = run(paid.states, [
      { from: "commune:1:A", to: "proc:A:1", amount: 1n },
      // There is enough on the account, but not these numbers.
      { from: "fund:A", to: "commune:1:A", amount: 50n },
    ]);
    expect(
      layOut(onwards.states, must(reversalLegs("disbursement", paid.movements))),
    ).toMatchObject({
      ok: false,
      problem: { code: "ledger.moved-on", account: "commune:1:A", lo: 1n, length: 30n },
    });
  });

  test("a refund passes an account on its way out, and on its way back", () => {
    const holed = run(begun, [{ from: "fund:A", to: "commune:1:A", amount: 10n }]);
    const out: Leg[] = [
      {
        from: "fund:A",
        to: "refund:payable:A",
        amount: 7n,
        take: [
          { lo: 21n, length: 3n },
          { lo: 31n, length: 4n },
        ],
      },
      { from: "refund:payable:A", to: "world:refund", amount: 7n, take: { broughtBy: 0 } },
    ];
    const refunded = run(holed.states, out);
    // Another refund in between uses the same account.
    const other = run(refunded.states, [
      { from: "fund:A", to: "refund:payable:A", amount: 5n, take: [{ lo: 50n, length: 5n }] },
    ]);
    const undone = run(other.states, must(reversalLegs("refund", refunded.movements)));
    expect(undone.states.get("refund:payable:A")?.free).toEqual([{ lo: 8n, length: 5n }]);
    expect(undone.states.get("fund:A")).toMatchObject({ received: 107n, sent: 22n });
    expect(undone.movements.filter(({ to }) => to === "fund:A")).toEqual([
      { from: "refund:payable:A", to: "fund:A", amount: 4n, fromLo: 13n, toLo: 101n },
      { from: "refund:payable:A", to: "fund:A", amount: 3n, fromLo: 17n, toLo: 105n },
    ]);
  });

  test.each(["reversal", "period-close", "succession"] as const)("a %s stands", (kind) => {
    expect(reversalLegs(kind, [])).toEqual({
      ok: false,
      problem: { code: "ledger.cannot-reverse", kind },
    });
  });

  test("the draft names its entry, and its key is that of the only reversal there can be", () => {
    const act = { effectiveOn: "2024-05-02", reason: "entered-twice", role: "committee" } as const;
    expect(must(reversalDraft({ number: 7, kind: "disbursement", movements: [] }, act))).toEqual({
      key: "reversal:7",
      kind: "reversal",
      reverses: 7,
      legs: [],
      ...act,
    });
  });
});
