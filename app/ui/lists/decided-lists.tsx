import { useTranslation } from "react-i18next";

import { daysLeft } from "#app/domain/lists/notice.ts";
import type { PublicListHead } from "#app/domain/lists/ports.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";
import { useSite } from "#app/ui/site.ts";

/** Lists in force: those one can object to first, with the days that are left. */
export function DecidedLists({
  lists,
  today,
}: {
  lists: readonly PublicListHead[];
  today: string;
}) {
  const { t } = useTranslation("lists");
  const open = lists.filter(({ notice }) => notice?.outcome === null);
  const others = lists.filter(({ notice }) => notice?.outcome !== null);
  return (
    <>
      {open.length === 0 ? null : (
        <section className="section" aria-labelledby="open-lists">
          <h2 id="open-lists">{t("openLists")}</h2>
          <ul className="list-cards">
            {open.map((one) => (
              <Card key={one.list} list={one} today={today} />
            ))}
          </ul>
        </section>
      )}
      {others.length === 0 ? null : (
        <section className="section" aria-labelledby="other-lists">
          <h2 id="other-lists">{t("otherLists")}</h2>
          <ul className="list-cards">
            {others.map((one) => (
              <Card key={one.list} list={one} today={today} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Card({ list: one, today }: { list: PublicListHead; today: string }) {
  const { t } = useTranslation("lists");
  const { locale, to } = useSite();
  const { notice } = one;
  const left = notice ? daysLeft(notice, today) : 0;
  const state = notice === null ? "decided" : (notice.outcome ?? "hanging");
  return (
    <li className="card">
      <p>
        <strong className={`list-state is-${state}`}>{t(`strip.${state}`)}</strong>
        {left > 0 ? <> · {t("left", { count: left, n: number(locale, left) })}</> : null}
      </p>
      <h3>
        <a href={to("notice", { notice: one.list })}>
          {t("cardTitle", {
            campaign: locale === "vi" ? one.titleVi : one.titleEn,
            round: one.round,
          })}
        </a>
      </h3>
      <p className="soft">
        {t("cardSums", {
          commune: placeInSentence(locale, one.communeName),
          households: number(locale, one.households),
          amount: money(locale, one.amount),
        })}
      </p>
      {notice === null ? null : (
        <p className="soft small">
          {t("fromTo", { from: day(notice.fromDay), to: day(notice.endedOn ?? notice.toDay) })}
        </p>
      )}
      {left > 0 ? (
        <p>
          <a className="button small" href={to("objection", { list: one.list })}>
            {t("object")}
            <span className="visually-hidden"> {one.list}</span>
          </a>
        </p>
      ) : null}
    </li>
  );
}
