import { redirect } from "react-router";

import { isReferenceCode } from "#app/domain/kernel/reference-code.ts";
import { startPayment } from "#app/domain/payments/start-payment.ts";
import { openOf, publishedOf } from "#app/domain/pledges/standing.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { pathTo } from "#app/i18n/paths.ts";
import { clientContext } from "#app/requests/client.ts";
import { localeContext } from "#app/requests/locale.ts";
import { ownPayment, payersCookie } from "#app/requests/payer-marks.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";

import type { Route } from "./+types/pay";

/** Send the payer of a pledge to a gateway: form field `channel` is `vnpay` or `stripe`. */
export async function action({ context, params, request }: Route.ActionArgs) {
  const locale = context.get(localeContext);
  const { code } = params;
  if (!isReferenceCode(code)) return redirect(pathTo(locale, "home"), 303);
  const page = pathTo(locale, "pledge", { code });
  const channel = await channelOf(request);
  if (!channel) return redirect(`${page}?problem=payment.channel-off`, 303);

  const { origin } = context.get(settingsContext);
  const services = context.get(servicesContext);
  const pledge = await services.pledges.page(code);
  const { own } = await ownPayment(services, request, code);
  // The gateway would tell a stranger what is still to come of a gift that was no public promise.
  const hidden = pledge && openOf(pledge) > 0n && openOf(publishedOf(pledge)) === 0n;
  if (hidden && !own) return redirect(page, 303);
  const started = await startPayment(services, {
    code,
    channel,
    locale,
    address: context.get(clientContext).address,
    returnUrl: origin + pathTo(locale, "payment", { code }),
    cancelUrl: origin + page,
    title: wordsFor(locale, "payment")("orderTitle", { code }),
  });
  if (started.ok) {
    const { ref, url } = started.value;
    // How it ends is told to this browser alone.
    const cookie = payersCookie(request, services.payerMarks, ref);
    return redirect(url, { status: 303, headers: { "set-cookie": cookie } });
  }
  // The pledge page says in words what the code means, with the limit where there is one.
  const facts = new URLSearchParams({ problem: started.problem.code });
  if ("limit" in started.problem) facts.set("limit", started.problem.limit);
  return redirect(`${page}?${facts}`, 303);
}

/** Somebody opened the form's address: the pledge page has the form. */
export function loader({ context, params }: Route.LoaderArgs) {
  const locale = context.get(localeContext);
  return redirect(pathTo(locale, "pledge", { code: params.code }));
}

async function channelOf(request: Request): Promise<"vnpay" | "stripe" | undefined> {
  try {
    const channel = (await request.formData()).get("channel");
    return channel === "vnpay" || channel === "stripe" ? channel : undefined;
  } catch {
    return undefined;
  }
}
