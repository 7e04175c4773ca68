import { useTranslation } from "react-i18next";

import { FILE_KINDS } from "#app/domain/files/file-rules.ts";
import type { DossierItem } from "#app/domain/orders/dossier.ts";
import type { OrderFile } from "#app/domain/orders/ports.ts";
import { clockAt, dayAt } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { FileField, type KeptUpload, type RefusedUpload } from "#app/ui/office/file-field.tsx";
import { FormCard } from "#app/ui/office/form-card.tsx";
import { Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useLocale } from "#app/ui/site.ts";

/** Name of the form's field for an item. */
export function paperField(item: string): string {
  return `paper-${item}`;
}

/** The dossier: what is there, what is missing, and the fields for what this person may add now. */
export function DossierList(props: {
  file: OrderFile;
  /** Codes of the items that this person may add now. */
  open: readonly string[];
  formKey: string;
  problem: string | undefined;
  kept: readonly (KeptUpload & { readonly field: string })[];
  refused: readonly (RefusedUpload & { readonly field: string })[];
}) {
  const { t } = useTranslation("office-orders");
  const locale = useLocale();
  const { file, open } = props;
  const fields = file.dossier.filter(({ code }) => open.includes(code));
  return (
    <Section id="dossier" title={t("dossier.title")}>
      <p className="soft">{t("dossier.lead")}</p>
      <ul className="dossier">
        {file.dossier.map((item) => (
          <Item key={item.code} item={item} file={file} />
        ))}
      </ul>
      {fields.length === 0 ? null : (
        <FormCard
          id="add-papers"
          title={t("dossier.send")}
          intent="paper"
          hidden={{ key: props.formKey }}
          encType="multipart/form-data"
          submit={t("dossier.send")}
          problems={props.problem ? [{ id: null, text: props.problem }] : []}
        >
          {fields.map((item) => (
            <FileField
              key={item.code}
              id={paperField(item.code)}
              name={paperField(item.code)}
              label={locale === "vi" ? item.titleVi : item.titleEn}
              kind={fileKind(item)}
              kept={props.kept.filter(({ field }) => field === paperField(item.code))}
              refused={props.refused.filter(({ field }) => field === paperField(item.code))}
            />
          ))}
        </FormCard>
      )}
    </Section>
  );
}

const TONES = {
  there: "good",
  over: "bad",
  missing: "bad",
  never: "plain",
  optional: "plain",
} as const;

function Item({ item, file }: { item: DossierItem; file: OrderFile }) {
  const { t } = useTranslation("office-orders");
  const locale = useLocale();
  const paper = file.papers.find(({ item: code }) => code === item.code);
  // Nothing is missing in an order that was given up.
  const open = file.order.state !== "cancelled" && file.order.state !== "refused";
  const missing = item.required ? (open ? "missing" : "never") : "optional";
  const state = paper === undefined ? missing : paper.counts ? "there" : "over";
  return (
    <li>
      <State tone={TONES[state]}>{t(`dossier.${state}`)}</State>
      <div>
        <p>
          {locale === "vi" ? item.titleVi : item.titleEn}{" "}
          <span className="soft">
            ({t(item.required ? "dossier.required" : "dossier.optional")},{" "}
            {t(`dossier.${item.before}`)})
          </span>
        </p>
        {paper ? (
          <p className="small">
            <a href={officePath("file", { file: paper.file })}>
              {t("dossier.open")}
              <span className="visually-hidden">
                {` ${locale === "vi" ? item.titleVi : item.titleEn}`}
              </span>
            </a>{" "}
            <span className="soft">
              {t("dossier.added", {
                name: paper.addedByName,
                day: dayAt(paper.addedAt),
                time: clockAt(paper.addedAt),
              })}
            </span>
          </p>
        ) : null}
        {state === "over" ? <p className="small">{t(`dossier.overFor.${item.before}`)}</p> : null}
      </div>
    </li>
  );
}

/** What kind of file an item is: the kinds of papers that people bring are kinds of files. */
export function fileKind({ paper }: Pick<DossierItem, "paper">) {
  return FILE_KINDS.find((kind) => kind === paper) ?? "minutes";
}
