import { useTranslation } from "react-i18next";

import type { Dong } from "#app/domain/kernel/dong.ts";
import type { Lateness } from "#app/domain/campaigns/lateness.ts";
import type { ProgressFigures, ProgressStatement } from "#app/domain/progress/ports.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

/** Shown at once; the rest opens. */
const NEWEST = 2;

/** A statement that is overdue, and what that means for giving. Nothing is shown while it is in time. */
export function LateBanner({ lateness }: { lateness: Lateness }) {
  const { t } = useTranslation("progress");
  if (lateness.is !== "late" && lateness.is !== "held-up") return null;
  const { daysLate, dueOn, heldUpFrom } = lateness;
  return (
    <div className="late-banner" role="note">
      <p>
        <strong>{t("late.title", { count: daysLate })}</strong> {t("late.due", { day: day(dueOn) })}
      </p>
      <p>
        {lateness.is === "held-up"
          ? t("late.heldUp", { day: day(heldUpFrom) })
          : t("late.grace", { day: day(heldUpFrom) })}
      </p>
    </div>
  );
}

/** What the commune stated of a campaign, newest first, and when the next is due. */
export function Statements(props: {
  statements: readonly ProgressStatement[];
  lateness: Lateness;
  /** Whether heads are counted: livestock only. */
  animals: boolean;
}) {
  const { statements, lateness, animals } = props;
  const { t } = useTranslation("progress");
  if (statements.length === 0 && lateness.is === "not-asked") return null;
  return (
    <section className="section" aria-labelledby="progress">
      <div className="section-head">
        <h2 id="progress">{t("title")}</h2>
        <span className="soft small">
          {lateness.is === "in-time" ? t("next", { day: day(lateness.dueOn) }) : null}
          {lateness.is === "done" ? t("done") : null}
        </span>
      </div>
      {statements.length === 0 ? <p className="empty">{t("none")}</p> : null}
      {statements.slice(0, NEWEST).map((one) => (
        <Statement key={one.n} statement={one} animals={animals} />
      ))}
      {statements.length > NEWEST ? (
        <details className="older">
          <summary>{t("older", { count: statements.length - NEWEST })}</summary>
          {statements.slice(NEWEST).map((one) => (
            <Statement key={one.n} statement={one} animals={animals} />
          ))}
        </details>
      ) : null}
    </section>
  );
}

function Statement({ statement, animals }: { statement: ProgressStatement; animals: boolean }) {
  const { t } = useTranslation("progress");
  const { locale, to } = useSite();
  const { textVi, textEn } = statement;
  const english = locale === "en" ? textEn : null;
  return (
    <article className="statement">
      <div className="statement-head">
        <h3>{t("one", { n: statement.n, day: day(statement.filedOn) })}</h3>
        {statement.daysLate > 0 ? (
          <span className="late-mark">{t("filedLate", { count: statement.daysLate })}</span>
        ) : null}
      </div>
      <Figures figures={statement} animals={animals} />
      {(english ?? textVi).split("\n\n").map((paragraph) => (
        <p key={paragraph} lang={english === null ? "vi" : "en"}>
          {paragraph}
        </p>
      ))}
      <p className="small soft">
        {t("by", { office: statement.office[locale] })}{" "}
        {statement.entry > 0 ? (
          <>
            {t("upTo")}{" "}
            <a href={to("entry", { entry: statement.entry })}>#{number(locale, statement.entry)}</a>
            .
          </>
        ) : null}
      </p>
    </article>
  );
}

/** The figures of the books at one entry; the office sees the same before it files. */
export function Figures(props: { figures: ProgressFigures; animals: boolean }) {
  const { figures, animals } = props;
  const { t } = useTranslation("progress");
  const { locale } = useSite();
  const amounts: readonly (readonly [name: string, amount: Dong])[] = [
    ["received", figures.received],
    ["disbursed", figures.disbursed],
    ["spent", figures.spent],
    ["delivered", figures.delivered],
  ];
  const heads: readonly (readonly [name: string, count: number])[] = [
    ["alive", figures.alive],
    ["born", figures.born],
    ["lost", figures.lost],
  ];
  return (
    <dl className="statement-figures">
      {amounts.map(([name, amount]) => (
        <div key={name}>
          <dt>{t(`figures.${name}`)}</dt>
          <dd className="amount">{money(locale, amount)}</dd>
        </div>
      ))}
      {animals
        ? heads.map(([name, count]) => (
            <div key={name}>
              <dt>{t(`figures.${name}`)}</dt>
              <dd>{number(locale, count)}</dd>
            </div>
          ))
        : null}
    </dl>
  );
}
