import type { ReactNode } from "react";

/** One of several, each a large target. */
export function RadioField(props: {
  id: string;
  name: string;
  legend: string;
  hint?: string;
  error?: string | undefined;
  value: string | undefined;
  options: readonly { readonly value: string; readonly label: ReactNode; readonly hint?: string }[];
  two?: boolean;
}) {
  const described = [props.hint ? `${props.id}-hint` : "", props.error ? `${props.id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <fieldset
      className={props.error ? "field-wrong" : undefined}
      aria-describedby={described || undefined}
    >
      <legend>{props.legend}</legend>
      {props.hint ? (
        <p className="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      ) : null}
      {props.error ? (
        <p className="field-error" id={`${props.id}-error`}>
          {props.error}
        </p>
      ) : null}
      <div className={props.two ? "choices two" : "choices"}>
        {props.options.map((option, n) => (
          <label className="choice" key={option.value}>
            <input
              id={n === 0 ? props.id : undefined}
              type="radio"
              name={props.name}
              value={option.value}
              defaultChecked={option.value === props.value}
            />{" "}
            <span>
              {option.label} {option.hint ? <span className="hint">{option.hint}</span> : null}
            </span>{" "}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
