import { useTranslation } from "react-i18next";

import { own } from "#app/domain/kernel/own.ts";
import { WHYS } from "#app/domain/lists/list-version.ts";
import { number } from "#app/i18n/formats.ts";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";

import type { DeskData, DeskSent } from "./desk-data.ts";

/** Change the level of one line, or take it off; folded until somebody opens it. */
export function LineForm(props: {
  loaded: DeskData;
  sent: DeskSent | undefined;
  line: DeskData["lines"][number];
}) {
  const { loaded, sent, line } = props;
  const { t } = useTranslation("office-road");
  const locale = useLocale();
  const mine = sent?.intent === "line" && own(sent.typed, "code") === line.code ? sent : undefined;
  const most = loaded.campaign.norm?.perHousehold ?? 1;
  const { version } = loaded;
  return (
    <details className="step-more" open={mine !== undefined}>
      <summary>
        {t("lists.change")}
        <span className="visually-hidden"> {line.code}</span>
      </summary>
      <FormCard
        id={`line-${line.code}`}
        title={t("lists.changeOf", { code: line.code })}
        intent="line"
        hidden={{ version: version.version, revision: version.revision, code: line.code }}
        submit={t("save")}
        quiet
        problems={mine?.problem ? [{ id: null, text: problemText(t, locale, mine.problem) }] : []}
      >
        <SelectField
          id={`heads-${line.code}`}
          name="heads"
          label={t("lists.level")}
          defaultValue={mine?.typed["heads"] ?? `${line.heads}`}
          options={[
            ...Array.from({ length: most }, (_, n) => [`${n + 1}`, number(locale, n + 1)] as const),
            ["0", t("lists.takeOff")] as const,
          ]}
        />
        <SelectField
          id={`why-${line.code}`}
          name="why"
          label={t("lists.why")}
          defaultValue={mine?.typed["why"] ?? line.why}
          options={WHYS.map((one) => [one, t(`why.${one}`)] as const)}
        />
      </FormCard>
    </details>
  );
}
