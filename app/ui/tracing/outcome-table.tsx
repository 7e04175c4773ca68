import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { Share, StandingMoney } from "#app/domain/donations/became.ts";
import type { DonationStory, ToldAnimal } from "#app/domain/donations/story.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";
import { upperFirst } from "#app/i18n/first-letter.ts";
import { day, money, number, week } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { useSite } from "#app/ui/site.ts";

import { TableBox } from "#app/ui/table-box.tsx";
import { countedThings } from "./counted-things.ts";
import { householdName } from "./household-name.ts";
import type { Names } from "./names.ts";

/** Where each đồng of a gift is, with a sum that is the gift: the table beside the flow picture. */
export function OutcomeTable({ story, names }: { story: DonationStory; names: Names }) {
  const { t } = useTranslation("donation");
  const { locale } = useSite();
  const animals = new Map(story.animals.map((animal) => [animal.code, animal]));
  const { shares } = story.outcome;
  const things = shares.length > 0;
  const grouped = shares.length > TOLD_ALONE;
  return (
    <>
      <TableBox name={t("table.title")}>
        <table className={grouped ? "stack outcome grouped" : "stack outcome"}>
          <thead>
            <tr>
              <th>{t("table.what")}</th>
              <th className="n">{t("table.yours")}</th>
              {things ? (
                <>
                  <th className="n">{t("table.price")}</th>
                  {grouped ? null : <th>{t("table.household")}</th>}
                  <th>{t("table.state")}</th>
                </>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {grouped
              ? purchasesOf(story).map((group) => (
                  <PurchaseRow key={group.entry} group={group} t={t} />
                ))
              : shares.map((share) => (
                  <ShareRow
                    key={share.animal}
                    share={share}
                    animal={animals.get(share.animal)}
                    t={t}
                  />
                ))}
            {story.outcome.standing.map((money) => (
              <MoneyRow
                key={`${money.stop} ${money.account}`}
                standing={money}
                names={names}
                rest={things ? (grouped ? 2 : 3) : 0}
                t={t}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("table.total")}</th>
              <td className="n" data-name={t("table.yours")}>
                {money(locale, story.gift.amount)}
              </td>
              {things ? (
                <td colSpan={grouped ? 2 : 3} className="exact">
                  {t("table.exact")}
                </td>
              ) : null}
            </tr>
          </tfoot>
        </table>
      </TableBox>
      {grouped ? (
        <details>
          <summary>
            {t("table.each", { count: shares.length, n: number(locale, shares.length) })}
          </summary>
          <TableBox name={t("table.title")}>
            <table className="stack outcome">
              <thead>
                <tr>
                  <th>{t("table.what")}</th>
                  <th className="n">{t("table.yours")}</th>
                  <th className="n">{t("table.price")}</th>
                  <th>{t("table.household")}</th>
                  <th>{t("table.state")}</th>
                </tr>
              </thead>
              <tbody>
                {shares.map((share) => (
                  <ShareRow
                    key={share.animal}
                    share={share}
                    animal={animals.get(share.animal)}
                    t={t}
                  />
                ))}
              </tbody>
            </table>
          </TableBox>
        </details>
      ) : null}
      {story.offspring.length === 0 ? null : <Young young={story.offspring} t={t} />}
    </>
  );
}

function ShareRow(props: {
  share: Share;
  animal: ToldAnimal | undefined;
  t: TFunction<"donation">;
}) {
  const { share, animal, t } = props;
  const { locale, to } = useSite();
  return (
    <tr>
      <th scope="row">
        <a href={to("animal", { tag: share.animal })}>
          {t(`flow.thing.${share.species}`, { code: share.animal })}
        </a>
      </th>
      <td className="n" data-name={t("table.yours")}>
        {money(locale, share.amount)}
      </td>
      <td className="n" data-name={t("table.price")}>
        {money(locale, share.price)}
      </td>
      <td className="num" data-name={t("table.household")}>
        {animal?.household ? householdName(locale, animal.household) : t("table.noHousehold")}
      </td>
      <td data-name={t("table.state")}>{stateOf(animal, t, locale)}</td>
    </tr>
  );
}

function MoneyRow(props: {
  standing: StandingMoney;
  names: Names;
  /** Columns that say something of things only. */
  rest: number;
  t: TFunction<"donation">;
}) {
  const { standing, names, rest, t } = props;
  const { locale } = useSite();
  const where = names.account(standing.account);
  return (
    <tr>
      <th scope="row">{upperFirst(where)}</th>
      <td className="n" data-name={t("table.yours")}>
        {money(locale, standing.amount)}
      </td>
      {rest > 0 ? (
        <td className="gone" colSpan={rest}>
          {"\u00a0"}
        </td>
      ) : null}
    </tr>
  );
}

/** Things, and young, told one by one; more are put together, each folded below. */
const TOLD_ALONE = 8;

/** Things of one purchase, as far as they are this gift's. */
interface Purchase {
  readonly entry: number;
  readonly on: Day | null;
  readonly species: readonly string[];
  readonly shares: readonly Share[];
  readonly died: number;
}

/** The things of a gift by the entry that brought them, in the order of the books. */
function purchasesOf(story: DonationStory): Purchase[] {
  const animals = new Map(story.animals.map((animal) => [animal.code, animal]));
  const days = new Map(story.steps.map(({ entry, on }) => [entry, on]));
  const groups = Map.groupBy(story.outcome.shares, ({ animal }) => animals.get(animal)?.entry ?? 0);
  return [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([entry, shares]) => ({
      entry,
      on: days.get(entry) ?? null,
      species: shares.map(({ species }) => species),
      shares,
      died: shares.filter(({ fate }) => fate !== "here").length,
    }));
}

function PurchaseRow({ group, t }: { group: Purchase; t: TFunction<"donation"> }) {
  const { locale, to } = useSite();
  const sum = (of: (share: Share) => bigint) =>
    group.shares.reduce((total, share) => total + of(share), 0n);
  return (
    <tr>
      <th scope="row">
        <a href={to("entry", { entry: group.entry })}>
          {t("table.purchase", {
            things: countedThings(group.species, group.shares.length, t, locale),
            day: group.on === null ? "" : day(group.on),
          })}
        </a>
      </th>
      <td className="n" data-name={t("table.yours")}>
        {money(
          locale,
          sum(({ amount }) => amount),
        )}
      </td>
      <td className="n" data-name={t("table.price")}>
        {money(
          locale,
          sum(({ price }) => price),
        )}
      </td>
      <td data-name={t("table.state")}>
        {group.died === 0
          ? ""
          : t("table.died", { count: group.died, n: number(locale, group.died) })}
      </td>
    </tr>
  );
}

function Young({ young, t }: { young: readonly ToldAnimal[]; t: TFunction<"donation"> }) {
  const { locale } = useSite();
  if (young.length <= TOLD_ALONE) {
    return (
      <>
        <h3 className="young-title">{t("table.offspring")}</h3>
        <YoungList young={young} t={t} />
      </>
    );
  }
  const years = Map.groupBy(young, ({ bornOn }) => bornOn?.slice(0, 4) ?? "");
  return (
    <>
      <h3 className="young-title">
        {t("table.offspring")} ({number(locale, young.length)})
      </h3>
      {[...years].map(([year, born]) => (
        <details key={year}>
          <summary>
            {t("table.bornIn", {
              year,
              young: `${number(locale, born.length)} ${t(`steps.young.${born[0]?.species ?? "BO"}`)}`,
            })}
          </summary>
          <YoungList young={born} t={t} />
        </details>
      ))}
    </>
  );
}

function YoungList({ young, t }: { young: readonly ToldAnimal[]; t: TFunction<"donation"> }) {
  const { locale, to } = useSite();
  return (
    <ul className="young-list">
      {young.map((one) => (
        <li key={one.code}>
          <a href={to("animal", { tag: one.code })}>
            {t(`flow.young.${one.species}`, { code: one.code })}
          </a>{" "}
          <span className="soft">
            {[
              one.dam === null ? "" : t("table.ofDam", { dam: one.dam }),
              one.bornOn === null ? "" : t("flow.born", { day: week(locale, one.bornOn) }),
              one.household === null
                ? ""
                : t("steps.household", { household: householdName(locale, one.household) }),
              stateOf(one, t, locale),
            ]
              .filter((fact) => fact !== "")
              .join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function stateOf(animal: ToldAnimal | undefined, t: TFunction<"donation">, locale: Locale): string {
  if (!animal) return "";
  if (animal.died) {
    return animal.replacedBy === null
      ? t("table.dead", { day: week(locale, animal.died.on) })
      : t("table.replaced", { other: animal.replacedBy });
  }
  return animal.species === "BO" || animal.species === "DE" ? t("table.alive") : t("table.done");
}
