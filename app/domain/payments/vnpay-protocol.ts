import type { Dong } from "../kernel/dong.ts";

/**
 * The rules of VNPay PAY 2.1.0 (payments.md section 1) as pure functions: what is signed, what a notice means,
 * and what it is answered with. The HMAC itself is an adapter's.
 */

/** Name-value pairs as they came, in their order, repeats included. */
export type Pairs = readonly (readonly [name: string, value: string])[];

const SIGNATURE_NAMES = new Set(["vnp_SecureHash", "vnp_SecureHashType"]);

/**
 * The text under the signature: every `vnp_` parameter with a value except the signature itself, sorted by name,
 * form-encoded. Undefined when a name comes twice: which of the values was meant cannot be told.
 */
export function signedText(pairs: Pairs): string | undefined {
  const signed = pairs.filter(
    ([name, value]) => name.startsWith("vnp_") && !SIGNATURE_NAMES.has(name) && value !== "",
  );
  const sorted = [...signed].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (let n = 1; n < sorted.length; n += 1) {
    if (sorted[n]?.[0] === sorted[n - 1]?.[0]) return undefined;
  }
  return new URLSearchParams(sorted.map(([name, value]) => [name, value])).toString();
}

/** The fields of a notice by name; a repeated name keeps nothing, because its value is not known. */
export function fieldsOf(pairs: Pairs): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [name, value] of pairs) {
    if (fields.has(name)) repeated.add(name);
    fields.set(name, value);
  }
  for (const name of repeated) fields.delete(name);
  return fields;
}

/** VNPay's amount (đồng x 100) as đồng; undefined when it is no whole number of đồng. */
export function dongOf(vnpAmount: string | undefined): Dong | undefined {
  if (vnpAmount === undefined || !/^\d{3,14}$/.test(vnpAmount)) return undefined;
  const hundredths = BigInt(vnpAmount);
  return hundredths % 100n === 0n ? hundredths / 100n : undefined;
}

/** đồng as VNPay writes it: x 100, digits only. */
export function vnpAmountOf(amount: Dong): string {
  return (amount * 100n).toString();
}

/** What we answer a notice with; VNPay stops calling after 00 and 02 and calls again after the others. */
export type RspCode = "00" | "01" | "02" | "04" | "97" | "99";

/** The text that goes with each answer. */
export const RSP_MESSAGES: Readonly<Record<RspCode, string>> = {
  "00": "Confirm Success",
  "01": "Order not found",
  "02": "Order already confirmed",
  "04": "Invalid amount",
  "97": "Invalid signature",
  "99": "Unknown error",
};

/** What a notice says became of the payment; `pending` says that nothing is final yet. */
export type Settled = "paid" | "failed" | "held" | "pending";

/** A state that is stored once and for all. */
export type FinalState = Exclude<Settled, "pending">;

/**
 * The state that the two codes tell. Paid needs both to be 00. Money that was taken but is under suspicion (07), or
 * is being refunded at VNPay (05, 06, 09), is held for a person.
 */
export function settledState(responseCode: string, transactionStatus: string): Settled {
  if (responseCode === "07" || HELD_STATUSES.has(transactionStatus)) return "held";
  // "Not finished" closes nothing, whatever the other code says: the payer may still pay.
  if (transactionStatus === "01") return "pending";
  return responseCode === "00" && transactionStatus === "00" ? "paid" : "failed";
}

const HELD_STATUSES = new Set(["05", "06", "07", "09"]);

/** What we know of the payment a notice names. */
interface KnownPayment {
  readonly amount: Dong;
  /** Its final state, when it has one. */
  readonly outcome?: { readonly state: FinalState; readonly inbox?: number };
}

/** What to do with a notice. */
export type IpnDecision =
  | { readonly act: "refuse"; readonly answer: "97" | "01" | "99" }
  | { readonly act: "raise"; readonly answer: "04" }
  | { readonly act: "repeat"; readonly answer: "02"; readonly contradicts: boolean }
  | {
      readonly act: "settle";
      readonly answer: "00";
      readonly state: FinalState;
      readonly code: string;
    };

/** The facts a decision rests on. */
export interface IpnFacts {
  readonly signatureValid: boolean;
  /** Our merchant code. */
  readonly tmnCode: string;
  readonly fields: ReadonlyMap<string, string>;
  /** The payment `vnp_TxnRef` names; undefined when we have none such. */
  readonly payment?: KnownPayment | undefined;
  /** Number of this event in the inbox: a state that this very event stored is confirmed again with 00. */
  readonly inbox?: number;
}

