import { describe, expect, test } from "vitest";

import { must } from "../kernel/result.ts";
import { accountCode, accountSpec, CHANNELS } from "./chart.ts";

const axis = { axis: true, mayBeNegative: false, unit: "VND" };
const plain = { axis: false, mayBeNegative: false, unit: "VND" };
const world = { kind: "world", axis: false, mayBeNegative: true };

describe("each code says what its account is", () => {
  test.each([
    [accountCode.donor("bank"), { ...world, unit: "VND" }],
    [accountCode.clearing("vnpay", "LD1"), { ...axis, kind: "clearing", campaign: "LD1" }],
    [accountCode.suspense("mttq-1"), { ...axis, kind: "suspense" }],
    [accountCode.fund("LD1"), { ...axis, kind: "fund", campaign: "LD1" }],
    [
      accountCode.commune("20455", "LD1"),
      { ...axis, kind: "commune", commune: "20455", campaign: "LD1" },
    ],
    [accountCode.proc("LD1", "P.7"), { ...axis, kind: "proc", campaign: "LD1" }],
    [
      accountCode.delivered("20455", "LD1", 12),
      { ...axis, kind: "delivered", commune: "20455", campaign: "LD1" },
    ],
    [accountCode.fee("stripe", "LD1"), { ...axis, kind: "fee", campaign: "LD1" }],
    [accountCode.refund("LD1"), { ...axis, kind: "refund", campaign: "LD1" }],
    ["refund:payable:suspense", { ...axis, kind: "refund" }],
    [accountCode.loss("flood", "LD1"), { ...axis, kind: "loss", campaign: "LD1" }],
    [accountCode.due("20455"), { ...plain, kind: "due", commune: "20455" }],
    [accountCode.reserve, { ...axis, kind: "reserve" }],
    [accountCode.worldRefund, { ...world, unit: "VND" }],
    [accountCode.worldCompensation, { ...world, unit: "VND" }],
    [accountCode.worldDue, { ...world, unit: "VND" }],
    [accountCode.herd("20455", "BO", 2), { ...plain, kind: "herd", unit: "BO", commune: "20455" }],
    [accountCode.owed("to-1", "DE"), { ...plain, kind: "owed", unit: "DE" }],
    [accountCode.birth("DE"), { ...world, unit: "DE" }],
    [accountCode.death("BO"), { ...world, unit: "BO" }],
    [accountCode.market("BO"), { ...world, unit: "BO" }],
    [accountCode.duty("DE"), { ...world, unit: "DE" }],
  ])("%s", (code, says) => {
    expect(must(accountSpec(code))).toEqual({ code, ...says });
  });

  test("every channel has a donor, a clearing and a fee account", () => {
    for (const channel of CHANNELS) {
      expect(must(accountSpec(accountCode.donor(channel))).mayBeNegative).toBe(true);
      expect(must(accountSpec(accountCode.clearing(channel, "X"))).axis).toBe(true);
      expect(must(accountSpec(accountCode.fee(channel, "X"))).axis).toBe(true);
    }
  });
});

test.each([
  "",
  "fund",
  "fund:",
  "fund:A:B",
  "FUND:LD1",
  " fund:LD1",
  "fund:LD1\n",
  "fund:LD1\nfund:LD2",
  "fund:L D",
  "fund:Lâm",
  "fund:a,b",
  'fund:"',
  "fund:{}",
  "world:donor:momo",
  "world:donor:",
  "world",
  "world:birth:GA",
  "clearing:bank",
  "clearing:momo:LD1",
  "delivered:20455:LD1:r0",
  "delivered:20455:LD1:1",
  "delivered:20455:LD1:r01",
  "herd:20455:TB:r1",
  "owed:to1",
  "reserve:LD1",
  "refund:paid:LD1",
  "loss:flood",
  "nothing:1",
])("%j is no account", (code) => {
  expect(accountSpec(code)).toEqual({
    ok: false,
    problem: { code: "ledger.unknown-account", account: code },
  });
});
