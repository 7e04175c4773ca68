import type { Need } from "#app/domain/campaigns/need.ts";
import { useTranslation } from "react-i18next";

import type { DraftContent, Section } from "#app/domain/campaigns/draft-content.ts";
import { householdsOf } from "#app/domain/campaigns/draft-content.ts";
import type { DraftChoices } from "#app/domain/campaigns/draft-ports.ts";
import { goalOf } from "#app/domain/campaigns/open-campaign.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { useLocale } from "#app/ui/site.ts";

/** Pictures, small, each leading to where parts of it can be covered. */
export function PictureLinks({
  files,
}: {
  files: readonly { readonly file: string; readonly altVi: string }[];
}) {
  const { t } = useTranslation("office-campaign");
  if (files.length === 0) return null;
  return (
    <ul className="picture-links">
      {files.map(({ file, altVi }, n) => (
        <li key={file}>
          <a href={officePath("file", { file })}>
            <img src={`${officePath("fileBytes", { file })}?ban=nho`} alt="" loading="lazy" />
            <span>
              {t("coverPicture", { n: n + 1 })}
              <span className="visually-hidden">{` ${altVi}`}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What a section says, for whoever only reads it. */
export function SectionView(props: {
  section: Section;
  content: DraftContent;
  needs: readonly Need[];
  choices: DraftChoices;
}) {
  const { t } = useTranslation("office-campaign");
  const lines = useLines(props).filter(([, text]) => text !== "");
  if (lines.length === 0) return <p className="soft">{t("nothingYet")}</p>;
  return (
    <>
      <dl className="facts wide">
        {lines.map(([field, text]) => (
          <div key={field} className="fact">
            <dt>{t(`field.${field}`)}</dt>
            <dd className="kept-lines">
              {field === "decisionFile" ? (
                <a href={officePath("file", { file: text })}>{t("openFile")}</a>
              ) : (
                text
              )}
            </dd>
          </div>
        ))}
      </dl>
      {props.section === "story" ? <PictureLinks files={props.content.pictures} /> : null}
    </>
  );
}

function useLines(props: Parameters<typeof SectionView>[0]): (readonly [string, string])[] {
  const { content, choices, needs, section } = props;
  const { t } = useTranslation("office-campaign");
  const { t: tc } = useTranslation("campaign");
  const locale = useLocale();
  const count = (value: number | null) => (value === null ? "" : number(locale, value));
  const dayText = (value: string) => (value === "" ? "" : day(value));
  const office = (id: string) => {
    const found = [...choices.twins, ...choices.offices].find((one) => one.id === id);
    return found ? (locale === "vi" ? found.nameVi : found.nameEn) : id;
  };
  const account = choices.accounts.find(({ id }) => id === content.bankAccount);
  const coded = (area: string, code: string) => (code === "" ? "" : tc(`${area}.${code}`));
  switch (section) {
    case "purpose":
      return [
        ["model", coded("model", content.model)],
        ["species", coded("speciesShort", content.species)],
        ["titleVi", content.titleVi],
        ["summaryVi", content.summaryVi],
        ["titleEn", content.titleEn],
        ["summaryEn", content.summaryEn],
      ];
    case "offices":
      return [
        ["twin", office(content.twin)],
        ["responsible", office(content.responsible)],
        [
          "reportingMonths",
          content.reportingMonths === null ? "" : t("months", { count: content.reportingMonths }),
        ],
      ];
    case "households":
      return [
        ["poor", count(content.poor)],
        ["nearPoor", count(content.nearPoor)],
        ["escaped", count(content.escaped)],
        ["leader", count(content.leader)],
        ["householdsAll", householdsOf(content) === 0 ? "" : count(householdsOf(content))],
      ];
    case "needs":
      return [
        [
          "needs",
          needs
            .map(
              (need) =>
                `${number(locale, need.quantity)} × ${need.titleVi}, ${money(locale, need.unitPrice)}`,
            )
            .join("\n"),
        ],
        ["goal", needs.length === 0 ? "" : money(locale, goalOf(needs))],
        ...(content.normReasons.length === 0
          ? []
          : [
              [
                "normReasons",
                content.normReasons.map((reason) => tc(`normReason.${reason}`)).join("\n"),
              ] as const,
            ]),
      ];
    case "account":
      return [
        [
          "bankAccount",
          account
            ? `${account.holder}, ${account.bankName} ${account.number}`
            : content.bankAccount,
        ],
      ];
    case "time":
      return [
        ["startsOn", dayText(content.startsOn)],
        ["endsOn", dayText(content.endsOn)],
        ...(content.closedOn === "" ? [] : [["closedOn", dayText(content.closedOn)] as const]),
      ];
    case "decision":
      return [
        ["decisionNumber", content.decisionNumber],
        ["decisionDate", dayText(content.decisionDate)],
        ["decisionFile", content.decisionFile],
      ];
    case "plans":
      return [
        ["surplus", coded("surplus", content.surplus)],
        [
          "surplusTo",
          choices.campaigns.find(({ id }) => id === content.surplusTo)?.title ?? content.surplusTo,
        ],
        ["shortfall", coded("shortfall", content.shortfall)],
        ...(content.model === "livestock"
          ? [
              ["passOnHeads", count(content.passOnHeads)] as const,
              ["passOnAgeDays", count(content.passOnAgeDays)] as const,
            ]
          : []),
      ];
    case "story":
      return [
        ["storyVi", content.storyVi],
        ["storyEn", content.storyEn],
        ["photos", content.pictures.map(({ altVi }) => altVi || t("noCaption")).join("\n")],
      ];
    case "change":
      return [["reason", coded("amendReason", content.reason)]];
  }
}
