import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import type { StagedSheet } from "#app/domain/register/import-desk.ts";
import { ROW_KINDS, type RowKind } from "#app/domain/register/import-row.ts";
import type { ListPage } from "#app/domain/office-lists/list.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { State, type Tone } from "#app/ui/office/state.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";

const TONES: Readonly<Record<RowKind, Tone>> = {
  new: "good",
  changed: "waiting",
  same: "plain",
  doubtful: "waiting",
  refused: "bad",
  skipped: "over",
};

/** Rows of a list with what would come of them. */
export function PreviewRows(props: { page: ListPage<StagedSheet["rows"][number]>; kind: string }) {
  const { t } = useTranslation("office-register");
  const locale = useLocale();
  return (
    <DataList
      caption={t("import.preview")}
      rows={props.page.rows}
      rowKey={([line]) => line}
      paging={props.page}
      empty={t("import.noRows")}
      filters={[
        {
          name: "kind",
          label: t("import.outcome"),
          value: props.kind,
          options: ROW_KINDS.map((kind) => [kind, t(`import.kind.${kind}`)]),
        },
      ]}
      columns={columnsOf(t, locale)}
    />
  );
}

function columnsOf(
  t: TFunction<"office-register">,
  locale: Locale,
): ListColumn<StagedSheet["rows"][number]>[] {
  return [
    {
      name: "line",
      title: t("import.line"),
      cell: ([line, , name, village]) => (
        <>
          {line}. {name}
          <span className="under">{village}</span>
        </>
      ),
    },
    {
      name: "outcome",
      title: t("import.outcome"),
      cell: ([, kind]) => <State tone={TONES[kind]}>{t(`import.kind.${kind}`)}</State>,
    },
    {
      name: "reasons",
      title: t("import.reasons"),
      cell: ([, , , , reasons]) =>
        reasons.map((reason) => (
          <span className="line" key={reason}>
            {reason.includes(".") ? problemText(t, locale, { code: reason }) : t(`match.${reason}`)}
          </span>
        )),
    },
  ];
}
