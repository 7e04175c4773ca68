import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { openObjection } from "#app/domain/objections/open-objection.ts";
import { daysRule } from "#app/domain/objections/rules.ts";
import { day } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";
import { localeContext } from "#app/requests/locale.ts";
import { objectionTyped } from "#app/requests/objection-form.ts";
import { readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { fieldOfProblem, ObjectionFields } from "#app/ui/objections/objection-fields.tsx";
import { pageMeta } from "#app/ui/page-meta.ts";
import { problemText } from "#app/ui/problem-text.ts";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/objection";

/** The form by which anybody objects to a line of a list, or the list: no account, no script. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const list = await services.objections.list(params.list);
  if (!list) throw data({ code: "notice.not-found" }, { status: 404 });
  const asked = url.searchParams.get("line") ?? "";
  return {
    list,
    line: list.lines.some(({ code }) => code === asked) ? asked : "",
    days: await daysRule(services.rules, "objections.answer-days", dayOf(services.now())),
    // Made before the first send, so that a double click is one objection.
    key: services.newId(),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const services = context.get(servicesContext);
  const list = await services.objections.list(params.list);
  if (!list) throw data({ code: "notice.not-found" }, { status: 404 });
  const typed = objectionTyped(await readForm(request));
  if (!/^[a-z2-7]{26}$/.test(typed.key)) throw data({ code: "form.broken" }, { status: 400 });
  const opened = await openObjection(services, { ...typed, list: list.list });
  if (opened.ok) {
    const { code } = opened.value;
    const locale = context.get(localeContext);
    return redirect(`${pathTo(locale, "objectionFollow", { code })}?sent=1`, 303);
  }
  const { problem } = opened;
  const status = fieldOfProblem(problem.code) === null ? 409 : 422;
  return data({ typed, problem: { ...problem } }, { status });
}

/** Holds the key of one form, and what somebody typed: never kept, never shared. */
export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ loaderData, location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "objections");
  return pageMeta(t("form.metaTitle", { list: loaderData?.list.list ?? "" }), t("form.lead"));
}

export default function ObjectionPage({ loaderData, actionData }: Route.ComponentProps) {
  const { list, days, key } = loaderData;
  const { t } = useTranslation("objections");
  const { locale, to } = useSite();
  const notice = to("notice", { notice: list.list });
  const typed = actionData?.typed ?? { line: loaderData.line, ground: "", text: "", contact: "" };
  const wrong = actionData && {
    id: fieldOfProblem(actionData.problem.code),
    text: problemText(t, locale, actionData.problem),
  };
  return (
    <>
      <nav className="crumbs" aria-label={t("crumbs")}>
        <a href={to("notices")}>{t("lists")}</a>
        <span aria-hidden="true">›</span>
        <a href={notice}>{list.list}</a>
      </nav>
      <h1>{t("form.title")}</h1>
      <p className="lead spaced">
        {t("form.about", {
          campaign: locale === "vi" ? list.campaignTitleVi : list.campaignTitleEn,
          round: list.round,
          commune: placeInSentence(locale, list.communeName),
        })}
      </p>
      <div className="columns">
        <form method="post" className="form" noValidate>
          <ErrorSummary title={t("form.wrong")} problems={wrong ? [wrong] : []} />
          <input type="hidden" name="key" value={actionData?.typed.key ?? key} />
          <ObjectionFields lines={list.lines} typed={typed} wrong={wrong} />
          <button className="button" type="submit">
            {t("form.send")}
          </button>
        </form>
        <aside className="panel" aria-label={t("form.next")}>
          <h2>{t("form.next")}</h2>
          <ul className="plain-list">
            <li>{t("form.nextLock")}</li>
            <li>{t("form.nextAnswer", { days })}</li>
            <li>{t("form.nextFollow")}</li>
            <li>{t("form.nextPrivate")}</li>
            <li>{t("form.nextOther")}</li>
          </ul>
          {list.hangsUntil === null ? null : (
            <p>{t("form.hangs", { day: day(list.hangsUntil) })}</p>
          )}
        </aside>
      </div>
    </>
  );
}
