import { expect, test } from "vitest";

import { MONEY_KINDS } from "../people/office-act.ts";
import type { OrderMatter } from "./order.ts";
import { readOrder, typedOrder } from "./read-order.ts";

const MATTERS: readonly OrderMatter[] = [
  { kind: "disbursement", campaign: "LD1", amount: 400_000_000n, source: "donation" },
  {
    kind: "advance",
    campaign: "LD1",
    purchase: "P03",
    amount: 21_000_000n,
    source: "programme",
    heads: 1,
    priceReason: "price-market",
  },
  { kind: "return", campaign: "LD1", amount: 5n },
  { kind: "return", campaign: "LD1", amount: 5n, purchase: "P03" },
  { kind: "refund", gift: "QNK7F3K27", reason: "paid-twice", way: "bank" },
  { kind: "refund", gift: "QNK7F3K27-2", reason: "donor-asked", way: "bank", spentBy: "reserve" },
  { kind: "redesignation", from: "LD1", to: "LD2", amount: 5n, reason: "surplus" },
  { kind: "redesignation", gift: "QNS", to: "LD1" },
  { kind: "write-off", animal: "LD1-0107", cause: "disease" },
  { kind: "reversal", entry: 48213, reason: "entered-twice" },
];

test.each(MATTERS)("$kind is read as it was typed", (matter) => {
  const read = readOrder(matter.kind, typedOrder(matter));
  expect(read).toEqual({ ok: true, value: matter });
});

test("amounts and numbers are read as people write them", () => {
  const read = readOrder("disbursement", {
    campaign: " LD1 ",
    amount: "400 triệu",
    source: "donation",
  });
  expect(read.ok && read.value).toMatchObject({ amount: 400_000_000n, campaign: "LD1" });
  const entry = readOrder("reversal", { entry: "#48.213", reason: "entered-twice" });
  expect(entry.ok && entry.value).toMatchObject({ entry: 48_213 });
});

test.each(MONEY_KINDS)("an empty form of %s names each field that is needed, once", (kind) => {
  const read = readOrder(kind, {});
  if (read.ok) throw new Error("an empty form was read");
  expect(read.problem.faults.length).toBeGreaterThan(0);
  expect(read.problem.faults.every(({ code }) => code === "missing")).toBe(true);
  const fields = read.problem.faults.map(({ field }) => field);
  expect(new Set(fields).size).toBe(fields.length);
});

test("what is no code, amount or reason is named, never guessed", () => {
  const read = readOrder("advance", {
    campaign: "LD1'; drop",
    purchase: "P03",
    amount: "1,5",
    source: "theft",
    heads: "-2",
  });
  expect(!read.ok && read.problem.faults.map(({ field }) => field)).toEqual([
    "campaign",
    "amount",
    "source",
    "heads",
  ]);
});
