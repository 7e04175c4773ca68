import { own } from "#app/domain/kernel/own.ts";
import { compactMoment } from "#app/domain/kernel/calendar.ts";
import {
  barText,
  dongOf,
  fieldsOf,
  QUERY_ANSWER_FIELDS,
  QUERY_REQUEST_FIELDS,
  REFUND_ANSWER_FIELDS,
  REFUND_REQUEST_FIELDS,
  signedText,
} from "#app/domain/payments/vnpay-protocol.ts";
import { signatureFits, vnpaySignature } from "#app/adapters/vnpay.ts";
import { deliver, type Patience, USUAL_PATIENCE } from "./deliver.ts";
import { paymentPage, refusedPage, seeOther, standInWords } from "./page.ts";

/** What the stand-in knows of its only merchant. */
export interface VnpayStandInConfig {
  readonly tmnCode: string;
  readonly secret: string;
  /** Where notices (IPN) go; at the real VNPay this is set in the merchant's console. */
  readonly ipnUrl: string;
  /** UTC seconds */
  readonly now: () => number;
  readonly patience?: Patience;
}

interface Transaction {
  readonly ref: string;
  readonly amount: string;
  readonly info: string;
  readonly number: string;
  readonly responseCode: string;
  readonly status: string;
  readonly payDate: string;
  /** Refunds taken, oldest first; the bank has each as soon as it is asked about. */
  readonly refunds: { readonly type: string; readonly amount: bigint }[];
}

/** Codes of each choice: vnp_ResponseCode and vnp_TransactionStatus. */
const CHOICES: Readonly<Record<string, readonly [string, string]>> = {
  pay: ["00", "00"],
  fail: ["51", "02"],
  suspicious: ["07", "07"],
  cancel: ["24", "02"],
};

/** Payments remembered; the oldest are forgotten, as this is no bank. */
const MOST = 10_000;

/**
 * VNPay for development and the demonstration: the same protocol, a page on which one chooses how the payment ends, signed
 * notices over HTTP, querydr and refund. `path` is what follows the place where it is mounted.
 */
