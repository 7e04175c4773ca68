import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { missingToPledge } from "#app/domain/campaigns/state.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { readEmail } from "#app/domain/kernel/email.ts";
import { accountQr, memoOf } from "#app/domain/payments/account-qr.ts";
import { chargesOn } from "#app/domain/payments/charges.ts";
import { limitsOn, type PayChannel, withinLimits } from "#app/domain/payments/limits.ts";
import { isReferenceCode } from "#app/domain/kernel/reference-code.ts";
import { confirmPledge } from "#app/domain/pledges/confirm-pledge.ts";
import { fitsLetter } from "#app/domain/pledges/letter-mark.ts";
import type { PledgePage as Pledge } from "#app/domain/pledges/ports.ts";
import {
  attemptState,
  canBePaid,
  mayBeWithdrawn,
  openOf,
  paidOf,
  publishedOf,
  standingOf,
  waitsForConfirmation,
} from "#app/domain/pledges/standing.ts";
import { dayAt, day, money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { localeContext } from "#app/requests/locale.ts";
import { lookUpOrRefuse } from "#app/requests/look-up.ts";
import { ownPayment } from "#app/requests/payer-marks.ts";
import { sendPromiseLetter } from "#app/requests/promise-letter.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { shownContext } from "#app/requests/shown.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { Confirming, Withdrawing } from "#app/ui/pledge/confirming.tsx";
import { WaysToPay } from "#app/ui/pledge/ways-to-pay.tsx";
import { useSite } from "#app/ui/site.ts";
import { toldOf } from "#app/ui/told-by-gateway.ts";
import type { Services } from "#app/domain/services.ts";
import { problemText } from "#app/ui/problem-text.ts";
import type { Route } from "./+types/pledge";

export async function loader({ context, params, request, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const known = await lookUpOrRefuse(context, async () =>
    isReferenceCode(params.code) ? services.pledges.page(params.code) : undefined,
  );
  if (!known) throw data({ code: "pledge.not-found" }, { status: 404 });
  const now = services.now();
  const { own: ownBrowser, attempt } = await ownPayment(services, request, known.code);
  const letter = letterOf(services, known.code, url.searchParams.get("letter") ?? "");
  // Whoever has the letter that was sent for it made it.
  const own = ownBrowser || letter !== undefined;
  const pledge = own ? known : publishedOf(known);
  const gift = own ? known.gifts.at(-1)?.entry : undefined;
  if (gift !== undefined) context.get(shownContext).gift = gift;
  const standing = standingOf(pledge, now);
  const open = openOf(pledge);
  const payable = canBePaid(standing);
  const qr = payable ? accountQr(pledge.account, pledge.code, open) : undefined;
  const { channels, donorLinks } = context.get(settingsContext);
  const amounts = await limitsOn(services.rules, dayOf(now));
  const gateways = (["vnpay", "stripe"] as const).filter(
    (channel) => payable && channels[channel] && withinLimits(amounts, channel, open).ok,
  );
  const unconfirmed = waitsForConfirmation(known);
  return {
    pledge,
    standing,
    paid: paidOf(pledge),
    open,
    payable,
    memo: memoOf(pledge.code),
    qr: qr === undefined ? undefined : services.qrPicture(qr),
    qrFile: qr === undefined ? undefined : await services.qrFile(qr),
    gateways,
    first: gateways.find((channel) => channel === pledge.channel) ?? ("bank" as PayChannel),
    charges: await chargesOn(services.rules, dayOf(now)),
    unconfirmed,
    above: unconfirmed && openOf(known) > (await missingFor(services, known)),
    letter,
    links: donorLinks,
    withdrawable: own && mayBeWithdrawn(known),
    own,
    attempt: attempt && attemptState(attempt, now),
    problem: readProblem(url.searchParams),
  };
}

/** The mark of this promise's letter, where the address or the form brings it. */
function letterOf(services: Services, code: string, mark: string): string | undefined {
  return fitsLetter(services.payerMarks, code, mark) ? mark : undefined;
}

/** đồng that the campaign of a promise still lacks, promises that count taken off. */
async function missingFor({ campaigns }: Services, { campaign }: Pledge): Promise<bigint> {
  const page = await campaigns.bySlug(campaign.slug);
  return page ? missingToPledge(page) : 0n;
}

/** What whoever made a promise does with it: has a letter sent, confirms it by that letter, takes it back. */
export async function action({ context, params, request, url }: Route.ActionArgs) {
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const form = await readForm(request);
  const pledge = await lookUpOrRefuse(context, async () =>
    isReferenceCode(params.code) ? services.pledges.page(params.code) : undefined,
  );
  if (!pledge) throw data({ code: "pledge.not-found" }, { status: 404 });
  const { code } = pledge;
  const typed = fieldOf(form, "letter", 100) || (url.searchParams.get("letter") ?? "");
  const letter = letterOf(services, code, typed);
  const { own } = await ownPayment(services, request, code);
  const page = pathTo(locale, "pledge", { code }) + (letter ? `?letter=${letter}` : "");
  switch (fieldOf(form, "intent")) {
    case "letter": {
      if (!own || !context.get(settingsContext).donorLinks) return redirect(page, 303);
      const email = fieldOf(form, "email", 254).trim();
      const read = readEmail(email);
      if (!read.ok) return data({ problem: read.problem, email }, { status: 422 });
      await sendPromiseLetter({ context, request, pledge, locale }, read.value);
      return data({ done: "letter" as const });
    }
    case "confirm":
      // Refused, the page says why by itself: paid, over, or more than is missing.
      if (letter) await confirmPledge(services, code, { way: "link" });
      return redirect(page, 303);
    case "withdraw":
      if (own || letter) await services.pledges.withdraw(code);
      return redirect(page, 303);
    default:
      throw data({ code: "form.broken" }, { status: 400 });
  }
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

export default function PledgePage({ loaderData, actionData }: Route.ComponentProps) {
  const { pledge, standing } = loaderData;
  const { t } = useTranslation("pledge");
  const { locale, to } = useSite();
  const confirming = { ...loaderData, sent: actionData };
  return (
    <>
      <p className="eyebrow">
        {t("code")} <code>{pledge.code}</code> ·{" "}
        {pledge.createdAt === null ? null : <>{dayAt(pledge.createdAt)} · </>}
        <a href={to("campaign", { slug: pledge.campaign.slug })}>{pledge.campaign.title[locale]}</a>
      </p>
      <h1>
        <Title {...loaderData} />
      </h1>
      <State {...loaderData} />
      <Confirming {...confirming} />
      {loaderData.payable ? <WaysToPay {...loaderData} /> : null}
      {standing === "paid" ? <Paid {...loaderData} /> : <Next {...loaderData} />}
      <Withdrawing {...confirming} />
    </>
  );
}

/** What there is to do now, by the way that was chosen; of money that came, what came and by whose word. */
function Title({ pledge, standing, open, first }: Loaded) {
  const { t } = useTranslation("pledge");
  const { t: payment } = useTranslation("payment");
  const { locale } = useSite();
  const amount = money(
    locale,
    standing === "part" || standing === "part-ended" ? open : pledge.amount,
  );
  const told = standing === "paid" ? toldOf(pledge.gifts) : undefined;
  if (told) return <>{told.words(payment, locale)}</>;
  return <>{t(standing === "waiting" ? `title.pay.${first}` : `title.${standing}`, { amount })}</>;
}

/** Before the money has come: what to keep, and what happens then. */
function Next({ pledge, own }: Loaded) {
  const { t } = useTranslation("pledge");
  const { to } = useSite();
  return (
    <section className="section" aria-labelledby="next">
      <h2 id="next">{t("next.title")}</h2>
      <ol className="steps">
        <li>{t("next.keep", { code: pledge.code })}</li>
        {own ? null : <li>{t("elsewhere")}</li>}
        <li>{t("next.booked")}</li>
        <li>
          {t("next.follow")}{" "}
          <a href={to("donation", { code: pledge.code })}>{t("next.followLink")}</a>
        </li>
      </ol>
    </section>
  );
}

/** All has come: what is next heard of it and when, and where. */
function Paid({ pledge }: Loaded) {
  const { t } = useTranslation("pledge");
  const { to } = useSite();
  const waits = toldOf(pledge.gifts) !== undefined;
  return (
    <section className="section roomy" aria-labelledby="next">
      <h2 id="next">{t("paid.title")}</h2>
      <ol className="steps">
        {waits ? <li>{t("paid.statement")}</li> : null}
        <li>{t("paid.sent")}</li>
        <li>{t("paid.animal")}</li>
      </ol>
      <p>{t("paid.keep", { code: pledge.code })}</p>
      <div className="buttons">
        <a className="button" href={to("donation", { code: pledge.code })}>
          {t("follow")}
        </a>
        <a className="button quiet" href={to("mine")}>
          {t("paid.mine")}
        </a>
      </div>
    </section>
  );
}

type Loaded = Route.ComponentProps["loaderData"];

function State({ pledge, standing, paid, attempt, problem, letter }: Loaded) {
  const told = standing === "paid" ? toldOf(pledge.gifts) : undefined;
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
          {problemText(payment, locale, problem)}
        </p>
      ) : null}
      {waitsForGateway ? null : (
        <p className={tone}>
          {told ? `${payment("told.waits")} ` : null}
          {t(told ? "standing.told" : `standing.${standing}`, {
            paid: money(locale, paid),
            amount: money(locale, pledge.amount),
            day: pledge.promisedOn ? day(pledge.promisedOn) : "",
          })}
          {canBePaid(standing) ? (
            <>
              {" "}
              <a href={to("pledge", { code: pledge.code }) + (letter ? `?letter=${letter}` : "")}>
                {t("reload")}
              </a>
            </>
          ) : null}
        </p>
      )}
      {attempt && attempt !== "paid" && standing !== "paid" ? (
        <p className="notice">
          <strong>{payment(`state.${attempt}`)}.</strong> {payment(`stateText.${attempt}`)}
        </p>
      ) : null}
      {pledge.gifts.length > 0 ? (
        <ul className="booked">
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