/** The answer table of payments.md 1.3, in its order: 97, 01, 04, 02, then 00 or 99. */
export function decideIpn(facts: IpnFacts): IpnDecision {
  const { fields, payment } = facts;
  if (!facts.signatureValid) return { act: "refuse", answer: "97" };
  if (fields.get("vnp_TmnCode") !== facts.tmnCode) return { act: "refuse", answer: "01" };
  if (!payment) return { act: "refuse", answer: "01" };
  if (dongOf(fields.get("vnp_Amount")) !== payment.amount) return { act: "raise", answer: "04" };
  const state = stateTold(fields);
  const outcome = payment.outcome;
  if (outcome) {
    if (outcome.inbox !== undefined && outcome.inbox === facts.inbox) {
      return { act: "settle", answer: "00", state: outcome.state, code: rawCode(fields) };
    }
    return { act: "repeat", answer: "02", contradicts: contradicts(outcome.state, state) };
  }
  if (state === undefined || state === "pending") return { act: "refuse", answer: "99" };
  return { act: "settle", answer: "00", state, code: rawCode(fields) };
}

/** Whether money is told of after we closed the payment without booking it: a person has to look. */
export function contradicts(stored: FinalState, told: Settled | undefined): boolean {
  return stored !== "paid" && (told === "paid" || told === "held") && told !== stored;
}

function stateTold(fields: ReadonlyMap<string, string>): Settled | undefined {
  const responseCode = fields.get("vnp_ResponseCode") ?? "";
  const status = fields.get("vnp_TransactionStatus") ?? "";
  if (!/^\d{2}$/.test(responseCode) || !/^\d{2}$/.test(status)) return undefined;
  return settledState(responseCode, status);
}

/** Both codes, raw, as kept with the final state: `00`, or `00/02` when the two differ. */
export function rawCode(fields: ReadonlyMap<string, string>): string {
  const responseCode = fields.get("vnp_ResponseCode") ?? "";
  const status = fields.get("vnp_TransactionStatus") ?? "";
  return responseCode === status ? responseCode : `${responseCode}/${status}`;
}

/** Codes of `vnp_ResponseCode` that have words of their own in `locales/<language>/payment.json`. */
const WORDED_CODES = new Set([
  "00",
  "07",
  "09",
  "10",
  "11",
  "12",
  "13",
  "24",
  "51",
  "65",
  "75",
  "79",
  "99",
]);

/**
 * Key of the words (in `payment.json`) that explain a stored provider code, of VNPay or Stripe; a general text for codes
 * we do not know.
 */
export function meaningKey(providerCode: string): string {
  if (providerCode.startsWith("checkout.session.")) {
    if (providerCode.endsWith(".expired")) return "stripe.expired";
    return providerCode.endsWith("_failed") ? "stripe.failed" : "stripe.paid";
  }
  const responseCode = providerCode.slice(0, 2);
  if (providerCode !== "00" && responseCode === "00") return "vnpay.not-finished";
  return WORDED_CODES.has(responseCode) ? `vnpay.${responseCode}` : "vnpay.other";
}

/** What `querydr` answers about one payment, when the answer was signed and is about ours. */
export type QueryTold = "paid" | "failed" | "held" | "open" | "wrong-amount";

/** The state a checked `querydr` answer tells (payments.md 1.4 and 1.5). */
export function stateOfQuery(answer: ReadonlyMap<string, string>, amount: Dong): QueryTold {
  if (answer.get("vnp_ResponseCode") !== "00") return "open";
  const status = answer.get("vnp_TransactionStatus") ?? "";
  if (status === "01" || !/^\d{2}$/.test(status)) return "open";
  if (dongOf(answer.get("vnp_Amount")) !== amount) return "wrong-amount";
  const state = settledState("00", status);
  return state === "pending" ? "open" : state;
}

/** What VNPay says of a refund; `unclear` is for a person, and it is asked again. */
export type RefundTold = "refunded" | "refused" | "accepted" | "unclear";

/**
 * The first answer to a refund order (payments.md 1.6): it only says that the order was taken. The same order told again
 * (94) was taken before; a payment that VNPay does not know or that did not succeed there (91, 95) is never refunded.
 */
