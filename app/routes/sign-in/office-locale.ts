import { data } from "react-router";

import { officeReturn } from "#app/i18n/office-paths.ts";
import { callerOf, goOn } from "#app/requests/caller.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import type { Route } from "./+types/office-locale";

export function loader() {
  throw data({ code: "form.only" }, { status: 405, headers: { allow: "POST" } });
}

/** The language of the office, for whoever asks; kept with the person and in a cookie. */
export async function action({ context, request }: Route.ActionArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const form = await readForm(request);
  const locale = fieldOf(form, "locale") === "en" ? "en" : "vi";
  const cookies = await signIn.chooseLocale(callerOf(request, context), locale);
  return goOn(officeReturn(fieldOf(form, "back")), cookies);
}
