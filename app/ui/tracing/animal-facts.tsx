import type { TFunction } from "i18next";

import type { AnimalFile } from "#app/domain/animals/animal-file.ts";
import { told } from "#app/domain/donations/story.ts";
import { listOfLine } from "#app/domain/open-data/told-households.ts";
import { money, week } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";

import { householdName } from "./household-name.ts";

/** What one asks first of an animal: who has it, since when, how old, whose young, at what price. */
export function AnimalFacts({ file, t }: { file: AnimalFile; t: TFunction<"animal"> }) {
  const { locale, to } = useSite();
  const { animal, campaign } = file;
  const [now] = told(animal);
  const handed = animal.events.find(({ kind, undone }) => kind === "handed-over" && !undone);
  const list = now?.household ? listOfLine(now.household) : undefined;
  const facts = [
    [
      "household",
      !now?.household || now.died ? null : list === undefined ? (
        <a
          href={`${to("notice", { notice: `${campaign.id}-r${roundOf(file)}` })}#${now.household}`}
        >
          {householdName(locale, now.household)}
        </a>
      ) : (
        <a href={to("notice", { notice: list })}>{householdName(locale, now.household)}</a>
      ),
    ],
    ["handed", handed && animal.dam === null ? week(locale, handed.on) : null],
    ["born", animal.bornOn === null ? null : week(locale, animal.bornOn)],
    [
      "dam",
      animal.dam === null ? null : <a href={to("animal", { tag: animal.dam })}>{animal.dam}</a>,
    ],
    ["young", youngOf(file)],
    ["price", animal.price === null ? null : money(locale, animal.price)],
  ] as const;
  const shown = facts.filter(([, value]) => value !== null);
  if (shown.length === 0) return null;
  return (
    <dl className="facts-row section">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`facts.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The round of the list on which its household stands: its own, raised by each passing on. */
function roundOf({ animal }: AnimalFile): number {
  return (
    animal.round +
    animal.events.filter(({ kind, undone }) => kind === "passed-on" && !undone).length
  );
}

function youngOf({ animal, kin }: AnimalFile): string | null {
  const born = kin.filter(({ dam, undone }) => dam === animal.code && !undone).length;
  return born === 0 ? null : String(born);
}