export function stateOfRefundAnswer(answer: ReadonlyMap<string, string>, amount: Dong): RefundTold {
  const code = answer.get("vnp_ResponseCode") ?? "";
  if (code === "94") return "accepted";
  if (code === "91" || code === "95") return "refused";
  if (code !== "00" || dongOf(answer.get("vnp_Amount")) !== amount) return "unclear";
  return REFUND_STATUSES.get(answer.get("vnp_TransactionStatus") ?? "") ?? "accepted";
}

/** What `querydr` tells of a refund that was taken; a payment that is only paid so far (type 01) is still waited for. */
export function stateOfRefundQuery(answer: ReadonlyMap<string, string>): RefundTold {
  if (answer.get("vnp_ResponseCode") !== "00") return "unclear";
  const status = answer.get("vnp_TransactionStatus") ?? "";
  const told = REFUND_STATUSES.get(status);
  if (told) return told;
  const isRefund = /^0[23]$/.test(answer.get("vnp_TransactionType") ?? "");
  return isRefund && status === "00" ? "refunded" : "accepted";
}

/** 05 at work at VNPay, 06 sent to the bank, 09 refused (payments.md 1.4). */
const REFUND_STATUSES: ReadonlyMap<string, RefundTold> = new Map([
  ["05", "accepted"],
  ["06", "refunded"],
  ["09", "refused"],
]);

/** Fields of a `querydr` request in signing order (vector A1). */
export const QUERY_REQUEST_FIELDS = [
  "vnp_RequestId",
  "vnp_Version",
  "vnp_Command",
  "vnp_TmnCode",
  "vnp_TxnRef",
  "vnp_TransactionDate",
  "vnp_CreateDate",
  "vnp_IpAddr",
  "vnp_OrderInfo",
] as const;

/** Fields of a `refund` request in signing order (vector A2). */
export const REFUND_REQUEST_FIELDS = [
  "vnp_RequestId",
  "vnp_Version",
  "vnp_Command",
  "vnp_TmnCode",
  "vnp_TransactionType",
  "vnp_TxnRef",
  "vnp_Amount",
  "vnp_TransactionNo",
  "vnp_TransactionDate",
  "vnp_CreateBy",
  "vnp_CreateDate",
  "vnp_IpAddr",
  "vnp_OrderInfo",
] as const;

/** Fields of a `refund` answer in signing order (vector A4). */
export const REFUND_ANSWER_FIELDS = [
  "vnp_ResponseId",
  "vnp_Command",
  "vnp_ResponseCode",
  "vnp_Message",
  "vnp_TmnCode",
  "vnp_TxnRef",
  "vnp_Amount",
  "vnp_BankCode",
  "vnp_PayDate",
  "vnp_TransactionNo",
  "vnp_TransactionType",
  "vnp_TransactionStatus",
  "vnp_OrderInfo",
] as const;

/** Fields of a `querydr` answer in signing order (vector A3). */
export const QUERY_ANSWER_FIELDS = [
  ...REFUND_ANSWER_FIELDS,
  "vnp_PromotionCode",
  "vnp_PromotionAmount",
] as const;

/** The signed text of the API: values joined by `|`, empty text for what is missing. */
export function barText(fields: ReadonlyMap<string, string>, order: readonly string[]): string {
  return order.map((name) => fields.get(name) ?? "").join("|");
}

/** Order text in the signs on which all encoders agree: `[A-Za-z0-9 :.-]`, at most 255. */
export function plainOrderInfo(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D")
    .replace(/[^A-Za-z0-9:.-]+/g, " ")
    .trim()
    .slice(0, 255);
}

/** Payer's address in the 7 to 45 signs VNPay takes; a shorter or unknown one becomes the loopback address. */
export function payerAddress(address: string): string {
  // A server that listens on IPv6 sees callers of IPv4 so.
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  return /^[0-9A-Fa-f:.]{7,45}$/.test(plain) ? plain : "127.0.0.1";
}

/** How long the payment window stays open, in seconds. */
export const VNPAY_WINDOW = 15 * 60;

/** Seconds after the window closed at which an open payment is asked for. */
export const QUERY_MARKS: readonly number[] = [20 * 60, 3_600, 6 * 3_600, 24 * 3_600];

/** Whether a payment that was asked for `asked` times is due again. Moments in UTC seconds. */
export function queryIsDue(expiresAt: number, asked: number, now: number): boolean {
  const mark = QUERY_MARKS[asked];
  return mark !== undefined && now >= expiresAt + mark;
}
