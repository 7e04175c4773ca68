import { useTranslation } from "react-i18next";

import { money } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

import type { Pieces } from "./give-form.ts";

/** By amount or, where things are counted, by the piece or the household's set: each choice with its own box. */
export function Measure(props: {
  pieces: Pieces | undefined;
  species: string;
  value: string | undefined;
  text: (name: string) => {
    id: string;
    name: string;
    error: string | undefined;
    defaultValue: string | undefined;
  };
}) {
  const { pieces, species, text } = props;
  const { t } = useTranslation("give");
  const words = useTranslation("campaign").t;
  const { locale } = useSite();
  if (!pieces) {
    return (
      <TextField {...text("amount")} label={t("amount")} hint={t("amountHint")} maxLength={40} />
    );
  }
  const set = pieces.unitPrice * BigInt(pieces.perHousehold);
  const what = words(`speciesShort.${species}`).toLocaleLowerCase(locale);
  const rows = [
    { measure: "amount", label: t("measure.amount"), hint: t("amountHint") },
    {
      measure: "units",
      label: t("measure.units", { what }),
      hint: t("measure.unitsHint", { price: money(locale, pieces.unitPrice) }),
    },
    {
      measure: "households",
      label: t("measure.households"),
      hint: t("measure.householdsHint", {
        what: words(`things.${species}`, { count: pieces.perHousehold }),
        price: money(locale, set),
      }),
    },
  ].filter(({ measure }) => measure !== "households" || pieces.perHousehold > 1);
  return (
    <fieldset>
      <legend>{t("measure.legend")}</legend>
      <div className="choices">
        {rows.map(({ measure, label, hint }) => {
          const { error, ...input } = text(measure);
          const described = error ? `${measure}-hint ${measure}-error` : `${measure}-hint`;
          return (
            <div
              className={error ? "choice with-box field-wrong" : "choice with-box"}
              key={measure}
            >
              <input
                type="radio"
                id={`measure-${measure}`}
                name="measure"
                value={measure}
                defaultChecked={measure === (props.value ?? "amount")}
              />
              <div>
                <label htmlFor={`measure-${measure}`}>{label}</label>
                <span className="hint" id={`${measure}-hint`}>
                  {hint}
                </span>
                {error ? (
                  <span className="field-error" id={`${measure}-error`}>
                    {error}
                  </span>
                ) : null}
              </div>
              <input
                {...input}
                aria-label={label}
                inputMode={measure === "amount" ? "text" : "numeric"}
                autoComplete="off"
                maxLength={measure === "amount" ? 40 : 6}
                aria-describedby={described}
                aria-invalid={error ? true : undefined}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
