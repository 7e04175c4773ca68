import { useTranslation } from "react-i18next";

import type { PublicListView } from "#app/requests/public-list.ts";
import { addDays } from "#app/domain/kernel/calendar.ts";
import { day } from "#app/i18n/formats.ts";

type NoticeView = NonNullable<PublicListView["notice"]>;

/** The days of a notice as boxes: those that passed, today, those to come. The words beside it say the same. */
export function NoticeDays({ notice }: { notice: NoticeView }) {
  const { t } = useTranslation("lists");
  const { fromDay, toDay, today, days } = notice;
  const hangs = notice.outcome === null && today <= toDay;
  const until = notice.endedOn ?? today;
  return (
    <div className="notice-days">
      <ol aria-hidden="true">
        {Array.from({ length: Math.min(days, 60) }, (_, n) => {
          const one = addDays(fromDay, n);
          const is = hangs && one === today ? "today" : one <= until ? "past" : "to-come";
          return <li key={one} className={is} />;
        })}
      </ol>
      <p>
        <span>{short(fromDay)}</span>
        {hangs ? <strong>{t("todayIs", { day: short(today) })}</strong> : null}
        <span>{short(toDay)}</span>
      </p>
    </div>
  );
}

/** Day and month: the year stands beside it. */
function short(value: string): string {
  return day(value).slice(0, 5);
}
