import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { accountQr, memoOf } from "#app/domain/payments/account-qr.ts";
import { limitsOn, withinLimits } from "#app/domain/payments/limits.ts";
import { isReferenceCode } from "#app/domain/kernel/reference-code.ts";
import {
  attemptState,
  canBePaid,
  openOf,
  paidOf,
  publishedOf,
  standingOf,
} from "#app/domain/pledges/standing.ts";
import { dayAt, day, money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, payPath } from "#app/i18n/paths.ts";
import { lookUpOrRefuse } from "#app/requests/look-up.ts";
import { ownPayment } from "#app/requests/payer-marks.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { shownContext } from "#app/requests/shown.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/pledge";

export async function loader({ context, params, request, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const known = await lookUpOrRefuse(context, async () =>
    isReferenceCode(params.code) ? services.pledges.page(params.code) : undefined,
  );
  if (!known) throw data({ code: "pledge.not-found" }, { status: 404 });
  const now = services.now();
  const { own, attempt } = await ownPayment(services, request, known.code);
  const pledge = own ? known : publishedOf(known);
  const gift = own ? known.gifts.at(-1)?.entry : undefined;
  if (gift !== undefined) context.get(shownContext).gift = gift;
  const standing = standingOf(pledge, now);
  const open = openOf(pledge);
  const payable = canBePaid(standing);
  const qr = payable ? accountQr(pledge.account, pledge.code, open) : undefined;
  const { channels } = context.get(settingsContext);
  const amounts = await limitsOn(services.rules, dayOf(now));
  return {
    pledge,
    standing,
    paid: paidOf(pledge),
    open,
    payable,
    memo: memoOf(pledge.code),
    qr: qr === undefined ? undefined : services.qrPicture(qr),
    gateways: (["vnpay", "stripe"] as const).filter(
      (channel) => payable && channels[channel] && withinLimits(amounts, channel, open).ok,
    ),
    own,
    attempt: attempt && attemptState(attempt, now),
    problem: readProblem(url.searchParams),
  };
}

/** Why the payment could not be started, as the payment form sent it back. */
function readProblem(
  query: URLSearchParams,
): { code: string; limit: string | undefined } | undefined {
  const code = query.get("problem");
  if (code === null || !/^payment\.[a-z-]{1,40}$/.test(code)) return undefined;
  const limit = query.get("limit");
  return { code, limit: limit && /^\d{1,15}$/.test(limit) ? limit : undefined };
}

/** One donor's page: never kept, and its address is not told to the gateways. */
export function headers() {
  return { "cache-control": "no-store", "referrer-policy": "same-origin" };
}

export function meta({ params, location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "pledge");
  return pageMeta(t("metaTitle", { code: params.code }), t("metaDescription"));
}

export default function PledgePage({ loaderData }: Route.ComponentProps) {
  const { pledge, standing, open } = loaderData;
  const { t } = useTranslation("pledge");
  const { locale, to } = useSite();
  return (
    <>
      <p className="eyebrow">
        {t("code")} <code>{pledge.code}</code> ·{" "}
        {pledge.createdAt === null ? null : <>{dayAt(pledge.createdAt)} · </>}
        <a href={to("campaign", { slug: pledge.campaign.slug })}>{pledge.campaign.title[locale]}</a>
      </p>
      <h1>
        {t(`title.${standing}`, {
          amount: money(
            locale,
            standing === "part" || standing === "part-ended" ? open : pledge.amount,
          ),
        })}
      </h1>
      <State {...loaderData} />
      {loaderData.payable ? <Pay {...loaderData} /> : null}
      <section className="section" aria-labelledby="next">
        <h2 id="next">{t("next.title")}</h2>
        <ol className="steps">
          <li>{t("next.keep", { code: pledge.code })}</li>
          {loaderData.own ? null : <li>{t("elsewhere")}</li>}
          <li>{t("next.booked")}</li>
          <li>
            {t("next.follow")}{" "}
            <a href={to("donation", { code: pledge.code })}>{t("next.followLink")}</a>
          </li>
        </ol>
      </section>
    </>
  );
}

type Loaded = Route.ComponentProps["loaderData"];

function State({ pledge, standing, paid, attempt, problem }: Loaded) {
  const { t } = useTranslation("pledge");
  const payment = useTranslation("payment").t;
  const { locale, to } = useSite();
  // A gateway under way says the same, and more.
  const waitsForGateway = standing === "waiting" && (attempt === "open" || attempt === "held");
  const tone = standing === "paid" ? "notice good" : "notice";
  return (
    <div className="section">
      {problem ? (
        <p className="notice bad" role="alert">
          {payment(`problem.${problem.code}`, {
            limit: problem.limit ? money(locale, BigInt(problem.limit)) : "",
          })}
        </p>
      ) : null}
      {waitsForGateway ? null : (
        <p className={tone}>
          {t(`standing.${standing}`, {
            paid: money(locale, paid),
            amount: money(locale, pledge.amount),
            day: pledge.promisedOn ? day(pledge.promisedOn) : "",
          })}
        </p>
      )}
      {attempt && attempt !== "paid" && standing !== "paid" ? (
        <p className="notice">
          <strong>{payment(`state.${attempt}`)}.</strong> {payment(`stateText.${attempt}`)}
        </p>
      ) : null}
      {pledge.gifts.length > 0 ? (
        <ul className="plain">
          {pledge.gifts.map((gift) => (
            <li key={gift.code}>
              {t("gift", { day: day(gift.receivedOn), amount: money(locale, gift.amount) })}{" "}
              <a href={to("entry", { entry: gift.entry })}>#{number(locale, gift.entry)}</a> ·{" "}
              <a href={to("donation", { code: gift.code })}>{t("follow")}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Pay({ pledge, open, memo, qr, gateways }: Loaded) {
  const { t } = useTranslation("pledge");
  const { locale } = useSite();
  const { account } = pledge;
  return (
    <>
      <section className="section" aria-labelledby="transfer">
        <h2 id="transfer">{t("transfer.title")}</h2>
        <div className="pay">
          {qr ? (
            <figure className="qr">
              <img
                src={qr}
                alt={t("transfer.qrAlt", { code: pledge.code })}
                width="240"
                height="240"
              />
              <figcaption className="small">{t("transfer.qrHint")}</figcaption>
            </figure>
          ) : null}
          <div>
            <dl className="transfer">
              <dt>{t("transfer.bank")}</dt>
              <dd>{account.bankName}</dd>
              <dt>{t("transfer.number")}</dt>
              <dd className="amount">{account.number}</dd>
              <dt>{t("transfer.holder")}</dt>
              <dd>{account.holder}</dd>
              <dt>{t("transfer.amount")}</dt>
              <dd className="amount">{money(locale, open)}</dd>
              <dt>{t("transfer.memo")}</dt>
              <dd className="memo">{memo}</dd>
            </dl>
            <p className="notice">{t("transfer.memoHint", { code: pledge.code })}</p>
          </div>
        </div>
      </section>
      {gateways.length > 0 ? (
        <section className="section no-print" aria-labelledby="gateways">
          <h2 id="gateways">{t("gateways.title")}</h2>
          <div className="buttons">
            {gateways.map((channel) => (
              <form key={channel} method="post" action={payPath(locale, pledge.code)}>
                <input type="hidden" name="channel" value={channel} />
                <button
                  className={channel === pledge.channel ? "button" : "button quiet"}
                  type="submit"
                >
                  {t(`gateways.${channel}`, { amount: money(locale, open) })}
                </button>
              </form>
            ))}
          </div>
          <p className="small soft">{t("gateways.hint")}</p>
        </section>
      ) : null}
    </>
  );
}
