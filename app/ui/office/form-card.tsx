import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ErrorSummary, type FieldProblem } from "#app/ui/error-summary.tsx";
import { FieldFrame, type FieldWords } from "#app/ui/field-frame.tsx";

/**
 * A form of the office in a card: what is wrong stands above it and leads to its field, the fields keep what was typed.
 * `hidden` carries the intent, the key made before the first send and the version the form was made from.
 */
export function FormCard(props: {
  /** Id of the heading; unique in the page. */
  id: string;
  title: string;
  lead?: ReactNode;
  intent: string;
  hidden?: Readonly<Record<string, string | number>>;
  problems?: readonly FieldProblem[];
  /** Where the form goes; the page itself when absent. */
  action?: string;
  /** Set for forms with files. */
  encType?: "multipart/form-data";
  submit: string;
  /** More buttons or a way back. */
  also?: ReactNode;
  /** A step back or an end: the button is drawn quietly. */
  quiet?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation("office-frame");
  return (
    <form
      method="post"
      className="form-card"
      aria-labelledby={props.id}
      noValidate
      {...(props.action ? { action: props.action } : {})}
      {...(props.encType ? { encType: props.encType } : {})}
    >
      <h2 id={props.id}>{props.title}</h2>
      {props.lead ? <p className="soft">{props.lead}</p> : null}
      <ErrorSummary title={t("form.wrong")} problems={props.problems ?? []} />
      <input type="hidden" name="intent" value={props.intent} />
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {props.children}
      <div className="buttons">
        <button className={props.quiet ? "button quiet" : "button"} type="submit">
          {props.submit}
        </button>
        {props.also}
      </div>
    </form>
  );
}

/** A step that needs no field: one button, with words for readers of screens that say what it is about. */
export function StepButton(props: {
  intent: string;
  label: string;
  /** What it is about, when the label alone is not enough: several equal buttons in a list. */
  about?: string;
  hidden?: Readonly<Record<string, string | number>>;
  quiet?: boolean;
}) {
  return (
    <form method="post" className="step-button">
      <input type="hidden" name="intent" value={props.intent} />
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button className={props.quiet ? "button small quiet" : "button small"} type="submit">
        {props.label}
        {props.about ? <span className="visually-hidden">{` ${props.about}`}</span> : null}
      </button>
    </form>
  );
}

/** One of several values, with its label, hint and what is wrong with it. */
export function SelectField(
  props: FieldWords & {
    name: string;
    defaultValue?: string;
    /** Words for "nothing chosen"; absent: something is always chosen. */
    empty?: string;
    options: readonly (
      | readonly [value: string, label: string]
      | { readonly group: string; readonly options: readonly (readonly [string, string])[] }
    )[];
  },
) {
  return (
    <FieldFrame words={props}>
      {(wiring) => (
        <select {...wiring} name={props.name} defaultValue={props.defaultValue ?? ""}>
          {props.empty === undefined ? null : <option value="">{props.empty}</option>}
          {props.options.map((option) =>
            "group" in option ? (
              <optgroup key={option.group} label={option.group}>
                {option.options.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </optgroup>
            ) : (
              <option key={option[0]} value={option[0]}>
                {option[1]}
              </option>
            ),
          )}
        </select>
      )}
    </FieldFrame>
  );
}

/** A longer text with its label, hint and what is wrong with it. */
export function TextArea(
  props: FieldWords & {
    name: string;
    defaultValue?: string;
    rows?: number;
    maxLength?: number;
    lang?: string;
  },
) {
  const { id, label, hint, error, rows = 4, ...input } = props;
  return (
    <FieldFrame words={{ id, label, error, ...(hint === undefined ? {} : { hint }) }}>
      {(wiring) => <textarea {...input} {...wiring} rows={rows} />}
    </FieldFrame>
  );
}
