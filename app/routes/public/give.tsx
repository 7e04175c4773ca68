import { own } from "#app/domain/kernel/own.ts";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import type { CampaignPage } from "#app/domain/campaigns/ports.ts";
import { campaignState, lastDay, stillNeeded, takesGifts } from "#app/domain/campaigns/state.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { limitsOn } from "#app/domain/payments/limits.ts";
import { LONGEST_NAME, makePledge, type PledgeProblem } from "#app/domain/pledges/make-pledge.ts";
import { day, money } from "#app/i18n/formats.ts";
import { latenessOf } from "#app/domain/campaigns/lateness.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { type Locale, localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { localeContext } from "#app/requests/locale.ts";
import { payersCookie } from "#app/requests/payer-marks.ts";
import { readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import { giveFormSchema, type Pieces } from "#app/ui/forms/give-form.ts";
import { Measure } from "#app/ui/forms/measure.tsx";
import { drawnForm, readSentForm } from "#app/ui/forms/sent-form.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { RadioField } from "#app/ui/radio-field.tsx";
import { useSite } from "#app/ui/site.ts";
import { StageBar } from "#app/ui/stage-bar.tsx";
import { TextField } from "#app/ui/text-field.tsx";
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
    today,
    limits: await limitsOn(services.rules, today),
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

/** What the campaign page's offers ask for. */
function prefill(query: URLSearchParams): Record<string, string> {
  for (const measure of ["units", "households", "amount"] as const) {
    const value = query.get(measure);
    if (value && /^\d{1,13}$/.test(value)) return { measure, [measure]: value };
  }
  return {};
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const services = context.get(servicesContext);
  const locale = context.get(localeContext);
  const campaign = await services.campaigns.bySlug(params.slug);
  if (!campaign) throw data({ code: "campaign.not-found" }, { status: 404 });
  const form = readSentForm(await readForm(request), giveFormSchema(piecesOf(campaign)));
  if (form.status !== "success") return data({ result: form.reply(), facts: {} }, { status: 422 });
  const { channel } = form.value;
  if (!channelsOf(context.get(settingsContext).channels).includes(channel)) {
    const result = form.reply({ fieldErrors: { channel: ["payment.channel-off"] } });
    return data({ result, facts: {} }, { status: 422 });
  }

  const made = await makePledge(services, { ...form.value, campaign: params.slug, locale });
  if (made.ok) {
    const { code } = made.value;
    const cookie = payersCookie(request, services.payerMarks, code);
    const path = pathTo(locale, "pledge", { code });
    return redirect(path, { status: 303, headers: { "set-cookie": cookie } });
  }
  const { problem } = made;
  const field = own(FIELD_OF, problem.code.split(".")[0] ?? "");
  const result = form.reply(
    field ? { fieldErrors: { [field]: [problem.code] } } : { formErrors: [problem.code] },
  );
  return data({ result, facts: factsOf(problem, locale) }, { status: field ? 422 : 409 });
}

/** The field a domain problem is shown at; the others concern the whole form. */
const FIELD_OF: Readonly<Record<string, string>> = {
  payment: "amount",
  promise: "promisedOn",
  name: "donorName",
};

function factsOf(problem: PledgeProblem, locale: Locale): Record<string, string> {
  if ("on" in problem) return { day: day(problem.on) };
  if (!("limit" in problem)) return {};
  return {
    limit:
      typeof problem.limit === "string" ? money(locale, BigInt(problem.limit)) : `${problem.limit}`,
  };
}

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
            ? t("errors.campaign.upcoming", { day: day(campaign.startsOn) })
            : t("errors.campaign.closed", { day: day(campaign.lastDay) })}{" "}
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
type Sent = Route.ComponentProps["actionData"];

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

function GiveForm({ loaded, sent }: { loaded: Loaded; sent: Sent }) {
  const { campaign, pieces, channels, limits, today } = loaded;
  const { t } = useTranslation("give");
  const { locale, to } = useSite();
  const [form, fields] = drawnForm(sent?.result, {
    measure: "amount",
    channel: "bank",
    ...loaded.asked,
    formKey: loaded.formKey,
  });
  const say = (code: string | undefined) =>
    code === undefined ? undefined : t(`errors.${code}`, sent?.facts ?? {});
  const field = (name: string) => ({
    id: name,
    name,
    value: fields[name]?.initialValue,
    error: say(fields[name]?.errors[0]),
  });
  const text = (name: string) => {
    const { value, ...rest } = field(name);
    return { ...rest, defaultValue: value };
  };
  const problems = [
    ...form.errors.map((code) => ({ id: null, text: say(code) ?? code })),
    ...ORDER.flatMap((name) => {
      const { error } = field(name);
      return error ? [{ id: anchorOf(name, pieces !== undefined), text: error }] : [];
    }),
  ];
  return (
    <form method="post" action={to("give", { slug: campaign.slug })} className="form" noValidate>
      <ErrorSummary title={t("errors.title")} problems={problems} />
      <input type="hidden" name="formKey" value={fields["formKey"]?.initialValue} />

      <Measure
        pieces={pieces}
        species={campaign.species}
        value={fields["measure"]?.initialValue}
        text={text}
      />

      <RadioField
        {...field("intent")}
        value={field("intent").value ?? "now"}
        legend={t("intent.legend")}
        options={[
          { value: "now", label: t("intent.now"), hint: t("intent.nowHint") },
          { value: "promised", label: t("intent.promised"), hint: t("intent.promisedHint") },
        ]}
      />
      <div className="when-promised">
        <TextField
          {...text("promisedOn")}
          type="date"
          min={today}
          max={campaign.lastDay}
          label={t("promisedOn")}
          hint={t("promisedOnHint", { day: day(campaign.lastDay) })}
        />
      </div>

      <RadioField
        {...field("donorKind")}
        value={field("donorKind").value ?? "person"}
        legend={t("donorKind.legend")}
        two
        options={[
          { value: "person", label: t("donorKind.person") },
          { value: "organisation", label: t("donorKind.organisation") },
        ]}
      />
      <TextField
        {...text("donorName")}
        label={t("donorName")}
        hint={t("donorNameHint")}
        autoComplete="name"
        maxLength={LONGEST_NAME}
      />
      <RadioField
        {...field("namePublic")}
        value={field("namePublic").value ?? "no"}
        legend={t("namePublic.legend")}
        two
        options={[
          { value: "no", label: t("namePublic.no") },
          { value: "yes", label: t("namePublic.yes") },
        ]}
      />

      <RadioField
        {...field("channel")}
        value={field("channel").value ?? "bank"}
        legend={t("channel.legend")}
        options={channels.map((channel) => ({
          value: channel,
          label: t(`channel.${channel}`),
          hint: t(`channel.${channel}Hint`, {
            least: money(locale, limits[channel].least),
            most: money(locale, limits[channel].most),
          }),
        }))}
      />

      <div className="field">
        <button className="button" type="submit">
          {t("submit")}
        </button>
        <p className="hint">{t("submitHint")}</p>
      </div>
    </form>
  );
}

/** Where the summary leads for a field: what has no place of its own on the page is led to nowhere wrong. */
function anchorOf(name: string, byPiece: boolean): string | null {
  if (name === "formKey") return null;
  return name === "measure" ? (byPiece ? "measure-amount" : "amount") : name;
}

/** Fields in the order of the page, as the error summary lists them. */
const ORDER = [
  "measure",
  "amount",
  "units",
  "households",
  "intent",
  "promisedOn",
  "donorKind",
  "donorName",
  "namePublic",
  "channel",
  "formKey",
];
