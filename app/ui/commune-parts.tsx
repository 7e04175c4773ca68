import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { CommuneCampaign, CommuneFile } from "#app/domain/places/commune-file.ts";
import type { Pair } from "#app/domain/twinning/pair.ts";
import { number } from "#app/i18n/formats.ts";

import { useSite } from "./site.ts";

/** Who answers for it and who stands beside it. */
export function CommuneOffices(props: {
  file: CommuneFile;
  pairs: readonly Pair[];
  t: TFunction<"commune">;
}) {
  const { file, pairs, t } = props;
  const { locale, to } = useSite();
  if (file.office === null && pairs.length === 0) return null;
  return (
    <dl className="facts-row section">
      {file.office === null ? null : (
        <div>
          <dt>{t("office")}</dt>
          <dd>{file.office[locale]}</dd>
        </div>
      )}
      {pairs.length === 0 ? null : (
        <div>
          <dt>{t("twin")}</dt>
          {pairs.map(({ id, giver }) => (
            <dd key={id}>
              <a href={to("twinPair", { pair: id })}>{giver.name[locale]}</a>
            </dd>
          ))}
        </div>
      )}
    </dl>
  );
}

/** What was handed over in each campaign, with the way to every animal. */
export function CommuneHerds(props: {
  campaigns: readonly CommuneCampaign[];
  t: TFunction<"commune">;
}) {
  const { t } = props;
  const { t: tc } = useTranslation("campaign");
  const { locale, to } = useSite();
  const given = props.campaigns.filter(({ things }) => things > 0);
  if (given.length === 0) return null;
  return (
    <section className="section" aria-labelledby="herd">
      <h2 id="herd">{t("herd")}</h2>
      <ul className="plain-list lists">
        {given.map((one) => (
          <li key={one.id}>
            <a href={to("campaignThings", { slug: one.slug })}>
              {t("given", {
                things: tc(`things.${one.species}`, { count: one.things }),
                campaign: locale === "vi" ? one.titleVi : one.titleEn,
              })}
            </a>
            {one.young === 0 ? null : (
              <span className="soft">
                {" · "}
                {t("young", { count: one.young, n: number(locale, one.young) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
