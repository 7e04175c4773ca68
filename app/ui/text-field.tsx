import type { InputHTMLAttributes } from "react";

import { FieldFrame, type FieldWords } from "./field-frame.tsx";

/** One input with label, hint and its error, wired for readers of screens. */
export function TextField(
  props: FieldWords & { name: string } & Pick<
      InputHTMLAttributes<HTMLInputElement>,
      | "type"
      | "inputMode"
      | "autoComplete"
      | "defaultValue"
      | "maxLength"
      | "min"
      | "max"
      | "placeholder"
      | "list"
    >,
) {
  const { id, label, hint, error, ...input } = props;
  return (
    <FieldFrame words={{ id, label, error, ...(hint === undefined ? {} : { hint }) }}>
      {(wiring) => <input {...input} {...wiring} />}
    </FieldFrame>
  );
}
