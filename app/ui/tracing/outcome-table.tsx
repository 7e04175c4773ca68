import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { Share, StandingMoney } from "#app/domain/donations/became.ts";
import type { DonationStory, ToldAnimal } from "#app/domain/donations/story.ts";
import { upperFirst } from "#app/i18n/first-letter.ts";
import { money, week } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { useSite } from "#app/ui/site.ts";

import { TableBox } from "#app/ui/table-box.tsx";
import { householdName } from "./household-name.ts";
import type { Names } from "./names.ts";

/** Where each đồng of a gift is, with a sum that is the gift: the table beside the flow picture. */
export function OutcomeTable({ story, names }: { story: DonationStory; names: Names }) {
  const { t } = useTranslation("donation");
  const { locale } = useSite();
  const animals = new Map(story.animals.map((animal) => [animal.code, animal]));
  const things = story.outcome.shares.length > 0;
  return (
    <>
      <TableBox name={t("table.title")}>
        <table className="stack outcome">
          <thead>
            <tr>
              <th>{t("table.what")}</th>
              <th className="n">{t("table.yours")}</th>
              {things ? (
                <>
                  <th className="n">{t("table.price")}</th>
                  <th>{t("table.household")}</th>
                  <th>{t("table.state")}</th>
                </>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {story.outcome.shares.map((share) => (
              <ShareRow key={share.animal} share={share} animal={animals.get(share.animal)} t={t} />
            ))}
            {story.outcome.standing.map((money) => (
              <MoneyRow
                key={`${money.stop} ${money.account}`}
                standing={money}
                names={names}
                things={things}
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
                <td colSpan={3} className="exact">
                  {t("table.exact")}
                </td>
              ) : null}
            </tr>
          </tfoot>
        </table>
      </TableBox>
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
  things: boolean;
  t: TFunction<"donation">;
}) {
  const { standing, names, things, t } = props;
  const { locale } = useSite();
  const where = names.account(standing.account);
  return (
    <tr>
      <th scope="row">{upperFirst(where)}</th>
      <td className="n" data-name={t("table.yours")}>
        {money(locale, standing.amount)}
      </td>
      {things ? (
        <td className="gone" colSpan={3}>
          {"\u00a0"}
        </td>
      ) : null}
    </tr>
  );
}

function Young({ young, t }: { young: readonly ToldAnimal[]; t: TFunction<"donation"> }) {
  const { locale, to } = useSite();
  return (
    <>
      <h3 className="young-title">{t("table.offspring")}</h3>
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
    </>
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
