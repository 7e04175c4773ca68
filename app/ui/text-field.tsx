import type { InputHTMLAttributes } from "react";

/** One input with label, hint and its error, wired for readers of screens. */
export function TextField(
  props: {
    id: string;
    name: string;
    label: string;
    hint?: string;
    error?: string | undefined;
  } & Pick<
    InputHTMLAttributes<HTMLInputElement>,
    | "type"
    | "inputMode"
    | "autoComplete"
    | "defaultValue"
    | "maxLength"
    | "min"
    | "max"
    | "placeholder"
  >,
) {
  const { id, label, hint, error, ...input } = props;
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={error ? "field field-wrong" : "field"}>
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {error ? (
        <span className="field-error" id={`${id}-error`}>
          {error}
        </span>
      ) : null}
      <input
        id={id}
        {...input}
        aria-describedby={described || undefined}
        aria-invalid={error ? true : undefined}
      />
    </div>
  );
}
