/** Every vector of tests/vectors/payments.json, by its id. */
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

import Stripe from "stripe";
import { describe, expect, it } from "vitest";

import { checkSign, isReferenceCode } from "#app/domain/kernel/reference-code.ts";
import { crc16, readVietQr, vietQrPayload } from "#app/domain/payments/vietqr.ts";
import {
  decideIpn,
  dongOf,
  fieldsOf,
  type Pairs,
  QUERY_ANSWER_FIELDS,
  REFUND_ANSWER_FIELDS,
  signedText,
  vnpAmountOf,
} from "#app/domain/payments/vnpay-protocol.ts";

import {
  cassoSignatureFits,
  cassoText,
  payosSignatureFits,
  payosText,
  sepaySignatureFits,
} from "./bank-notices.ts";
import { stripeGateway } from "./stripe.ts";
import { checkAnswer, signatureFits, vnpayGateway, vnpaySignature } from "./vnpay.ts";

interface Vectors {
  meta: { vnpaySecret: string; vnpayTmnCode: string };
  vnpayPay: {
    id: string;
    amountVnd: number;
    params: Record<string, string>;
    signed: string;
    secureHash: string;
  }[];
  vnpayIpn: {
    id: string;
    query: Record<string, string>;
    expect: { signature: boolean; paid?: boolean; amountVnd?: number; answer?: string };
  }[];
  vnpayApi: { id: string; command: string; signed: string; secureHash: string }[];
  vietqr: {
    id: string;
    bin?: string;
    acc?: string;
    amount?: string;
    memo?: string;
    service?: "QRIBFTTA" | "QRIBFTTC";
    payload: string;
  }[];
  stripe: { secret: string; timestamp: number; payload: string; header: string }[];
  payos: {
    checksumKey: string;
    data: Record<string, unknown>;
    signed: string;
    signature: string;
  }[];
  sepay: { secret: string; timestamp: number; rawBody: string; header: string }[];
  casso: { secret: string; timestamp: number; body: unknown; signed: string; header: string }[];
  paymentCode: { id: string; body: string; check: string; code: string; valid: boolean }[];
}

const vectors = JSON.parse(
  readFileSync(new URL("../../tests/vectors/payments.json", import.meta.url), "utf8"),
) as Vectors;
const secret = vectors.meta.vnpaySecret;
const gateway = vnpayGateway({
  tmnCode: vectors.meta.vnpayTmnCode,
  secret,
  payUrl: "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html",
  apiUrl: "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction",
});

it("has all 36 vectors", () => {
  const lists = Object.values(vectors).filter(Array.isArray);
  expect(lists.reduce((sum, list) => sum + list.length, 0)).toBe(36);
});

describe("VNPay payment address", () => {
  it.each(vectors.vnpayPay)("$id: signed text and signature", (vector) => {
    const pairs: Pairs = Object.entries(vector.params);
    expect(signedText(pairs)).toBe(vector.signed);
    expect(vnpaySignature(secret, vector.signed)).toBe(vector.secureHash);
    expect(dongOf(vector.params["vnp_Amount"])).toBe(BigInt(vector.amountVnd));
    expect(vnpAmountOf(BigInt(vector.amountVnd))).toBe(vector.params["vnp_Amount"]);
  });

  it("V1 as an order: the package writes the same fields, our dates, and our signature fits them", () => {
    const url = new URL(
      gateway.paymentUrl({
        ref: "QN2611230001",
        amount: 200_000n,
        info: "Ủng hộ QN2611230001",
        address: "203.0.113.10",
        locale: "vi",
        returnUrl: "https://ketnghia.example/vnpay/return",
        createdAt: Date.UTC(2026, 10, 23, 2, 0, 0) / 1000,
        expiresAt: Date.UTC(2026, 10, 23, 2, 15, 0) / 1000,
      }),
    );
    const sent = Object.fromEntries(url.searchParams);
    expect(sent).toMatchObject({
      ...vectors.vnpayPay[0]?.params,
      vnp_OrderInfo: "Ung ho QN2611230001",
      vnp_ExpireDate: "20261123091500",
    });
    expect(sent["vnp_SecureHash"]).toHaveLength(128);
    expect(gateway.signatureFits([...url.searchParams])).toBe(true);
  });

  it("V5 as an order: the largest amount stays exact", () => {
    const url = gateway.paymentUrl({
      ref: "QN2611230005",
      amount: 9_999_999_999n,
      info: "Toi da",
      address: "203.0.113.10",
      locale: "en",
      returnUrl: "https://ketnghia.example/vnpay/return",
      createdAt: 1_795_395_600,
      expiresAt: 1_795_396_500,
    });
    expect(new URL(url).searchParams.get("vnp_Amount")).toBe("999999999900");
  });
});

describe("VNPay notices", () => {
  it.each(vectors.vnpayIpn)("$id", ({ query, expect: wanted }) => {
    const pairs: Pairs = Object.entries(query);
    const signatureValid = signatureFits(secret, pairs);
    expect(signatureValid).toBe(wanted.signature);
    const decision = decideIpn({
      signatureValid,
      tmnCode: vectors.meta.vnpayTmnCode,
      fields: fieldsOf(pairs),
      payment: { amount: 200_000n },
    });
    if (wanted.answer !== undefined) expect(wanted.answer).toContain(decision.answer);
    if (wanted.paid !== undefined) {
      expect(decision).toMatchObject({ answer: "00", state: wanted.paid ? "paid" : "failed" });
    }
    if (wanted.amountVnd !== undefined) {
      expect(dongOf(query["vnp_Amount"])).toBe(BigInt(wanted.amountVnd));
    }
  });
});

