import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import type { CampaignPage } from "#app/domain/campaigns/ports.ts";
import { campaignState, lastDay, stillNeeded, takesGifts } from "#app/domain/campaigns/state.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { chargesOn } from "#app/domain/payments/charges.ts";
import { limitsOn } from "#app/domain/payments/limits.ts";
import { confirmPledge } from "#app/domain/pledges/confirm-pledge.ts";
import { makePledge, type PledgeProblem } from "#app/domain/pledges/make-pledge.ts";
import { day, money } from "#app/i18n/formats.ts";
import { latenessOf } from "#app/domain/campaigns/lateness.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { localeContext } from "#app/requests/locale.ts";
import { payersCookie } from "#app/requests/payer-marks.ts";
import { sendPromiseLetter } from "#app/requests/promise-letter.ts";
import { readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { visitorContext } from "#app/requests/visitor.ts";
import { GiveForm } from "#app/ui/forms/give-fields.tsx";
import { giveFormSchema, type Pieces } from "#app/ui/forms/give-form.ts";
import { readSentForm } from "#app/ui/forms/sent-form.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { useSite } from "#app/ui/site.ts";
import { StageBar } from "#app/ui/stage-bar.tsx";
import { problemField, type ProblemFacts, toldProblem } from "#app/ui/problem-text.ts";
import type { Route } from "./+types/give";

export async function loader({ context, params, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const campaign = await services.campaigns.bySlug(params.slug);
  if (!campaign) throw data({ code: "campaign.not-found" }, { status: 404 });
  const today = dayOf(services.now());
  return {
    campaign: {
      slug: campaign.slug,
      title: campaign.title,
      species: campaign.species,
      lastDay: lastDay(campaign),
      startsOn: campaign.startsOn,
      commune: campaign.communeNow ?? campaign.commune,
      goal: campaign.goal,
      totals: campaign.totals,
      open: stillNeeded(campaign),
      account: campaign.account,
    },
    pieces: piecesOf(campaign),
    gives: takesGifts(campaign, today),
    lateness: latenessOf(campaign, today),
    state: campaignState(campaign, today),
    limits: await limitsOn(services.rules, today),
    charges: await chargesOn(services.rules, today),
    letters: context.get(settingsContext).donorLinks,
    channels: channelsOf(context.get(settingsContext).channels),
    // Made before the first send, so that a double click is one pledge.
    formKey: crypto.randomUUID(),
    asked: prefill(url.searchParams),
  };
}

/** One line with a price: then people can give by the piece. */
function piecesOf({ needs }: CampaignPage): Pieces | undefined {
  const [line] = needs;
  return line?.counts
    ? { unitPrice: line.unitPrice, perHousehold: line.norm?.perHousehold ?? 1 }
    : undefined;
}

function channelsOf(on: { vnpay: boolean; stripe: boolean }) {
  return (["bank", "vnpay", "stripe"] as const).filter((one) => one === "bank" || on[one]);
}

/** What the campaign page's offers ask for: one radio's value, or a link's own query. */
function prefill(query: URLSearchParams): Record<string, string> {
  const [, chosen, count] =
    /^(units|households|amount):(\d{1,13})$/.exec(query.get("gift") ?? "") ?? [];
  if (chosen !== undefined && count !== undefined) return { measure: chosen, [chosen]: count };
  for (const measure of ["units", "households", "amount"] as const) {
    const value = query.get(measure);
    if (value && /^\d{1,13}$/.test(value)) return { measure, [measure]: value };
  }
  return {};
}

const NONE: ProblemFacts = {};

export async function action({ context, params, request }: Route.ActionArgs) {
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const campaign = await services.campaigns.bySlug(params.slug);
  if (!campaign) throw data({ code: "campaign.not-found" }, { status: 404 });
  const form = readSentForm(await readForm(request), giveFormSchema(piecesOf(campaign)));
  if (form.status !== "success")
    return data({ result: form.reply(), facts: NONE }, { status: 422 });
  const { channel } = form.value;
  if (!channelsOf(context.get(settingsContext).channels).includes(channel)) {
    const result = form.reply({ fieldErrors: { channel: ["payment.channel-off"] } });
    return data({ result, facts: NONE }, { status: 422 });
  }

  const { confirmEmail, ...wish } = form.value;
  const made = await makePledge(services, campaign, { ...wish, locale });
  if (made.ok) {
    const { code, again } = made.value;
    if (wish.intent === "promised" && !again) {
      await letItCount({ context, request, locale }, code, confirmEmail);
    }
    const cookie = payersCookie(request, services.payerMarks, code);
    const path = pathTo(locale, "pledge", { code });
    return redirect(path, { status: 303, headers: { "set-cookie": cookie } });
  }
  const { problem } = made;
  // Asked where it was typed: as animals, as households or in đồng.
  const field =
    problem.code === "amount.above-missing" ? form.value.measure : problemField(problem, FIELDS);
  const result = form.reply(
    field ? { fieldErrors: { [field]: [problem.code] } } : { formErrors: [problem.code] },
  );
  const { facts } = toldProblem(problem);
  const sure: ProblemFacts =
    problem.code === "amount.above-missing" ? { sureOf: `${wish.amount}` } : NONE;
  return data({ result, facts: { ...facts, ...sure } }, { status: field ? 422 : 409 });
}

/** Whoever is signed in stands for the promise by making it; whoever left an address gets the letter that asks. */
async function letItCount(
  asked: Pick<Parameters<typeof sendPromiseLetter>[0], "context" | "request" | "locale">,
  code: string,
  email: string | undefined,
): Promise<void> {
  const services = asked.context.get(servicesContext);
  const { person } = await asked.context.get(visitorContext)();
  if (person) {
    // Above what is missing it waits for an official, and its page says so.
    await confirmPledge(services, code, { way: "person", person: person.id });
    return;
  }
  if (email === undefined || !asked.context.get(settingsContext).donorLinks) return;
  const pledge = await services.pledges.page(code);
  if (pledge) await sendPromiseLetter({ ...asked, pledge }, email);
}

/** The field a problem is shown at; the others concern the whole form. */
const FIELDS: Partial<Record<PledgeProblem["code"], string>> = {
  "payment.too-small": "amount",
  "payment.too-large": "amount",
  "promise.no-day": "promisedOn",
  "promise.past": "promisedOn",
  "promise.after-end": "promisedOn",
  "promise.too-far": "promisedOn",
  "name.missing": "donorName",
  "name.too-long": "donorName",
};

/** Holds the key of one form: never kept, never shared. */
export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ loaderData, location }: Route.MetaArgs) {
  const locale = localeOfPath(location.pathname);
  const t = wordsFor(locale, "give");
  const title = loaderData?.campaign.title[locale] ?? "";
  return pageMeta(t("metaTitle", { title }), t("metaDescription", { title }));
}

