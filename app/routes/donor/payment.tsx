import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { pledgeCodeIn } from "#app/domain/kernel/reference-code.ts";
import { meaningKey } from "#app/domain/payments/vnpay-protocol.ts";
import { attemptState, openOf, publishedOf, standingOf } from "#app/domain/pledges/standing.ts";
import { money } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { lookUpOrRefuse } from "#app/requests/look-up.ts";
import { ownPayment } from "#app/requests/payer-marks.ts";
import { servicesContext } from "#app/requests/services.ts";
import { shownContext } from "#app/requests/shown.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { toldOf } from "#app/ui/told-by-gateway.ts";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/payment";

/**
 * Where a gateway sends the browser back to. Shows what the books and the gateway's own message say; what the browser
 * brings along in the address is neither believed nor shown.
 */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const code = pledgeCodeIn(params.code);
  const pledge = await lookUpOrRefuse(context, async () =>
    code === undefined ? undefined : services.pledges.page(code),
  );
  if (!pledge) throw data({ code: "pledge.not-found" }, { status: 404 });
  const now = services.now();
  const { own, attempt } = await ownPayment(services, request, pledge.code);
  const shown = own ? pledge : publishedOf(pledge);
  // Pages made before the gift was booked are made anew for this browser.
  const gift = own ? pledge.gifts.at(-1)?.entry : undefined;
  if (gift !== undefined) context.get(shownContext).gift = gift;
  return {
    code: pledge.code,
    campaign: pledge.campaign,
    amount: shown.amount,
    open: openOf(shown),
    gifts: shown.gifts,
    // Booked money counts, whatever an attempt says; how an attempt went is told to the browser that made it.
    state:
      standingOf(shown, now) === "paid" ? "paid" : attempt ? attemptState(attempt, now) : "unknown",
    providerCode: attempt?.outcome?.providerCode ?? null,
  } as const;
}

/** One donor's page: never kept, and its address is not told to the gateways. */
export function headers() {
  return { "cache-control": "no-store", "referrer-policy": "same-origin" };
}

export function meta({ params, location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "pledge");
  return pageMeta(t("returned.metaTitle", { code: params.code }), t("metaDescription"));
}

export default function PaymentPage({ loaderData }: Route.ComponentProps) {
  const { code, campaign, amount, open, gifts, state, providerCode } = loaderData;
  const { t } = useTranslation("pledge");
  const payment = useTranslation("payment").t;
  const { locale, to } = useSite();
  // What a gateway alone has told of is not called received here while it waits elsewhere.
  const told = state === "paid" ? toldOf(gifts) : undefined;
  const tone = state === "paid" ? "notice good" : state === "failed" ? "notice bad" : "notice";
  return (
    <>
      <p className="eyebrow">
        {t("code")} <code>{code}</code> ·{" "}
        <a href={to("campaign", { slug: campaign.slug })}>{campaign.title[locale]}</a>
      </p>
      <h1>
        {told
          ? told.words(payment, locale)
          : t(`returned.${state}`, { amount: money(locale, state === "paid" ? amount : open) })}
      </h1>
      <p className={`${tone} section`}>
        {told
          ? `${payment("told.waits")} ${t("standing.told", { paid: money(locale, amount) })}`
          : state === "unknown"
            ? t("elsewhere")
            : payment(`stateText.${state}`)}
        {state !== "paid" && providerCode ? (
          <> {payment(meaningKey(providerCode), { code: providerCode })}</>
        ) : null}
      </p>
      <div className="buttons section">
        {state === "paid" ? (
          <a className="button" href={to("donation", { code })}>
            {t("follow")}
          </a>
        ) : state === "open" || state === "held" || state === "unknown" ? (
          <a className="button" href={to("payment", { code })}>
            {t("returned.again")}
          </a>
        ) : null}
        <a className="button quiet" href={to("pledge", { code })}>
          {t("returned.toPledge")}
        </a>
      </div>
    </>
  );
}
