import { useTranslation } from "react-i18next";

import { own } from "#app/domain/kernel/own.ts";
import { LIST_GROUNDS, OBJECTION_GROUNDS } from "#app/domain/objections/objection.ts";
import { CONTACT_LIMIT, TEXT_LIMIT } from "#app/domain/objections/open-objection.ts";
import { SelectField, TextArea } from "#app/ui/office/form-card.tsx";
import { TextField } from "#app/ui/text-field.tsx";

/** What was typed into the form of an objection. */
export interface TypedObjection {
  readonly line: string;
  readonly ground: string;
  readonly text: string;
  readonly contact: string;
}

/** Fields of the form, by the problem that stands at them. */
const FIELD_OF: Readonly<Record<string, string>> = {
  "objection.no-line": "line",
  "objection.no-ground": "ground",
  "objection.list-ground": "ground",
  "objection.no-text": "text",
  "objection.text-too-long": "text",
  "objection.contact-too-long": "contact",
  "objection.no-channel": "channel",
  "objection.wrong-day": "on",
};

/** Id of the field that a problem is about; null where it is the whole form. */
export function fieldOfProblem(code: string): string | null {
  const field = own(FIELD_OF, code);
  return field === undefined ? null : `objection-${field}`;
}

/** What it is against, why, and in whose words; the same on the public form and in the office. */
export function ObjectionFields(props: {
  lines: readonly { readonly code: string; readonly reserve: boolean }[];
  typed: TypedObjection;
  /** What is wrong, and the id of its field. */
  wrong: { readonly id: string | null; readonly text: string } | undefined;
}) {
  const { lines, typed, wrong } = props;
  const { t } = useTranslation("objections");
  const at = (id: string) => (wrong?.id === id ? wrong.text : undefined);
  const grounds = (list: boolean) => ({
    group: t(list ? "form.groundsList" : "form.groundsLine"),
    options: OBJECTION_GROUNDS.filter((ground) => LIST_GROUNDS.includes(ground) === list).map(
      (ground) => [ground, t(`ground.${ground}`)] as const,
    ),
  });
  return (
    <>
      <SelectField
        id="objection-line"
        name="line"
        label={t("form.line")}
        hint={t("form.lineHint")}
        error={at("objection-line")}
        defaultValue={typed.line}
        empty={t("form.whole")}
        options={lines.map(({ code, reserve }) => [
          code,
          reserve ? t("form.reserve", { code }) : code,
        ])}
      />
      <SelectField
        id="objection-ground"
        name="ground"
        label={t("form.ground")}
        error={at("objection-ground")}
        defaultValue={typed.ground}
        empty={t("form.pick")}
        options={[grounds(false), grounds(true)]}
      />
      <WordsFields typed={typed} wrong={wrong} />
    </>
  );
}

/** The objector's own words, and how to reach them. */
export function WordsFields(props: {
  typed: Pick<TypedObjection, "text" | "contact">;
  wrong: { readonly id: string | null; readonly text: string } | undefined;
}) {
  const { typed, wrong } = props;
  const { t } = useTranslation("objections");
  const at = (id: string) => (wrong?.id === id ? wrong.text : undefined);
  return (
    <>
      <TextArea
        id="objection-text"
        name="text"
        label={t("form.text")}
        hint={t("form.textHint", { most: TEXT_LIMIT })}
        error={at("objection-text")}
        rows={6}
        defaultValue={typed.text}
      />
      <TextField
        id="objection-contact"
        name="contact"
        label={t("form.contact")}
        hint={t("form.contactHint")}
        error={at("objection-contact")}
        maxLength={CONTACT_LIMIT}
        autoComplete="off"
        defaultValue={typed.contact}
      />
    </>
  );
}
