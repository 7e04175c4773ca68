import { useTranslation } from "react-i18next";

import type { PublicListView } from "#app/requests/public-list.ts";
import { addDays } from "#app/domain/kernel/calendar.ts";
import { day, number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

/** What a list went through, and what comes next. */
export function ListSteps({ view }: { view: PublicListView }) {
  const { t } = useTranslation("lists");
  const { locale, to } = useSite();
  const { notice, meetings } = view;
  const handed = view.lines.filter(({ state }) => state === "handed-over").length;
  const whole = notice?.outcome === "whole";
  return (
    <section className="section" aria-labelledby="steps">
      <h2 id="steps">{t("steps")}</h2>
      <ol className="passed-steps">
        <li className="done">
          <strong>{t("step.meeting")}</strong>
          {meetings.map((one) => (
            <span className="under" key={`${one.onDay} ${one.village} ${one.present}`}>
              {t(one.quorate ? "step.held" : "step.thin", {
                day: day(one.onDay),
                village: one.village ?? t("fewHere"),
                present: number(locale, one.present),
                called: number(locale, one.called),
                way: t(`way.${one.way}`),
              })}
            </span>
          ))}
        </li>
        <li className="done">
          <strong>{t("step.decided")}</strong>
          <span className="under">
            {t("decidedOn", { number: view.decisionNumber, day: day(view.decidedOn) })},{" "}
            <a href={to("entry", { entry: view.entry })}>
              {t("entry", { entry: number(locale, view.entry) })}
            </a>
          </span>
        </li>
        <li className={whole ? "done" : notice === null ? undefined : "now"}>
          <strong>
            {notice === null
              ? t("step.notice")
              : t("step.noticeDays", { days: number(locale, notice.days) })}
          </strong>
          <span className="under">
            {notice === null
              ? t("step.notYet")
              : notice.outcome === null
                ? t("step.nth", { n: number(locale, notice.hung) })
                : t(`strip.${notice.outcome}`)}
          </span>
        </li>
        <li className={handed > 0 ? "now" : undefined}>
          <strong>{t("step.purchase")}</strong>
          <span className="under">
            {handed > 0
              ? t("step.handed", { n: number(locale, handed) })
              : notice !== null && notice.outcome === null
                ? t("step.notBefore", { day: day(addDays(notice.toDay, 1)) })
                : t("step.notYet")}
          </span>
        </li>
      </ol>
    </section>
  );
}
