import type { TFunction } from "i18next";

import type { LifeEvent } from "#app/domain/animals/history.ts";
import { day, number, week } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { useSite } from "#app/ui/site.ts";

import { householdName } from "./household-name.ts";
import { causeName } from "./names.ts";
import { Papers } from "./papers.tsx";

/** All that happened to an animal, each with its entry and papers. */
export function AnimalLife(props: {
  readonly events: readonly LifeEvent[];
  readonly t: TFunction<"animal">;
  readonly tl: TFunction<"ledger">;
}) {
  const { events, t, tl } = props;
  const { locale, to } = useSite();
  return (
    <section className="section" aria-labelledby="life">
      <h2 id="life">{t("life.title")}</h2>
      <ol className="timeline">
        {events.map((event) => (
          <li
            key={`${event.entry.number}-${event.kind}-${event.other ?? ""}`}
            className={`step s-${stageOf(event)}`}
          >
            <p className="when">
              {/* Buying and handing over moves money, which has its day. */}
              {event.kind === "handed-over" ? day(event.on) : week(locale, event.on)} ·{" "}
              <a href={to("entry", { entry: event.entry.number })}>
                {tl("entry.title", { entry: number(locale, event.entry.number) })}
              </a>
              {event.undone ? <span className="chip alert">{t("life.undone")}</span> : null}
            </p>
            <h3>{titleOf(event, locale, t, tl)}</h3>
            <Papers papers={event.entry.evidence} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function titleOf(
  event: LifeEvent,
  locale: Locale,
  t: TFunction<"animal">,
  tl: TFunction<"ledger">,
): string {
  const facts = {
    household: event.household === null ? "" : householdName(locale, event.household),
    other: event.other ?? "",
    cause: causeName(tl, event.cause ?? "other"),
  };
  if (event.kind !== "handed-over") return t(`life.${event.kind}`, facts);
  if (event.household === null) return t("life.handed-over-group");
  return t(event.other === null ? "life.handed-over" : "life.handed-over-for", facts);
}

function stageOf({ kind, undone }: LifeEvent): string {
  if (undone || kind === "died" || kind === "returned") return "undone";
  return kind === "handed-over" || kind === "replaced" ? "delivered" : "offspring";
}
