import { createHmac } from "node:crypto";

import { VNPay, VnpLocale, type BuildPaymentUrl } from "vnpay";

import { compactMoment } from "#app/domain/kernel/calendar.ts";
import { no, ok, type Result } from "#app/domain/kernel/result.ts";
import type { VnpayAnswer, VnpayApiProblem, VnpayGateway } from "#app/domain/payments/ports.ts";
import {
  barText,
  type Pairs,
  plainOrderInfo,
  QUERY_ANSWER_FIELDS,
  QUERY_REQUEST_FIELDS,
  REFUND_ANSWER_FIELDS,
  REFUND_REQUEST_FIELDS,
  signedText,
  vnpAmountOf,
} from "#app/domain/payments/vnpay-protocol.ts";

import { equalHex } from "./equal-hex.ts";

/** What the contract with VNPay gives. */
export interface VnpayConfig {
  readonly tmnCode: string;
  readonly secret: string;
  /** Whole address of the payment page. */
  readonly payUrl: string;
  /** Whole address of the merchant API (querydr and refund). */
  readonly apiUrl: string;
  /** How long to wait for the API, in milliseconds. */
  readonly timeout?: number;
}

const VERSION = "2.1.0";
/** Our own server's address in API calls: VNPay wants one, it is not checked. */
const SERVER_ADDRESS = "127.0.0.1";
const LARGEST_ANSWER = 65_536;

/**
 * VNPay. The package `vnpay` builds the payment address only; whatever comes in is checked here, in constant time,
 * because of the package's defects (payments.md 1.8).
 */
export function vnpayGateway(config: VnpayConfig): VnpayGateway {
  const page = new URL(config.payUrl);
  const builder = new VNPay({
    tmnCode: config.tmnCode,
    secureSecret: config.secret,
    vnpayHost: page.origin,
    endpoints: { paymentEndpoint: page.pathname },
    enableLog: false,
  });

  return {
    tmnCode: config.tmnCode,

    paymentUrl(order) {
      const wish: BuildPaymentUrl = {
        // The package multiplies by 100 in floating point: exact below 2^53, which the limit of 12 digits keeps.
        vnp_Amount: Number(order.amount),
        vnp_TxnRef: order.ref,
        vnp_OrderInfo: plainOrderInfo(order.info),
        vnp_IpAddr: order.address,
        vnp_ReturnUrl: order.returnUrl,
        vnp_Locale: order.locale === "vi" ? VnpLocale.VN : VnpLocale.EN,
        // Our own dates: the package's are right only where the server's clock runs in UTC.
        vnp_CreateDate: Number(compactMoment(order.createdAt)),
        vnp_ExpireDate: Number(compactMoment(order.expiresAt)),
      };
      return builder.buildPaymentUrl(wish);
    },

    signatureFits: (pairs) => signatureFits(config.secret, pairs),

    query(payment, requestId, at) {
      const fields = new Map([
        ["vnp_RequestId", requestId],
        ["vnp_Version", VERSION],
        ["vnp_Command", "querydr"],
        ["vnp_TmnCode", config.tmnCode],
        ["vnp_TxnRef", payment.ref],
        ["vnp_OrderInfo", plainOrderInfo(`Tra cuu ${payment.ref}`)],
        ["vnp_TransactionDate", compactMoment(payment.createdAt)],
        ["vnp_CreateDate", compactMoment(at)],
        ["vnp_IpAddr", SERVER_ADDRESS],
      ]);
      return call(config, fields, QUERY_REQUEST_FIELDS, QUERY_ANSWER_FIELDS);
    },

    refund(wish) {
      const whole = wish.amount === wish.payment.amount;
      const fields = new Map([
        ["vnp_RequestId", wish.requestId],
        ["vnp_Version", VERSION],
        ["vnp_Command", "refund"],
        ["vnp_TmnCode", config.tmnCode],
        ["vnp_TransactionType", whole ? "02" : "03"],
        ["vnp_TxnRef", wish.payment.ref],
        ["vnp_Amount", vnpAmountOf(wish.amount)],
        ["vnp_TransactionNo", wish.transaction],
        ["vnp_TransactionDate", compactMoment(wish.payment.createdAt)],
        ["vnp_CreateBy", plainOrderInfo(wish.by)],
        ["vnp_CreateDate", compactMoment(wish.at)],
        ["vnp_IpAddr", SERVER_ADDRESS],
        ["vnp_OrderInfo", plainOrderInfo(`Hoan tien ${wish.payment.ref}`)],
      ]);
      return call(config, fields, REFUND_REQUEST_FIELDS, REFUND_ANSWER_FIELDS);
    },
  };
}

/** Lower-case hexadecimal HMAC-SHA512, VNPay's signature over any text. */
export function vnpaySignature(secret: string, text: string): string {
  return createHmac("sha512", secret).update(text, "utf8").digest("hex");
}

/** Whether the pairs carry our signature; names that come twice make it wrong. */
export function signatureFits(secret: string, pairs: Pairs): boolean {
  const given = pairs.filter(([name]) => name === "vnp_SecureHash");
  const text = signedText(pairs);
  const [hash] = given;
  if (!hash || given.length !== 1 || text === undefined) return false;
  return equalHex(vnpaySignature(secret, text), hash[1]);
}

/** Check an answer of the API (payments.md 1.5): unsigned ones, other merchants' and other payments' are refused. */
export function checkAnswer(
  secret: string,
  tmnCode: string,
  ref: string,
  answer: VnpayAnswer,
  order: readonly string[],
): Result<VnpayAnswer, VnpayApiProblem> {
  const hash = answer.get("vnp_SecureHash");
  if (!hash) return no({ code: "vnpay.unsigned" });
  if (!equalHex(vnpaySignature(secret, barText(answer, order)), hash)) {
    return no({ code: "vnpay.wrong-signature" });
  }
  if (answer.get("vnp_TmnCode") !== tmnCode) return no({ code: "vnpay.not-ours" });
  if (answer.get("vnp_TxnRef") !== ref) return no({ code: "vnpay.not-ours" });
  return ok(answer);
}

async function call(
  config: VnpayConfig,
  fields: ReadonlyMap<string, string>,
  requestOrder: readonly string[],
  answerOrder: readonly string[],
): Promise<Result<VnpayAnswer, VnpayApiProblem>> {
  const signature = vnpaySignature(config.secret, barText(fields, requestOrder));
  const body = JSON.stringify({ ...Object.fromEntries(fields), vnp_SecureHash: signature });
  try {
    const response = await fetch(config.apiUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(config.timeout ?? 10_000),
    });
    const text = await response.text();
    if (!response.ok || text.length > LARGEST_ANSWER) {
      return no({ code: "vnpay.unreachable", reason: `HTTP ${response.status}` });
    }
    const ref = fields.get("vnp_TxnRef") ?? "";
    return checkAnswer(config.secret, config.tmnCode, ref, flat(JSON.parse(text)), answerOrder);
  } catch (error) {
    return no({ code: "vnpay.unreachable", reason: error instanceof Error ? error.name : "error" });
  }
}

/** The fields of an answer as text; VNPay writes some numbers without quotes. */
function flat(answer: unknown): VnpayAnswer {
  const fields = new Map<string, string>();
  if (typeof answer !== "object" || answer === null) return fields;
  for (const [name, value] of Object.entries(answer)) {
    if (typeof value === "string") fields.set(name, value);
    if (typeof value === "number") fields.set(name, String(value));
  }
  return fields;
}
