import { expect, test } from "vitest";

import { RULES } from "#db/seeds/norms.ts";

import { chargeOf, chargesOn, CHARGES_RULE, readCharges } from "./charges.ts";

const value = RULES.find(({ code }) => code === CHARGES_RULE)?.value;

test("what a gateway keeps is what the books of the demonstration show it kept", () => {
  const { vnpay, stripe } = readCharges(value);
  // A card gift of 20.000.000 lost 689.500, one of 40.000.000 by VNPay 441.650.
  expect(stripe && chargeOf(stripe, 20_000_000n)).toBe(689_500n);
  expect(vnpay && chargeOf(vnpay, 40_000_000n)).toBe(441_650n);
});

test("a fixed sum above the amount takes the amount and no more", () => {
  expect(chargeOf({ share: 0n, fixed: 9_500n }, 5_000n)).toBe(5_000n);
});

test("what no rule says, or says without sense, is told by nobody", async () => {
  expect(readCharges(undefined)).toEqual({});
  const odd = { vnpay: { share: "10000", fixed: "0" }, stripe: { share: "-1", fixed: "1" } };
  expect(readCharges(odd)).toEqual({});
  const rules = { on: async (code: string) => (code === CHARGES_RULE ? value : undefined) };
  expect((await chargesOn(rules, "2026-12-01")).stripe).toEqual({ share: 340n, fixed: 9_500n });
});
