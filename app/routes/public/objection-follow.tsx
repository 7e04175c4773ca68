import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { isObjectionCode, readTypedObjection } from "#app/domain/kernel/objection-code.ts";
import {
  bodyOn,
  daysLateOn,
  daysOpen,
  dueOn,
  mayGoOn,
  type ObjectionBody,
} from "#app/domain/objections/objection.ts";
import { openObjection } from "#app/domain/objections/open-objection.ts";
import type { PublicObjection } from "#app/domain/objections/ports.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { localeContext } from "#app/requests/locale.ts";
import { lookUpOrRefuse } from "#app/requests/look-up.ts";
import { objectionTyped } from "#app/requests/objection-form.ts";
import { readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import {
  fieldOfProblem,
  type TypedObjection,
  WordsFields,
} from "#app/ui/objections/objection-fields.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale, useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/objection-follow";

/** One objection, followed by its code: where it stands, nothing of what was written. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const typed = readTypedObjection(params.code);
  if (typed !== undefined && typed !== params.code) {
    throw redirect(pathTo(context.get(localeContext), "objectionFollow", { code: typed }), 301);
  }
  const objection = await lookUpOrRefuse(context, async () =>
    isObjectionCode(params.code) ? services.objections.published(params.code) : undefined,
  );
  if (!objection) throw data({ code: "objection.not-found" }, { status: 404 });
  const today = dayOf(services.now());
  return {
    objection,
    sent: url.searchParams.get("sent") !== null,
    body: bodyOn(objection, today),
    late: daysLateOn(objection, today),
    open: daysOpen(objection, today),
    due: dueOn(objection, today),
    goesOn: mayGoOn(objection, objection.again !== null),
    key: services.newId(),
  };
}

/** Take the commune's decision to the district: once, by anybody who has the code. */
export async function action({ context, params, request }: Route.ActionArgs) {
  const services = context.get(servicesContext);
  const form = await readForm(request);
  const first = await lookUpOrRefuse(context, async () =>
    isObjectionCode(params.code) ? services.objections.published(params.code) : undefined,
  );
  if (!first) throw data({ code: "objection.not-found" }, { status: 404 });
  const typed = objectionTyped(form);
  if (!/^[a-z2-7]{26}$/.test(typed.key)) throw data({ code: "form.broken" }, { status: 400 });
  const { list, ground, code: against } = first;
  const opened = await openObjection(services, {
    ...typed,
    list,
    line: first.line ?? "",
    ground,
    against,
  });
  if (opened.ok) {
    const { code } = opened.value;
    const locale = context.get(localeContext);
    return redirect(`${pathTo(locale, "objectionFollow", { code })}?sent=1`, 303);
  }
  const { problem } = opened;
  const status = fieldOfProblem(problem.code) === null ? 409 : 422;
  return data({ typed, problem: { ...problem } }, { status });
}

/** Days go by, and whoever asks for codes that do not exist is counted: never kept. */
export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ params, location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "objections");
  return pageMeta(t("follow.metaTitle", { code: params.code }), t("follow.description"));
}

export default function ObjectionFollowPage({ loaderData, actionData }: Route.ComponentProps) {
  const { objection, sent } = loaderData;
  const { t } = useTranslation("objections");
  const { locale, to } = useSite();
  const campaign = locale === "vi" ? objection.campaignTitleVi : objection.campaignTitleEn;
  return (
    <>
      <p className="eyebrow">
        <a href={to("notice", { notice: objection.list })}>{objection.list}</a> ·{" "}
        <a href={to("campaign", { slug: objection.campaignSlug })}>{campaign}</a>
      </p>
      <h1>{t(sent ? "follow.sent" : `follow.title.${objection.state}`)}</h1>
      <p className="follow-code">
        <span className="soft">{t("follow.code")}</span> <code>{objection.code}</code>
      </p>
      {sent ? <p className="notice good">{t("follow.keep", { code: objection.code })}</p> : null}
      <Standing loaded={loaderData} />
      <Facts loaded={loaderData} />
      {loaderData.goesOn ? <GoOn loaded={loaderData} sent={actionData} /> : null}
      <p className="soft small">{t("follow.private")}</p>
    </>
  );
}

