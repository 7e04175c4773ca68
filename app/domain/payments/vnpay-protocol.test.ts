import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  contradicts,
  decideIpn,
  dongOf,
  type IpnFacts,
  meaningKey,
  payerAddress,
  plainOrderInfo,
  queryIsDue,
  rawCode,
  settledState,
  signedText,
  stateOfQuery,
  vnpAmountOf,
} from "./vnpay-protocol.ts";

const told = (fields: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> =>
  new Map(
    Object.entries({
      vnp_TmnCode: "OURS",
      vnp_Amount: "20000000",
      vnp_ResponseCode: "00",
      vnp_TransactionStatus: "00",
      ...fields,
    }),
  );

const facts = (more: Partial<IpnFacts> = {}): IpnFacts => ({
  signatureValid: true,
  tmnCode: "OURS",
  fields: told(),
  payment: { amount: 200_000n },
  ...more,
});

describe("the answer table", () => {
  const paid = { amount: 200_000n, outcome: { state: "paid", inbox: 7 } } as const;
  it.each([
    [
      "wrong signature before anything else",
      { signatureValid: false, fields: told({ vnp_TmnCode: "X" }) },
      "97",
    ],
    ["another merchant", { fields: told({ vnp_TmnCode: "X" }) }, "01"],
    ["no merchant", { fields: new Map() }, "01"],
    ["unknown reference", { payment: undefined }, "01"],
    ["other amount", { fields: told({ vnp_Amount: "20000001" }) }, "04"],
    ["other amount, also when settled", { fields: told({ vnp_Amount: "1" }), payment: paid }, "04"],
    ["settled before", { payment: paid }, "02"],
    ["settled before by this very event", { payment: paid, inbox: 7 }, "00"],
    ["settled before by another event", { payment: paid, inbox: 8 }, "02"],
    ["codes missing", { fields: told({ vnp_ResponseCode: "" }) }, "99"],
    ["not finished", { fields: told({ vnp_TransactionStatus: "01" }) }, "99"],
    ["good", {}, "00"],
    ["failed", { fields: told({ vnp_ResponseCode: "24", vnp_TransactionStatus: "02" }) }, "00"],
  ] as [string, Partial<IpnFacts>, string][])("%s", (_, more, answer) => {
    expect(decideIpn(facts(more)).answer).toBe(answer);
  });

  it("whatever comes, it answers, and settles as paid only when everything fits", () => {
    const value = fc.oneof(
      fc.constantFrom("00", "01", "02", "07", "24", "OURS", "20000000", ""),
      fc.string(),
    );
    const fields = fc.record({
      vnp_TmnCode: value,
      vnp_Amount: value,
      vnp_ResponseCode: value,
      vnp_TransactionStatus: value,
    });
    fc.assert(
      fc.property(fields, fc.boolean(), (some, signatureValid) => {
        const decision = decideIpn(
          facts({ signatureValid, fields: new Map(Object.entries(some)) }),
        );
        expect(["00", "01", "02", "04", "97", "99"]).toContain(decision.answer);
        const good =
          signatureValid &&
          some.vnp_TmnCode === "OURS" &&
          some.vnp_Amount === "20000000" &&
          some.vnp_ResponseCode === "00" &&
          some.vnp_TransactionStatus === "00";
        expect(decision.act === "settle" && decision.state === "paid").toBe(good);
      }),
    );
  });
});

it("both codes make the state", () => {
  expect(settledState("00", "00")).toBe("paid");
  expect(settledState("00", "02")).toBe("failed");
  expect(settledState("24", "00")).toBe("failed");
  expect(settledState("07", "00")).toBe("held");
  expect(settledState("00", "07")).toBe("held");
  expect(settledState("00", "05")).toBe("held");
  expect(settledState("00", "04")).toBe("failed");
  expect(settledState("00", "01")).toBe("pending");
});

it("money told of after a payment ended without it contradicts", () => {
  expect(contradicts("failed", "paid")).toBe(true);
  expect(contradicts("held", "paid")).toBe(true);
  expect(contradicts("failed", "held")).toBe(true);
  expect(contradicts("failed", "failed")).toBe(false);
  expect(contradicts("paid", "failed")).toBe(false);
  expect(contradicts("paid", "held")).toBe(false);
});

it("amounts are exact and whole", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 999_999_999_999n }), (amount) => {
      expect(dongOf(vnpAmountOf(amount))).toBe(amount);
    }),
  );
  for (const text of [
    undefined,
    "",
    "1",
    "99",
    "20000001",
    "-100",
    "1e5",
    "100.0",
    " 100",
    "9".repeat(15),
  ]) {
    expect(dongOf(text)).toBeUndefined();
  }
});

