import type { z } from "zod";

/** A form as it was sent, for the page that shows it again: what was typed, and codes of what is wrong. */
export interface SentForm {
  readonly typed: Readonly<Record<string, string>>;
  /** By field; under `""` what concerns the whole form. */
  readonly wrong: Readonly<Partial<Record<string, readonly string[]>>>;
}

/** What a verb found wrong afterwards: at fields, or with the whole form. */
interface Wrong {
  readonly fieldErrors?: Readonly<Record<string, readonly string[]>>;
  readonly formErrors?: readonly string[];
}

/** A form that was read: its value or what is wrong with it, and `reply` for the page that shows it again. */
export type ReadForm<Value> = { readonly reply: (wrong?: Wrong) => SentForm } & (
  | { readonly status: "success"; readonly value: Value }
  | { readonly status: "error"; readonly error: SentForm["wrong"] }
);

/**
 * Reads a sent form by a schema whose messages are codes. A field left empty is absent; one that was sent several times or
 * as a file reaches the schema as it is, which wants text and refuses it.
 */
export function readSentForm<Value>(form: FormData, schema: z.ZodType<Value>): ReadForm<Value> {
  const fields = new Map<string, unknown>();
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => value !== "");
    if (values.length > 0) fields.set(name, values.length === 1 ? values[0] : values);
  }
  const typed = Object.fromEntries(
    [...fields].filter((one): one is [string, string] => typeof one[1] === "string"),
  );
  const read = schema.safeParse(Object.fromEntries(fields));
  const byField = Map.groupBy(read.error?.issues ?? [], ({ path }) => path.map(String).join("."));
  const wrong: SentForm["wrong"] = Object.fromEntries(
    [...byField].map(([name, issues]) => [name, issues.map(({ message }) => message)]),
  );
  const reply = ({ fieldErrors = {}, formErrors }: Wrong = {}): SentForm => ({
    typed,
    wrong: { ...wrong, ...fieldErrors, ...(formErrors ? { "": formErrors } : {}) },
  });
  return read.success
    ? { status: "success", value: read.data, reply }
    : { status: "error", error: wrong, reply };
}

/**
 * The fields of a form to be drawn: what was typed before what was offered (`defaults`), with what is wrong. The first
 * is the form's own part.
 */
export function drawnForm(
  sent: SentForm | undefined,
  defaults: Readonly<Record<string, string>>,
): readonly [
  form: { readonly errors: readonly string[] },
  fields: Readonly<
    Partial<
      Record<
        string,
        { readonly initialValue: string | undefined; readonly errors: readonly string[] }
      >
    >
  >,
] {
  const values = new Map(Object.entries(sent?.typed ?? defaults));
  const wrong = new Map(Object.entries(sent?.wrong ?? {}));
  const names = new Set([...values.keys(), ...wrong.keys()]);
  const fields = [...names].map(
    (name) => [name, { initialValue: values.get(name), errors: wrong.get(name) ?? [] }] as const,
  );
  return [{ errors: wrong.get("") ?? [] }, Object.fromEntries(fields)];
}
