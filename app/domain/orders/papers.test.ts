import { expect, test } from "vitest";

import type { OrderMatter } from "./order.ts";
import { type PaperHistory, paperCounts } from "./papers.ts";

const DOSSIER = [
  { code: "letter", before: "approve" },
  { code: "bank", before: "book" },
] as const;
const M = 1_000_000n;

const pay = (amount: bigint, rest: Partial<{ campaign: string; source: "programme" }> = {}) =>
  ({ kind: "disbursement", campaign: "LD1", source: "donation", amount, ...rest }) as const;

type Step = PaperHistory[number];
const asks = (version: number, matter: OrderMatter, step: Step["step"] = "change"): Step => ({
  step,
  version,
  matter,
  amount: "amount" in matter ? matter.amount : 0n,
});
const does = (version: number, step: Step["step"]): Step => ({
  step,
  version,
  matter: null,
  amount: null,
});
const letter = (version: number, steps: PaperHistory) =>
  paperCounts({ item: "letter", version }, DOSSIER, steps);
const bank = (version: number, steps: PaperHistory) =>
  paperCounts({ item: "bank", version }, DOSSIER, steps);

test("the bank's paper counts for the approval it came after, and for no other", () => {
  const first = [asks(1, pay(M), "request"), does(3, "approve")];
  expect(bank(4, first)).toBe(true);
  const back = [...first, does(5, "send-back")];
  expect(bank(4, back)).toBe(false);
  const again = [...back, asks(6, pay(M)), does(7, "approve")];
  expect(bank(4, again)).toBe(false);
  expect(bank(8, again)).toBe(true);
  expect(bank(8, [...again, does(9, "book")])).toBe(true);
});

test.each([
  ["the same", pay(2n * M), true],
  ["less", pay(M), true],
  ["more", pay(3n * M), false],
  ["another campaign", pay(2n * M, { campaign: "LD2" }), false],
  ["another source", pay(2n * M, { source: "programme" }), false],
])("papers of the request when the change asks for %s", (_, matter, stands) => {
  const steps = [asks(1, pay(2n * M), "request"), does(3, "send-back"), asks(4, matter)];
  expect(letter(2, steps)).toBe(stands);
  expect(letter(5, steps)).toBe(true);
});

test("what was asked for in between is not forgotten", () => {
  const steps = [asks(1, pay(2n * M), "request"), asks(3, pay(M)), asks(4, pay(2n * M))];
  expect(letter(2, steps)).toBe(false);
  const away = [asks(1, pay(M), "request"), asks(3, pay(M, { campaign: "LD2" })), asks(4, pay(M))];
  expect(letter(2, away)).toBe(false);
});

test("another gift, animal or entry needs its own papers; other words about it do not", () => {
  const refund = (gift: string, reason: "donor-asked" | "paid-twice" = "donor-asked") =>
    ({ kind: "refund", gift, reason, way: "bank" }) as const;
  const changed = (one: OrderMatter, other: OrderMatter) =>
    letter(2, [asks(1, one, "request"), asks(3, other)]);
  expect(changed(refund("QNA"), refund("QNB"))).toBe(false);
  expect(changed(refund("QNA"), refund("QNA", "paid-twice"))).toBe(true);
  const loss = (animal: string, cause: "death" = "death") =>
    ({ kind: "write-off", animal, cause }) as unknown as OrderMatter;
  expect(changed(loss("LD-1"), loss("LD-2"))).toBe(false);
  const turned = (entry: number) => ({ kind: "reversal", entry, reason: "entered-twice" }) as const;
  expect(changed(turned(5), turned(6))).toBe(false);
});
