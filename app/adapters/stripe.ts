import type Stripe from "stripe";

import { no, ok } from "#app/domain/kernel/result.ts";
import type { StripeGateway } from "#app/domain/payments/ports.ts";

/** What the contract with Stripe gives. */
export interface StripeConfig {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Another address of the API, with or without a path; Stripe's own when absent. */
  readonly apiBase?: string;
  /** How long to wait for the API, in milliseconds. */
  readonly timeout?: number;
}

/** Oldest webhook call accepted, in seconds (Stripe's own default). */
const TOLERANCE = 300;

/** Cards by Stripe Checkout, through the official package. */
export function stripeGateway(config: StripeConfig): StripeGateway {
  let client: Promise<Stripe> | undefined;
  const opened = () => (client ??= openClient(config));

  return {
    async openSession(order) {
      try {
        const stripe = await opened();
        const session = await stripe.checkout.sessions.create(
          {
            mode: "payment",
            submit_type: "donate",
            locale: order.locale,
            client_reference_id: order.ref,
            line_items: [
              {
                quantity: 1,
                // The đồng is a zero-decimal currency: whole đồng, not x 100.
                price_data: {
                  currency: "vnd",
                  unit_amount: Number(order.amount),
                  product_data: { name: order.title },
                },
              },
            ],
            metadata: { payment: order.ref },
            payment_intent_data: { metadata: { payment: order.ref } },
            success_url: withSessionId(order.successUrl),
            cancel_url: order.cancelUrl,
            expires_at: order.expiresAt,
          },
          { idempotencyKey: `donation-${order.ref}-v1` },
        );
        if (!session.url) return no({ code: "stripe.refused", reason: "no address" });
        return ok({ id: session.id, url: session.url });
      } catch (error) {
        return no(problemOf(error));
      }
    },

    async refund(order) {
      try {
        const stripe = await opened();
        // Stripe forgets keys after a day: what the order made before is looked for, not made again.
        const earlier = await stripe.refunds.list({ payment_intent: order.intent, limit: 100 });
        const known = earlier.data.find(({ metadata }) => metadata?.["order"] === order.requestId);
        const refund =
          known ??
          (await stripe.refunds.create(
            {
              payment_intent: order.intent,
              amount: Number(order.amount),
              reason: "requested_by_customer",
              metadata: { order: order.requestId, payment: order.ref },
            },
            { idempotencyKey: `refund-${order.requestId}` },
          ));
        const { id, status, amount } = refund;
        return ok({ id, status: status ?? "pending", amount: BigInt(amount) });
      } catch (error) {
        return no(problemOf(error));
      }
    },

    async signatureFits(body, header, now) {
      const stripe = await opened();
      try {
        stripe.webhooks.constructEvent(
          Buffer.from(body),
          header,
          config.webhookSecret,
          TOLERANCE,
          undefined,
          now * 1000,
        );
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** The package is two hundred modules: loaded with the first card or call, not while the site starts. */
async function openClient(config: StripeConfig): Promise<Stripe> {
  const { default: Package } = await import("stripe");
  return new Package(config.secretKey, {
    maxNetworkRetries: 2,
    telemetry: false,
    timeout: config.timeout ?? 10_000,
    ...(config.apiBase === undefined ? {} : elsewhere(Package, config.apiBase)),
  });
}

/** Stripe puts the session's id where these words stand; they must not be percent-encoded. */
function withSessionId(address: string): string {
  return `${address}${address.includes("?") ? "&" : "?"}session_id={CHECKOUT_SESSION_ID}`;
}

/** Send everything to another address; the package knows host and port only, so a path is put in front by `fetch`. */
function elsewhere(Package: typeof Stripe, apiBase: string) {
  const base = new URL(apiBase);
  const parts = base.pathname.split("/");
  while (parts.at(-1) === "") parts.pop();
  if (parts.at(-1) === "v1") parts.pop();
  const path = parts.join("/");
  const protocol = base.protocol === "http:" ? ("http" as const) : ("https" as const);
  return {
    host: base.hostname,
    port: base.port || (protocol === "http" ? 80 : 443),
    protocol,
    httpClient: Package.createFetchHttpClient(
      (input: string | URL | Request, init?: RequestInit) => {
        const address = new URL(input instanceof Request ? input.url : input);
        address.pathname = path + address.pathname;
        return fetch(address, init);
      },
    ),
  };
}

const REFUSALS: ReadonlySet<string> = new Set([
  "StripeCardError",
  "StripeInvalidRequestError",
  "StripeIdempotencyError",
]);

function problemOf(error: unknown) {
  const facts =
    typeof error === "object" && error !== null
      ? (error as { type?: unknown; code?: unknown })
      : {};
  const type = typeof facts.type === "string" ? facts.type : "unknown";
  // Only what Stripe looked at and turned down is refused; what it could not look at now may go well later.
  const refused = REFUSALS.has(type);
  return {
    code: refused ? ("stripe.refused" as const) : ("stripe.unreachable" as const),
    reason: refused && typeof facts.code === "string" ? facts.code : type,
  };
}