export default function GivePage({ loaderData, actionData }: Route.ComponentProps) {
  const { campaign, gives, state, lateness } = loaderData;
  const { t } = useTranslation("give");
  const { locale, to } = useSite();
  const back = to("campaign", { slug: campaign.slug });
  return (
    <>
      <nav className="crumbs" aria-label={t("back")}>
        <a href={back}>{campaign.title[locale]}</a>
      </nav>
      <h1>{t("title")}</h1>
      {gives && lateness.is === "held-up" ? (
        <HeldUp dueOn={lateness.dueOn} />
      ) : gives || actionData ? (
        <div className="columns">
          <GiveForm loaded={loaderData} sent={actionData} />
          <Aside campaign={campaign} />
        </div>
      ) : (
        <p className="notice">
          {state === "upcoming"
            ? t("problem.campaign.upcoming", { on: day(campaign.startsOn) })
            : t("problem.campaign.closed", { on: day(campaign.lastDay) })}{" "}
          <a href={`${to("campaigns")}?state=open`}>{t("elsewhere")}</a>
        </p>
      )}
    </>
  );
}

/** No form while the progress statement is overdue: why, and what still works. */
function HeldUp({ dueOn }: { dueOn: string }) {
  const { t } = useTranslation("give");
  const { t: tp } = useTranslation("progress");
  const { to } = useSite();
  return (
    <div className="late-banner">
      <h2>{tp("heldUp.title")}</h2>
      <p>{tp("heldUp.text", { day: day(dueOn) })}</p>
      <p>{tp("heldUp.already")}</p>
      <p>
        <a href={`${to("campaigns")}?state=open`}>{t("elsewhere")}</a>
      </p>
    </div>
  );
}

type Loaded = Route.ComponentProps["loaderData"];

/** What the gift goes to, beside the form. */
function Aside({ campaign }: { campaign: Loaded["campaign"] }) {
  const { t } = useTranslation("give");
  const { t: ta } = useTranslation("accounts");
  const { locale, to } = useSite();
  const { account } = campaign;
  return (
    <aside className="panel" aria-label={t("aside.label")}>
      <h2>{campaign.title[locale]}</h2>
      <p className="soft">{placeName(locale, campaign.commune.fullName)}</p>
      <StageBar totals={campaign.totals} goal={campaign.goal} />
      <p>
        {campaign.open > 0n
          ? t("aside.open", {
              open: money(locale, campaign.open),
              goal: money(locale, campaign.goal),
            })
          : t("aside.full", { goal: money(locale, campaign.goal) })}
      </p>
      <hr />
      <dl className="facts">
        <dt>{t("aside.account")}</dt>
        <dd>
          <strong>{account.holder}</strong>
          <br />
          {account.bankName} <strong className="amount">{account.number}</strong>
          <br />
          <a href={`${to("accounts")}?number=${account.number}`}>{ta("link")}</a>
        </dd>
      </dl>
      <p className="small soft">{t("aside.promise")}</p>
    </aside>
  );
}
