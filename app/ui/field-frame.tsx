import type { ReactNode } from "react";

/** What stands around the input of a field. */
export interface FieldWords {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
}

/** What an input carries so that readers of screens are told its hint and what is wrong with it. */
export interface FieldWiring {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

/** Label, hint and error around one input, which takes the wiring. */
export function FieldFrame(props: {
  words: FieldWords;
  children: (wiring: FieldWiring) => ReactNode;
}) {
  const { id, label, hint, error } = props.words;
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={error ? "field field-wrong" : "field"}>
      {/* Spaces for whoever reads without a stylesheet: text browsers run the parts together. */}
      <label htmlFor={id}>{label}</label>{" "}
      {hint ? (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}{" "}
      {error ? (
        <span className="field-error" id={`${id}-error`}>
          {error}
        </span>
      ) : null}{" "}
      {props.children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
    </div>
  );
}
