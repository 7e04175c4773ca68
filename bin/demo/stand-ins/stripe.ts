import { createHmac, randomBytes } from "node:crypto";

import { deliver, type Patience, USUAL_PATIENCE } from "./deliver.ts";
import { paymentPage, refusedPage, seeOther, standInWords } from "./page.ts";

/** What the stand-in knows of its only account. */
export interface StripeStandInConfig {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where events go. */
  readonly hookUrl: string;
  /** Public address of the stand-in, for `session.url`. */
  readonly publicUrl: string;
  /** UTC seconds */
  readonly now: () => number;
  readonly patience?: Patience;
}

interface Session {
  readonly id: string;
  readonly amount: number;
  readonly reference: string;
  readonly title: string;
  readonly locale: string;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: number;
  readonly metadata: Readonly<Record<string, string>>;
  status: "open" | "complete" | "expired";
  paymentStatus: "unpaid" | "paid";
  intent: string | null;
}

interface Refund {
  readonly id: string;
  readonly intent: string;
  readonly amount: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Sessions remembered; the oldest are forgotten. */
const MOST = 10_000;

/**
 * Stripe for development and the demonstration: Checkout Sessions, payment intents and refunds of the API, a page on which
 * one chooses how the payment ends, signed events over HTTP. `path` is what follows the place where it is mounted.
 */
export function stripeStandIn(config: StripeStandInConfig) {
  const sessions = new Map<string, Session>();
  const byKey = new Map<string, { body: string; id: string }>();
  const refunds = new Map<string, Refund>();

  return async (request: Request, path: string): Promise<Response | undefined> => {
    const page = /^\/pay\/(cs_test_[0-9a-f]{32})$/.exec(path);
    if (page?.[1]) {
      const session = sessions.get(page[1]);
      if (request.method !== "POST") return show(session, request);
      return choose(session, (await request.text()).slice(0, 1_024));
    }
    if (!path.startsWith("/v1/")) return undefined;
    if (request.headers.get("authorization") !== `Bearer ${config.secretKey}`) {
      return refusal(401, "invalid_request_error", "invalid API key");
    }
    const body = request.method === "POST" ? (await request.text()).slice(0, 65_536) : "";
    const key = request.headers.get("idempotency-key");
    if (request.method === "GET" && path.startsWith("/v1/refunds")) {
      return findRefunds(path.slice(11), new URL(request.url).searchParams);
    }
    return api(request.method, path.slice(3), body, key);
  };

  async function api(
    method: string,
    path: string,
    body: string,
    key: string | null,
  ): Promise<Response> {
    if (method === "POST" && path === "/checkout/sessions") return create(body, key);
    if (method === "POST" && path === "/refunds") return refund(body, key);
    const intent = /^\/payment_intents\/([\w-]+)$/.exec(path)?.[1];
    const paid = sessionOf(intent ?? null);
    if (method === "GET" && paid) return Response.json(intentObject(paid));
    const [, id, act] = /^\/checkout\/sessions\/([\w-]+)(\/expire)?$/.exec(path) ?? [];
    const session = sessions.get(id ?? "");
    if (!session) return refusal(404, "invalid_request_error", `no such object at ${path}`);
    if (act === undefined && method === "GET") return Response.json(sessionObject(session));
    if (act !== undefined && method === "POST" && session.status === "open") {
      await expire(session);
      return Response.json(sessionObject(session));
    }
    return refusal(400, "invalid_request_error", "this session cannot be expired");
  }

  function create(body: string, key: string | null): Response {
    const before = key === null ? undefined : byKey.get(key);
    const known = before && sessions.get(before.id);
    if (before && before.body !== body) {
      return refusal(400, "idempotency_error", "the same key was used with another request");
    }
    if (known) return Response.json(sessionObject(known));
    const session = newSession(new URLSearchParams(body), config.now());
    if (typeof session === "string") {
      return refusal(400, "invalid_request_error", `invalid ${session}`);
    }
    sessions.set(session.id, session);
    if (key !== null) byKey.set(key, { body, id: session.id });
    forgetOldest(sessions);
    forgetOldest(byKey);
    return Response.json(sessionObject(session));
  }

  function refund(body: string, key: string | null): Response {
    const before = key === null ? undefined : byKey.get(key);
    const known = before && refunds.get(before.id);
    if (before && before.body !== body) {
      return refusal(400, "idempotency_error", "the same key was used with another request");
    }
    if (known) return Response.json(refundObject(known));
    const fields = new URLSearchParams(body);
    const session = sessionOf(fields.get("payment_intent"));
    const left = session ? session.amount - refundedOf(session.intent) : 0;
    const amount = Number(fields.get("amount") ?? left);
    if (!session || session.paymentStatus !== "paid") {
      return refusal(400, "invalid_request_error", "this payment cannot be refunded");
    }
    if (left === 0) {
      return refusal(400, "invalid_request_error", "already refunded", "charge_already_refunded");
    }
    if (!Number.isSafeInteger(amount) || amount < 1 || amount > left) {
      return refusal(400, "invalid_request_error", "more than is left", "amount_too_large");
    }
    const given: Refund = {
      id: `re_${randomBytes(12).toString("hex")}`,
      intent: session.intent ?? "",
      amount,
      metadata: {
        order: fields.get("metadata[order]") ?? "",
        payment: fields.get("metadata[payment]") ?? "",
      },
    };
    refunds.set(given.id, given);
    forgetOldest(refunds);
    if (key !== null) byKey.set(key, { body, id: given.id });
    // Told after the answer, as events are.
    setTimeout(() => {
      void tell("refund.updated", refundObject(given));
      void tell("charge.refunded", chargeObject(session));
    }, 0);
    return Response.json(refundObject(given));
  }

  function findRefunds(rest: string, query: URLSearchParams): Response {
    const one = refunds.get(rest.slice(1));
    if (one) return Response.json(refundObject(one));
    if (rest !== "") return refusal(404, "invalid_request_error", "no such refund");
    const intent = query.get("payment_intent");
    const data = [...refunds.values()].filter((given) => given.intent === intent).map(refundObject);
    return Response.json({ object: "list", url: "/v1/refunds", has_more: false, data });
  }

  function sessionOf(intent: string | null): Session | undefined {
    return [...sessions.values()].find((one) => one.intent !== null && one.intent === intent);
  }

  function refundedOf(intent: string | null): number {
    return [...refunds.values()]
      .filter((given) => given.intent === intent)
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  function chargeObject(session: Session) {
    return {
      id: `ch_${session.intent?.slice(3)}`,
      object: "charge",
      amount: session.amount,
      amount_refunded: refundedOf(session.intent),
      currency: "vnd",
      payment_intent: session.intent,
      metadata: session.metadata,
      refunded: refundedOf(session.intent) === session.amount,
    };
  }

  function show(session: Session | undefined, request: Request): Response {
    const locale = session?.locale === "en" ? "en" : "vi";
    const words = standInWords(locale);
    if (!session) return refusedPage(locale, words.stripeTitle, words.unknown);
    if (session.status !== "open") return refusedPage(locale, words.stripeTitle, words.done);
    return paymentPage({
      locale,
      title: words.stripeTitle,
      amount: BigInt(session.amount),
      info: session.title,
      reference: session.reference,
      action: new URL(request.url).pathname,
      hidden: {},
      choices: [
        { value: "pay", words: words.pay },
        { value: "declined", words: words.declined },
        { value: "later", words: words.later },
        { value: "cancel", words: words.turnBack },
      ],
      returnOrigin: new URL(session.successUrl).origin,
    });
  }

  async function choose(session: Session | undefined, body: string): Promise<Response> {
    const words = standInWords(session?.locale ?? "vi");
    if (!session) return refusedPage("vi", words.stripeTitle, words.unknown);
    if (session.status !== "open") {
      return refusedPage(session.locale, words.stripeTitle, words.done);
    }
    if (session.expiresAt <= config.now()) {
      await expire(session);
      return refusedPage(session.locale, words.stripeTitle, words.expired);
    }
    const choice = new URLSearchParams(body).get("choice");
    if (choice === "cancel") return seeOther(session.cancelUrl);
    if (choice === "declined") {
      await expire(session);
      return seeOther(session.cancelUrl);
    }
    session.status = "complete";
    session.intent = `pi_${randomBytes(12).toString("hex")}`;
    if (choice !== "later") session.paymentStatus = "paid";
    await tell("checkout.session.completed", sessionObject(session));
    return seeOther(session.successUrl.replace("{CHECKOUT_SESSION_ID}", session.id));
  }

  async function expire(session: Session): Promise<void> {
    session.status = "expired";
    await tell("checkout.session.expired", sessionObject(session));
  }

  async function tell(type: string, object: object): Promise<void> {
    const body = JSON.stringify({
      id: `evt_${randomBytes(12).toString("hex")}`,
      object: "event",
      api_version: "2026-10-28.endive",
      created: config.now(),
      livemode: false,
      type,
      data: { object },
    });
    await deliver(() => callHook(body), config.patience ?? USUAL_PATIENCE);
  }

  async function callHook(body: string): Promise<boolean> {
    const at = config.now();
    const signature = createHmac("sha256", config.webhookSecret).update(`${at}.${body}`);
    const answer = await fetch(config.hookUrl, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": `t=${at},v1=${signature.digest("hex")}`,
      },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    return answer.ok;
  }

  function sessionObject(session: Session) {
    return {
      id: session.id,
      object: "checkout.session",
      mode: "payment",
      amount_total: session.amount,
      currency: "vnd",
      client_reference_id: session.reference,
      metadata: session.metadata,
      payment_intent: session.intent,
      payment_status: session.paymentStatus,
      status: session.status,
      expires_at: session.expiresAt,
      livemode: false,
      url: session.status === "open" ? `${config.publicUrl}/pay/${session.id}` : null,
    };
  }
}

/** A session as asked for, or the name of the parameter that is wrong. */
function newSession(fields: URLSearchParams, now: number): Session | string {
  const field = (name: string, otherwise = "") => fields.get(name) ?? otherwise;
  const price = (name: string) => field(`line_items[0][price_data]${name}`);
  const amount = Number(price("[unit_amount]"));
  const successUrl = field("success_url");
  if (field("mode") !== "payment") return "mode";
  if (price("[currency]") !== "vnd") return "currency";
  if (!Number.isSafeInteger(amount) || amount < 13_000 || amount > 99_999_999) return "unit_amount";
  if (!URL.canParse(successUrl)) return "success_url";
  return {
    id: `cs_test_${randomBytes(16).toString("hex")}`,
    amount,
    reference: field("client_reference_id"),
    title: price("[product_data][name]"),
    locale: field("locale", "vi"),
    successUrl,
    cancelUrl: field("cancel_url", successUrl),
    expiresAt: Number(field("expires_at", String(now + 86_400))),
    metadata: { payment: field("metadata[payment]") },
    status: "open",
    paymentStatus: "unpaid",
    intent: null,
  };
}

function intentObject(session: Session) {
  return {
    id: session.intent,
    object: "payment_intent",
    amount: session.amount,
    currency: "vnd",
    status: session.paymentStatus === "paid" ? "succeeded" : "processing",
    metadata: session.metadata,
  };
}

function forgetOldest(map: Map<string, unknown>): void {
  const oldest = map.keys().next().value;
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}

function refundObject({ id, intent, amount, metadata }: Refund) {
  return {
    id,
    object: "refund",
    amount,
    currency: "vnd",
    payment_intent: intent,
    metadata,
    status: "succeeded",
  };
}

function refusal(status: number, type: string, message: string, code?: string): Response {
  return Response.json({ error: { type, message, ...(code ? { code } : {}) } }, { status });
}