export function vnpayStandIn(config: VnpayStandInConfig) {
  const known = new Map<string, Transaction>();
  /** Request ids of orders taken: each counts once (payments.md 1.4, code 94). */
  const taken = new Set<string>();
  let last = 14_000_000;

  return async (request: Request, path: string): Promise<Response | undefined> => {
    const { search } = new URL(request.url);
    if (path === "/paymentv2/vpcpay.html") {
      if (request.method === "POST") return choose(await formOf(request));
      return show(search.slice(1), request);
    }
    if (path === "/merchant_webapi/api/transaction" && request.method === "POST") {
      return api(await request.text());
    }
    return undefined;
  };

  function problemOf(query: string): "badSignature" | "badOrder" | "expired" | "done" | undefined {
    const pairs = [...new URLSearchParams(query)] as const;
    if (!signatureFits(config.secret, pairs)) return "badSignature";
    const fields = fieldsOf(pairs);
    const right =
      fields.get("vnp_Version") === "2.1.0" &&
      fields.get("vnp_Command") === "pay" &&
      fields.get("vnp_TmnCode") === config.tmnCode &&
      fields.get("vnp_CurrCode") === "VND" &&
      dongOf(fields.get("vnp_Amount")) !== undefined &&
      /^.{1,100}$/.test(fields.get("vnp_TxnRef") ?? "") &&
      URL.canParse(fields.get("vnp_ReturnUrl") ?? "");
    if (!right) return "badOrder";
    if ((fields.get("vnp_ExpireDate") ?? "9") < compactMoment(config.now())) return "expired";
    return known.has(fields.get("vnp_TxnRef") ?? "") ? "done" : undefined;
  }

  function refused(query: string): Response | undefined {
    const problem = problemOf(query);
    if (!problem) return undefined;
    const locale = localeOf(query);
    const words = standInWords(locale);
    return refusedPage(locale, words.vnpayTitle, words[problem]);
  }

  function show(query: string, request: Request): Response {
    const refusal = refused(query);
    if (refusal) return refusal;
    const fields = fieldsOf([...new URLSearchParams(query)]);
    const locale = localeOf(query);
    const words = standInWords(locale);
    return paymentPage({
      locale,
      title: words.vnpayTitle,
      amount: dongOf(fields.get("vnp_Amount")) ?? 0n,
      info: fields.get("vnp_OrderInfo") ?? "",
      reference: fields.get("vnp_TxnRef") ?? "",
      action: new URL(request.url).pathname,
      hidden: { query },
      choices: (["pay", "fail", "suspicious", "cancel"] as const).map((value) => ({
        value,
        words: words[value],
      })),
      returnOrigin: new URL(fields.get("vnp_ReturnUrl") ?? "").origin,
    });
  }

  async function choose(form: URLSearchParams): Promise<Response> {
    const query = form.get("query") ?? "";
    const refusal = refused(query);
    if (refusal) return refusal;
    const codes = own(CHOICES, form.get("choice") ?? "") ?? ["24", "02"];
    const fields = fieldsOf([...new URLSearchParams(query)]);
    const notice = signedNotice(remember(fields, codes));
    await deliver(() => callHook(notice), config.patience ?? USUAL_PATIENCE);
    const back = new URL(fields.get("vnp_ReturnUrl") ?? "");
    for (const [name, value] of notice) back.searchParams.append(name, value);
    return seeOther(back.href);
  }

  function remember(
    fields: ReadonlyMap<string, string>,
    [responseCode, status]: readonly [string, string],
  ): Transaction {
    last += 1;
    const transaction: Transaction = {
      ref: fields.get("vnp_TxnRef") ?? "",
      amount: fields.get("vnp_Amount") ?? "",
      info: fields.get("vnp_OrderInfo") ?? "",
      number: responseCode === "24" ? "0" : String(last),
      responseCode,
      status,
      payDate: compactMoment(config.now()),
      refunds: [],
    };
    known.set(transaction.ref, transaction);
    const oldest = known.keys().next().value;
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return transaction;
  }

  function signedNotice(transaction: Transaction): URLSearchParams {
    const notice = new URLSearchParams({
      vnp_Amount: transaction.amount,
      vnp_BankCode: "NCB",
      ...(transaction.number === "0" ? {} : { vnp_BankTranNo: `VNP${transaction.number}` }),
      vnp_CardType: "ATM",
      vnp_OrderInfo: transaction.info,
      vnp_PayDate: transaction.payDate,
      vnp_ResponseCode: transaction.responseCode,
      vnp_TmnCode: config.tmnCode,
      vnp_TransactionNo: transaction.number,
      vnp_TransactionStatus: transaction.status,
      vnp_TxnRef: transaction.ref,
    });
    notice.set("vnp_SecureHash", vnpaySignature(config.secret, signedText([...notice]) ?? ""));
    return notice;
  }

  /** 00 and 02 end it; every other answer brings another call. */
  async function callHook(notice: URLSearchParams): Promise<boolean> {
    const answer = await fetch(`${config.ipnUrl}?${notice}`, {
      signal: AbortSignal.timeout(10_000),
    });
    const { RspCode: code } = (await answer.json()) as { RspCode?: unknown };
    return code === "00" || code === "02";
  }

  function api(text: string): Response {
    const fields = readFields(text);
    const command = fields.get("vnp_Command");
    const order = command === "refund" ? REFUND_REQUEST_FIELDS : QUERY_REQUEST_FIELDS;
    const signature = vnpaySignature(config.secret, barText(fields, order));
    if (fields.get("vnp_SecureHash") !== signature)
      return answer(fields, "97", "Invalid signature");
    if (fields.get("vnp_TmnCode") !== config.tmnCode)
      return answer(fields, "02", "Invalid TmnCode");
    const transaction = known.get(fields.get("vnp_TxnRef") ?? "");
    if (!transaction) return answer(fields, "91", "Transaction not found");
    if (command === "querydr") return answer(fields, "00", "QueryDR Success", transaction);
    if (command !== "refund") return answer(fields, "03", "Invalid data format");
    return refund(fields, transaction);
  }

  function refund(fields: ReadonlyMap<string, string>, transaction: Transaction): Response {
    const id = fields.get("vnp_RequestId") ?? "";
    if (taken.has(id)) return answer(fields, "94", "Request is duplicated");
    const amount = dongOf(fields.get("vnp_Amount")) ?? 0n;
    const before = transaction.refunds.reduce((sum, one) => sum + one.amount, 0n);
    const whole = dongOf(transaction.amount) ?? 0n;
    if (transaction.status !== "00") return answer(fields, "95", "Transaction was not successful");
    if (amount <= 0n || before + amount > whole) return answer(fields, "99", "Invalid amount");
    taken.add(id);
    transaction.refunds.push({ type: fields.get("vnp_TransactionType") ?? "", amount });
    return answer(fields, "00", "Refund Success", transaction);
  }

  function answer(
    asked: ReadonlyMap<string, string>,
    code: string,
    message: string,
    transaction?: Transaction,
  ): Response {
    last += 1;
    const command = asked.get("vnp_Command") ?? "";
    const fields = new Map([
      ["vnp_ResponseId", String(last)],
      ["vnp_Command", command],
      ["vnp_ResponseCode", code],
      ["vnp_Message", message],
      ["vnp_TmnCode", config.tmnCode],
      ["vnp_TxnRef", asked.get("vnp_TxnRef") ?? ""],
      ["vnp_OrderInfo", asked.get("vnp_OrderInfo") ?? ""],
    ]);
    if (transaction) {
      const given = transaction.refunds.at(-1);
      const ordered = command === "refund";
      fields.set("vnp_Amount", asked.get("vnp_Amount") ?? transaction.amount);
      fields.set("vnp_BankCode", "NCB");
      fields.set("vnp_PayDate", transaction.payDate);
      fields.set("vnp_TransactionNo", transaction.number);
      fields.set("vnp_TransactionType", given?.type ?? "01");
      fields.set(
        "vnp_TransactionStatus",
        given === undefined ? transaction.status : ordered ? "05" : "06",
      );
    }
    const order = command === "refund" ? REFUND_ANSWER_FIELDS : QUERY_ANSWER_FIELDS;
    fields.set("vnp_SecureHash", vnpaySignature(config.secret, barText(fields, order)));
    return Response.json(Object.fromEntries(fields));
  }
}

function localeOf(query: string): string {
  return new URLSearchParams(query).get("vnp_Locale") === "en" ? "en" : "vi";
}

async function formOf(request: Request): Promise<URLSearchParams> {
  return new URLSearchParams((await request.text()).slice(0, 16_384));
}

function readFields(text: string): Map<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return new Map();
    return new Map(Object.entries(value).map(([name, field]) => [name, String(field)]));
  } catch {
    return new Map();
  }
}
