import { expect, test } from "vitest";

import { giveFormSchema } from "./give-form.ts";
import { readSentForm } from "./sent-form.ts";

const COWS = { unitPrice: 20_000_000n, perHousehold: 2 };
const KEY = "0f8fad5b-d9cb-469f-a165-70867728950e";

function send(fields: Record<string, string>, pieces: typeof COWS | undefined = COWS) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ formKey: KEY, ...fields })) form.append(name, value);
  return readSentForm(form, giveFormSchema(pieces));
}

function amountOf(fields: Record<string, string>, pieces?: typeof COWS) {
  const sent = send(fields, pieces);
  return sent.status === "success" ? sent.value.amount : sent.error;
}

test("amounts are read as people type them", () => {
  expect(amountOf({ amount: "200.000" })).toBe(200_000n);
  expect(amountOf({ amount: "1,5 triệu" })).toBe(1_500_000n);
  expect(amountOf({ amount: "abc" })).toEqual({ amount: ["amount.not-a-number"] });
  expect(amountOf({ amount: "0" })).toEqual({ amount: ["amount.not-a-number"] });
  expect(amountOf({ amount: "-5" })).toEqual({ amount: ["amount.not-a-number"] });
  expect(amountOf({})).toEqual({ amount: ["amount.missing"] });
});

test("animals and household sets cost what the norm says", () => {
  expect(amountOf({ measure: "units", units: "3" })).toBe(60_000_000n);
  expect(amountOf({ measure: "households", households: "2" })).toBe(80_000_000n);
  expect(amountOf({ measure: "units", units: "1,5" })).toEqual({ units: ["units.not-a-number"] });
  expect(amountOf({ measure: "units", units: "99999" })).toEqual({ units: ["pieces.too-many"] });
});

test("a number beside an unchosen measure is meant, when it is the only one", () => {
  expect(amountOf({ measure: "amount", units: "1" })).toBe(20_000_000n);
  expect(amountOf({ measure: "amount", units: "1", households: "1" })).toEqual({
    amount: ["amount.missing"],
  });
  expect(amountOf({ measure: "amount", amount: "5tr", units: "1" })).toBe(5_000_000n);
});

test("where nothing is counted, only an amount is taken", () => {
  const form = new FormData();
  form.append("formKey", KEY);
  form.append("measure", "units");
  form.append("units", "3");
  const sent = readSentForm(form, giveFormSchema(undefined));
  expect(sent.status).toBe("error");
});

test("days come from a date field or as typed", () => {
  const day = (promisedOn: string) => {
    const sent = send({ amount: "1tr", intent: "promised", promisedOn });
    return sent.status === "success" ? sent.value.promisedOn : sent.error;
  };
  expect(day("2026-12-31")).toBe("2026-12-31");
  expect(day("1/2/2027")).toBe("2027-02-01");
  expect(day("31/02/2027")).toEqual({ promisedOn: ["promise.unreadable"] });
  expect(day("")).toBeUndefined();
});

test("an address to confirm by belongs to a promise, and has to be one", () => {
  const sent = (fields: Record<string, string>) => {
    const read = send({ amount: "1tr", promisedOn: "2026-12-31", ...fields });
    return read.status === "success" ? read.value.confirmEmail : read.error;
  };
  expect(sent({ intent: "promised", confirmEmail: " an@thu.example " })).toBe("an@thu.example");
  expect(sent({ intent: "promised", confirmEmail: "" })).toBeUndefined();
  expect(sent({ intent: "promised", confirmEmail: "an tại thư" })).toEqual({
    confirmEmail: ["email.wrong"],
  });
  // Of a gift to be paid now nobody is written to, whatever the folded field holds.
  expect(sent({ intent: "now", confirmEmail: "an tại thư" })).toBeUndefined();
});

test("what was said yes to is an amount, and where it was typed is known", () => {
  const read = send({ measure: "units", units: "2", sureOf: "40000000" });
  expect(read.status === "success" && read.value).toMatchObject({
    measure: "units",
    amount: 40_000_000n,
    sureOf: 40_000_000n,
  });
  const odd = send({ amount: "1tr", sureOf: "yes" });
  expect(odd.status === "success" && odd.value.sureOf).toBeUndefined();
});

test("hostile fields are refused with a code, not an exception", () => {
  const refused = (fields: Record<string, string>) => send({ amount: "1tr", ...fields }).status;
  expect(refused({ formKey: "x" })).toBe("error");
  expect(refused({ formKey: "'; drop table pledge;--" })).toBe("error");
  expect(refused({ channel: "cash" })).toBe("error");
  expect(refused({ donorName: "a".repeat(201) })).toBe("error");
  expect(refused({ donorName: "<b>Lê</b>" })).toBe("success");
});