// docs/stack.md, vnpay: what its own checks let pass.
describe("VNPay API", () => {
  it.each(vectors.vnpayApi)("$id: $command", ({ signed, secureHash }) => {
    expect(vnpaySignature(secret, signed)).toBe(secureHash);
  });

  it.each([
    ["A3", QUERY_ANSWER_FIELDS],
    ["A4", REFUND_ANSWER_FIELDS],
  ] as const)("%s as an answer is believed, changed or unsigned it is not", (id, order) => {
    const vector = vectors.vnpayApi.find((one) => one.id === id);
    const values = vector?.signed.split("|") ?? [];
    const answer = new Map(order.map((name, n) => [name as string, values[n] ?? ""]));
    const check = (changed: Map<string, string>) =>
      checkAnswer(secret, vectors.meta.vnpayTmnCode, "QN2611230001", changed, order);
    expect(check(answer)).toMatchObject({ ok: false, problem: { code: "vnpay.unsigned" } });
    answer.set("vnp_SecureHash", vector?.secureHash ?? "");
    expect(check(answer).ok).toBe(true);
    expect(check(new Map(answer).set("vnp_Amount", "200000"))).toMatchObject({
      problem: { code: "vnpay.wrong-signature" },
    });
    expect(
      checkAnswer(secret, vectors.meta.vnpayTmnCode, "QN2611230009", answer, order),
    ).toMatchObject({ problem: { code: "vnpay.not-ours" } });
  });
});

describe("VietQR", () => {
  it.each(vectors.vietqr.filter(({ id }) => id !== "Q7"))("$id", (vector) => {
    const wish = {
      bin: vector.bin ?? "",
      account: vector.acc ?? "",
      service: vector.service ?? "QRIBFTTA",
      ...(vector.amount === undefined ? {} : { amount: BigInt(vector.amount) }),
      ...(vector.memo === undefined ? {} : { memo: vector.memo }),
    };
    expect(readVietQr(vector.payload)).toEqual({ ok: true, value: wish });
    expect(crc16(vector.payload.slice(0, -4))).toBe(vector.payload.slice(-4));
    const ascii = /^[ -~]*$/.test(vector.memo ?? "");
    expect(vietQrPayload(wish)).toMatchObject(
      ascii ? { ok: true, value: vector.payload } : { ok: false, problem: { code: "vietqr.memo" } },
    );
  });

  it("Q7: a changed amount under the old CRC is refused", () => {
    const changed = vectors.vietqr.find(({ id }) => id === "Q7");
    expect(readVietQr(changed?.payload ?? "")).toMatchObject({
      problem: { code: "vietqr.wrong-crc" },
    });
  });
});

describe("payment codes", () => {
  it.each(vectors.paymentCode)("$id $code", ({ body, check, code, valid }) => {
    expect(isReferenceCode(code)).toBe(valid);
    expect(checkSign(body) === check).toBe(valid);
  });
});

describe("webhook signatures", () => {
  // docs/stack.md, stripe
  it("S1: Stripe", async () => {
    const [vector] = vectors.stripe;
    if (!vector) throw new Error("no vector");
    const stripe = stripeGateway({ secretKey: "sk_test_x", webhookSecret: vector.secret });
    const body = Buffer.from(vector.payload);
    expect(await stripe.signatureFits(body, vector.header, vector.timestamp + 300)).toBe(true);
    expect(await stripe.signatureFits(body, vector.header, vector.timestamp + 301)).toBe(false);
    const changed = Buffer.from(vector.payload.replace("200000", "900000"));
    expect(await stripe.signatureFits(changed, vector.header, vector.timestamp)).toBe(false);
    expect(
      await stripe.signatureFits(body, vector.header.replace("v1=", "v0="), vector.timestamp),
    ).toBe(false);
    const made = new Stripe("sk_test_x").webhooks.generateTestHeaderString({
      payload: vector.payload,
      secret: vector.secret,
      timestamp: vector.timestamp,
    });
    expect(made).toBe(vector.header);
  });

  it("E1: SePay", () => {
    const [vector] = vectors.sepay;
    if (!vector) throw new Error("no vector");
    const body = Buffer.from(vector.rawBody);
    const headers = { signature: vector.header, timestamp: String(vector.timestamp) };
    const fits = (bytes: Buffer, now: number) =>
      sepaySignatureFits(vector.secret, bytes, headers, now);
    expect(fits(body, vector.timestamp + 300)).toBe(true);
    expect(fits(body, vector.timestamp + 301)).toBe(false);
    expect(fits(Buffer.from(vector.rawBody.replace("200000", "300000")), vector.timestamp)).toBe(
      false,
    );
  });

  it("C1: Casso", () => {
    const [vector] = vectors.casso;
    if (!vector) throw new Error("no vector");
    expect(cassoText(String(vector.timestamp), vector.body)).toBe(vector.signed);
    const now = vector.timestamp / 1000;
    expect(cassoSignatureFits(vector.secret, vector.body, vector.header, now)).toBe(true);
    expect(cassoSignatureFits(vector.secret, vector.body, vector.header, now + 301)).toBe(false);
    expect(cassoSignatureFits("other", vector.body, vector.header, now)).toBe(false);
  });

  it("P1: payOS", () => {
    const [vector] = vectors.payos;
    if (!vector) throw new Error("no vector");
    expect(payosText(vector.data)).toBe(vector.signed);
    expect(payosSignatureFits(vector.checksumKey, vector.data, vector.signature)).toBe(true);
    const dearer = { ...vector.data, amount: 1 };
    expect(payosSignatureFits(vector.checksumKey, dearer, vector.signature)).toBe(false);
  });

  it("the CRC check value and an HMAC by hand agree", () => {
    expect(crc16("123456789")).toBe("29B1");
    expect(vnpaySignature("k", "t")).toBe(createHmac("sha512", "k").update("t").digest("hex"));
  });
});
