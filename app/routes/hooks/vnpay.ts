import { takeVnpayNotice } from "#app/domain/gateway-notices/take-vnpay-notice.ts";
import { RSP_MESSAGES, type RspCode } from "#app/domain/payments/vnpay-protocol.ts";
import { clientContext } from "#app/requests/client.ts";
import { loggerContext } from "#app/requests/logger.ts";
import { inNoticeTime } from "#app/requests/notice-time.ts";
import { servicesContext } from "#app/requests/services.ts";

import type { Route } from "./+types/vnpay";

/**
 * VNPay's IPN: a GET by its design, always answered 200 with a code of its table (payments.md 1.3). It books, so a HEAD,
 * which may change nothing, is not one.
 */
export async function loader({ context, request }: Route.LoaderArgs) {
  if (request.method !== "GET") return getOnly();
  try {
    const query = new URL(request.url).search.slice(1);
    return answer(await inNoticeTime(takeVnpayNotice(context.get(servicesContext), query)));
  } catch (error) {
    // Whatever broke is ours; VNPay calls again.
    const { requestId } = context.get(clientContext);
    context.get(loggerContext).error(error, { hook: "vnpay", requestId });
    return answer("99");
  }
}

/** VNPay never posts. */
export function action() {
  return getOnly();
}

function getOnly(): Response {
  return new Response("GET only\n", {
    status: 405,
    headers: { "content-type": "text/plain; charset=utf-8", allow: "GET" },
  });
}

function answer(code: RspCode): Response {
  return Response.json({ RspCode: code, Message: RSP_MESSAGES[code] });
}