type Loaded = Route.ComponentProps["loaderData"];

function Standing({ loaded }: { loaded: Loaded }) {
  const { objection, body, late, due } = loaded;
  const { t } = useTranslation("objections");
  if (objection.state !== "open") {
    return (
      <p className="lead spaced">
        {t(`outcome.${objection.outcome}`)}{" "}
        {t("follow.decided", { by: t(`body.${body}`), day: day(objection.decidedOn ?? "") })}
      </p>
    );
  }
  if (late > 0) {
    return (
      <p className="late-banner">
        {t(objection.body === "commune" ? "follow.late" : "follow.lateDistrict", {
          count: late,
          day: day(objection.answerBy),
          due: day(due),
        })}
      </p>
    );
  }
  return (
    <p className="lead spaced">{t("follow.waits", { by: t(`body.${body}`), day: day(due) })}</p>
  );
}

function Facts({ loaded }: { loaded: Loaded }) {
  const { objection, open } = loaded;
  const { t } = useTranslation("objections");
  const { locale, to } = useSite();
  return (
    <dl className="facts">
      <dt>{t("facts.about")}</dt>
      <dd>{objection.line === null ? t("facts.whole") : <code>{objection.line}</code>}</dd>
      <dt>{t("facts.ground")}</dt>
      <dd>{t(`ground.${objection.ground}`)}</dd>
      <dt>{t("facts.commune")}</dt>
      <dd>{placeName(locale, objection.communeName)}</dd>
      <dt>{t("facts.came")}</dt>
      <dd>
        {t("facts.cameBy", {
          day: day(objection.onDay),
          channel: t(`channel.${objection.channel}`),
          count: open,
        })}
      </dd>
      {objection.locked > 0n ? (
        <>
          <dt>{t("facts.locked")}</dt>
          <dd>{money(locale, objection.locked)}</dd>
        </>
      ) : null}
      <Chain objection={objection} t={t} />
      <dt>{t("facts.entries")}</dt>
      <dd>
        {[objection.openedEntry, objection.decidedEntry].map((entry) =>
          entry === null ? null : (
            <a key={entry} href={to("entry", { entry })}>
              {`#${number(locale, entry)}`}{" "}
            </a>
          ),
        )}
      </dd>
    </dl>
  );
}

/** The objection whose decision this one goes against, and the one that goes against its decision. */
function Chain({ objection, t }: { objection: PublicObjection; t: TFunction<"objections"> }) {
  const { to } = useSite();
  return (
    <>
      {objection.againstDecision === null ? null : (
        <>
          <dt>{t("facts.against")}</dt>
          <dd>
            <a href={to("objectionFollow", { code: objection.againstDecision })}>
              {objection.againstDecision}
            </a>
          </dd>
        </>
      )}
      {objection.again === null ? null : (
        <>
          <dt>{t("facts.again")}</dt>
          <dd>
            <a href={to("objectionFollow", { code: objection.again })}>{objection.again}</a>
          </dd>
        </>
      )}
    </>
  );
}

const DISTRICT: ObjectionBody = "district";

function GoOn(props: {
  loaded: Loaded;
  sent:
    | {
        readonly typed: TypedObjection & { readonly key: string };
        readonly problem: { readonly code: string };
      }
    | undefined;
}) {
  const { loaded, sent } = props;
  const { t } = useTranslation("objections");
  const locale = useLocale();
  const wrong = sent && {
    id: fieldOfProblem(sent.problem.code),
    text: problemText(t, locale, sent.problem),
  };
  return (
    <section className="section no-print" aria-labelledby="again">
      <h2 id="again">{t("again.title")}</h2>
      <p>{t("again.text", { by: t(`body.${DISTRICT}`) })}</p>
      <form method="post" className="form" noValidate>
        <ErrorSummary title={t("form.wrong")} problems={wrong ? [wrong] : []} />
        <input type="hidden" name="key" value={sent?.typed.key ?? loaded.key} />
        <WordsFields typed={sent?.typed ?? { text: "", contact: "" }} wrong={wrong} />
        <button className="button quiet" type="submit">
          {t("again.send")}
        </button>
      </form>
    </section>
  );
}