it("signs what came and nothing else", () => {
  expect(
    signedText([
      ["vnp_B", "2"],
      ["lang", "vi"],
      ["vnp_A", "1 ủ"],
      ["vnp_C", ""],
      ["vnp_SecureHash", "x"],
    ]),
  ).toBe("vnp_A=1+%E1%BB%A7&vnp_B=2");
  expect(
    signedText([
      ["vnp_A", "1"],
      ["vnp_A", "2"],
    ]),
  ).toBeUndefined();
});

it("keeps to signs on which all encoders agree", () => {
  expect(plainOrderInfo("Ủng hộ xã Đắc Pring (lần 1)! 100%")).toBe("Ung ho xa Dac Pring lan 1 100");
  expect(payerAddress("::1")).toBe("127.0.0.1");
  expect(payerAddress("unknown")).toBe("127.0.0.1");
  expect(payerAddress("2001:db8::1")).toBe("2001:db8::1");
});

it("every code has words, those we do not know the general ones", () => {
  expect(meaningKey("00")).toBe("vnpay.00");
  expect(meaningKey("24/02")).toBe("vnpay.24");
  expect(meaningKey("00/02")).toBe("vnpay.not-finished");
  expect(meaningKey("05")).toBe("vnpay.other");
  expect(meaningKey("checkout.session.expired")).toBe("stripe.expired");
  expect(meaningKey("checkout.session.async_payment_failed")).toBe("stripe.failed");
  expect(meaningKey("checkout.session.completed")).toBe("stripe.paid");
  expect(rawCode(told({ vnp_TransactionStatus: "02" }))).toBe("00/02");
});

it("a query's answer tells the state of our payment or nothing", () => {
  expect(stateOfQuery(told(), 200_000n)).toBe("paid");
  expect(stateOfQuery(told({ vnp_ResponseCode: "91" }), 200_000n)).toBe("open");
  expect(stateOfQuery(told({ vnp_TransactionStatus: "01" }), 200_000n)).toBe("open");
  expect(stateOfQuery(told({ vnp_TransactionStatus: "02" }), 200_000n)).toBe("failed");
  expect(stateOfQuery(told({ vnp_Amount: "100" }), 200_000n)).toBe("wrong-amount");
});

it("asks at 20 minutes, 1, 6 and 24 hours after the window, then never", () => {
  const due = [0, 1, 2, 3].map((asked) =>
    [1_200, 3_600, 21_600, 86_400].map((after) => queryIsDue(0, asked, after)),
  );
  expect(due).toEqual([
    [true, true, true, true],
    [false, true, true, true],
    [false, false, true, true],
    [false, false, false, true],
  ]);
  expect(queryIsDue(0, 0, 1_199)).toBe(false);
  expect(queryIsDue(0, 4, 1e9)).toBe(false);
});

it("the payer's address is in IPv4 as VNPay knows it, and never anything else", () => {
  expect(payerAddress("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(payerAddress("::FFFF:127.0.0.1")).toBe("127.0.0.1");
  expect(payerAddress("2001:db8::7")).toBe("2001:db8::7");
  expect(payerAddress("::1")).toBe("127.0.0.1");
  expect(payerAddress("unknown")).toBe("127.0.0.1");
});
