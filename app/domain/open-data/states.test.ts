import { expect, it } from "vitest";

import { animalState } from "../animals/animal-state.ts";
import { donationState, type Resting } from "./donation-state.ts";

const rest = (...parts: [string, number, Resting["by"]?][]): Resting[] =>
  parts.map(([account, amount, by]) => ({
    account,
    amount: BigInt(amount),
    ...(by === undefined ? {} : { by }),
  }));

it.each([
  ["suspense", 0n, rest(["suspense:KN", 5], ["fund:A", 5])],
  ["reported", 0n, rest(["clearing:vnpay:A", 5])],
  ["received", 0n, rest(["fund:A", 5], ["fee:vnpay:A", 1])],
  ["received", 0n, rest(["commune:1:A", 1])],
  ["received", 0n, rest(["loss:disease:A", 1])],
  ["received", 0n, rest(["fee:vnpay:A", 1])],
  ["received", 4n, rest(["fund:A", 1], ["world:refund", 4, "refund"])],
  ["refunded", 5n, rest(["world:refund", 5, "refund"], ["fee:vnpay:A", 1])],
  ["refunded", 5n, rest(["refund:payable:A", 5, "refund"])],
  ["expired", 5n, rest(["world:donor:stripe", 5, "donation-expired"])],
  ["reversed", 5n, rest(["world:donor:bank", 5, "reversal"])],
])("a gift is %s, %d returned, when it rests so", (state, returned, resting) => {
  expect(donationState(resting)).toEqual({ state, returned });
});

it.each([
  ["alive", { species: "BO", undone: false, events: ["handed-over", "passed-on"] }],
  ["dead", { species: "BO", undone: false, events: ["handed-over", "died", "replaced"] }],
  ["returned", { species: "DE", undone: false, events: ["handed-over", "returned"] }],
  ["delivered", { species: "TB", undone: false, events: ["handed-over"] }],
  ["reversed", { species: "BO", undone: true, events: [] }],
])("a thing is %s", (state, facts) => {
  expect(animalState(facts)).toBe(state);
});
