import { useTranslation } from "react-i18next";

import type { Family } from "#app/domain/animals/history.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";
import { week } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

import { householdName } from "./household-name.ts";

/** A family, dams above their young, with the round each went on to; drawn with lists, so that it reads as it looks. */
export function FamilyTree(props: {
  readonly family: Family;
  readonly here: string;
  readonly dueOn: (code: string) => Day | null;
}) {
  return (
    <ul className="family">
      <Branch {...props} />
    </ul>
  );
}

function Branch(props: { family: Family; here: string; dueOn: (code: string) => Day | null }) {
  const { family, here, dueOn } = props;
  const { animal, young } = family;
  const { t } = useTranslation("animal");
  const { locale, to } = useSite();
  const name = t(`${animal.dam === null ? "kind" : "youngKind"}.${animal.species}`, {
    code: animal.code,
  });
  const stand = animal.events.filter(({ undone }) => !undone);
  const passings = stand.filter(({ kind }) => kind === "passed-on");
  const last = passings.at(-1);
  const housed = stand.findLast(({ household }) => household !== null)?.household ?? null;
  const due = dueOn(animal.code);
  const facts = [
    animal.bornOn !== null && animal.dam !== null
      ? t("family.born", { day: week(locale, animal.bornOn) })
      : "",
    last
      ? t("family.passed", {
          round: animal.round + passings.length,
          household: last.household === null ? "" : householdName(locale, last.household),
        })
      : housed === null
        ? ""
        : t("family.household", { household: householdName(locale, housed) }),
    due === null ? "" : t("family.due", { day: week(locale, due) }),
    stand.some(({ kind }) => kind === "died") ? t("family.dead") : "",
  ].filter((fact) => fact !== "");
  const mark = animal.dam === null ? "bought" : last ? "passed" : "born";
  return (
    <li className={`kin ${mark}`}>
      <p>
        {animal.code === here ? (
          <strong>
            {name} <span className="chip">{t("family.here")}</span>
          </strong>
        ) : (
          <a href={to("animal", { tag: animal.code })}>{name}</a>
        )}{" "}
        <span className="soft">{facts.join(" · ")}</span>
      </p>
      {young.length === 0 ? null : (
        <ul>
          {young.map((one) => (
            <Branch key={one.animal.code} family={one} here={here} dueOn={dueOn} />
          ))}
        </ul>
      )}
    </li>
  );
}
