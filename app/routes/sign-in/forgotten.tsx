import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { readEmail } from "#app/domain/kernel/email.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { callerOf } from "#app/requests/caller.ts";
import { localeContext } from "#app/requests/locale.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { StepForm, useProblemWords } from "#app/ui/sign-in/step-form.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/forgotten";

/** The answer is the same for every address, known or not; what cannot be one is told. */
export async function action({ context, request }: Route.ActionArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const email = fieldOf(await readForm(request), "email", 300);
  const read = readEmail(email);
  if (!read.ok) {
    return data({ sent: false, problem: read.problem, typed: email }, { status: 422 });
  }
  await signIn.sendPasswordLink(callerOf(request, context), read.value, context.get(localeContext));
  return { sent: true, problem: undefined, typed: "" };
}

export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "sign-in");
  return pageMeta(t("forgotten.title"), t("forgotten.lead"));
}

export default function ForgottenPage({ actionData }: Route.ComponentProps) {
  const { t } = useTranslation("sign-in");
  const { to } = useSite();
  const wrong = useProblemWords()(actionData?.problem);
  return (
    <>
      <h1>{t("forgotten.title")}</h1>
      {actionData?.sent ? (
        <p className="notice good" role="status">
          {t("forgotten.sent")}
        </p>
      ) : (
        <>
          <p className="lead">{t("forgotten.lead")}</p>
          <StepForm submit={t("forgotten.submit")} problem={wrong} problemAt="email">
            <TextField
              id="email"
              name="email"
              type="email"
              autoComplete="username"
              label={t("email")}
              error={wrong}
              defaultValue={actionData?.typed}
            />
          </StepForm>
        </>
      )}
      <p className="sign-in-ways">
        <a href={to("signIn")}>{t("again")}</a>
      </p>
    </>
  );
}
