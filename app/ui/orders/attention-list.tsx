import { useTranslation } from "react-i18next";

import type { ListPlace } from "#app/domain/office-lists/list.ts";
import { ATTENTION_OUTCOMES, type AttentionRow } from "#app/domain/bank-lines/ports.ts";
import { clockAt, dayAt, money } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { Pages } from "#app/ui/office/data-list.tsx";
import { SelectField } from "#app/ui/office/form-card.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

/** Things to look at, each with the form that closes it. */
export function AttentionList(props: {
  rows: readonly AttentionRow[];
  paging: ListPlace;
  /** Holders of the accounts, by the id that the books have. */
  holders: ReadonlyMap<string, string>;
  closes: boolean;
  wrong: { readonly id: number; readonly text: string; readonly note: string } | undefined;
}) {
  const { t } = useTranslation("office-reconcile");
  const { locale } = useSite();
  if (props.rows.length === 0) return <p className="empty">{t("attention.empty")}</p>;
  return (
    <>
      {props.closes ? <p className="soft">{t("attention.closeHint")}</p> : null}
      <ul className="attention">
        {props.rows.map((row) => (
          <li key={row.id}>
            <p>
              <strong>
                {t(`attention.kind.${row.kind}`, {
                  defaultValue: t("attention.kind.other", { kind: row.kind }),
                })}
              </strong>{" "}
              <span className="soft">{dayAt(row.raisedAt)}</span>
            </p>
            <p className="small soft">
              <About row={row} />
              {row.facts["account"]
                ? ` · ${props.holders.get(row.facts["account"]) ?? row.facts["account"]}`
                : ""}
              {/^\d+$/.test(row.facts["amount"] ?? "")
                ? ` · ${money(locale, BigInt(row.facts["amount"] ?? "0"))}`
                : ""}
            </p>
            {props.closes ? (
              <form method="post" className="attention-form">
                <input type="hidden" name="intent" value="close" />
                <input type="hidden" name="id" value={row.id} />
                <SelectField
                  id={`outcome-${row.id}`}
                  name="outcome"
                  label={t("attention.outcome")}
                  empty={t("attention.pick")}
                  error={props.wrong?.id === row.id ? props.wrong.text : undefined}
                  options={ATTENTION_OUTCOMES.map(
                    (one) => [one, t(`attention.outcomes.${one}`)] as const,
                  )}
                />
                <TextField
                  id={`note-${row.id}`}
                  name="note"
                  label={t("attention.note")}
                  defaultValue={props.wrong?.id === row.id ? props.wrong.note : ""}
                />
                <button className="button quiet small" type="submit">
                  {t("attention.close")}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      <Pages paging={props.paging} name="attention" />
    </>
  );
}

/** What it is about, where that has a page as a link; of what waits too long also since when. */
function About({ row: { subject, facts } }: { row: AttentionRow }) {
  const { t } = useTranslation("office-reconcile");
  const { order, number, since } = facts;
  const about = /^[0-9a-f]{64}$/.test(subject)
    ? t("attention.line")
    : t("attention.about", { subject });
  return (
    <>
      {order !== undefined && number !== undefined ? (
        <a href={officePath("order", { order })}>{t("suspense.order", { number })}</a>
      ) : (
        about
      )}
      {since === undefined
        ? null
        : ` · ${t("attention.since", { day: dayAt(Number(since)), time: clockAt(Number(since)) })}`}
    </>
  );
}
