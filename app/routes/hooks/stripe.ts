import { takeStripeNotice } from "#app/domain/gateway-notices/take-stripe-notice.ts";
import { clientContext } from "#app/requests/client.ts";
import { loggerContext } from "#app/requests/logger.ts";
import { inNoticeTime } from "#app/requests/notice-time.ts";
import { servicesContext } from "#app/requests/services.ts";

import type { Route } from "./+types/stripe";

/** Stripe's events are some kilobytes; larger bodies are no events. */
const LARGEST_BODY = 131_072;

/** Stripe's webhook: the signature is over the raw bytes, so nothing parses the body before it is checked. */
export async function action({ context, request }: Route.ActionArgs) {
  if (request.method !== "POST") return plain(405, "POST only", { allow: "POST" });
  const body = await bodyOf(request);
  if (!body) return plain(413, `at most ${LARGEST_BODY} bytes`);
  const header = request.headers.get("stripe-signature") ?? undefined;
  try {
    const services = context.get(servicesContext);
    const answer = await inNoticeTime(takeStripeNotice(services, body, header));
    return answer === "refused" ? plain(400, "signature or event not valid") : plain(200, answer);
  } catch (error) {
    // Ours to mend: Stripe sends the event again.
    const { requestId } = context.get(clientContext);
    context.get(loggerContext).error(error, { hook: "stripe", requestId });
    return plain(503, "try again");
  }
}

/** Nobody reads this address. */
export function loader() {
  return plain(405, "POST only", { allow: "POST" });
}

async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST_BODY) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > LARGEST_BODY) return undefined;
    parts.push(part);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return body;
}

function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  });
}
