import { CONTACT_LIMIT, TEXT_LIMIT } from "#app/domain/objections/open-objection.ts";

import { fieldOf } from "./read-form.ts";

/** What was typed into the form of an objection; cut a sign later than is taken, so that too long is told. */
export function objectionTyped(form: FormData) {
  return {
    line: fieldOf(form, "line", 40),
    ground: fieldOf(form, "ground", 40),
    text: fieldOf(form, "text", TEXT_LIMIT * 2),
    contact: fieldOf(form, "contact", CONTACT_LIMIT * 2),
    key: fieldOf(form, "key", 60),
  };
}
