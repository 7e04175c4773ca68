import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { PASSWORD_LENGTH } from "#app/domain/people/password.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { callerOf } from "#app/requests/caller.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { statusOf, StepForm, StepOver, useProblemWords } from "#app/ui/sign-in/step-form.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/new-password";

/** Looking at a link uses nothing up: programs that read letters follow links too. */
export function loader({ url }: Route.LoaderArgs) {
  return { token: url.searchParams.get("token") ?? "" };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const form = await readForm(request);
  const token = fieldOf(form, "token", 100);
  const password = fieldOf(form, "password", 1000);
  const done = await signIn.setPassword(callerOf(request, context), { token, password });
  if (done.ok) return { done: true, problem: undefined };
  return data({ done: false, problem: done.problem }, { status: statusOf(done.problem) });
}

export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "sign-in");
  return pageMeta(t("newPassword.title"), t("newPassword.lead"));
}

export default function NewPasswordPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("sign-in");
  const { to } = useSite();
  const words = useProblemWords();
  const problem = actionData?.problem;
  const over = loaderData.token === "" || problem?.code === "sign-in.link-over";
  return (
    <>
      <h1>{t("newPassword.title")}</h1>
      {actionData?.done ? (
        <StepOver text={t("newPassword.done")} href={to("signIn")} label={t("password.submit")} />
      ) : over ? (
        <StepOver
          text={t("problem.sign-in.link-over")}
          href={to("forgotten")}
          label={t("newPassword.ask")}
        />
      ) : (
        <>
          <p className="lead">{t("newPassword.lead")}</p>
          <StepForm
            problem={words(problem)}
            problemAt={problem?.code.startsWith("password.") ? "password" : undefined}
            submit={t("newPassword.submit")}
          >
            <input type="hidden" name="token" value={loaderData.token} />
            <TextField
              id="password"
              name="password"
              type="password"
              autoComplete="new-password"
              label={t("newPassword.label")}
              hint={t("newPassword.hint", { least: PASSWORD_LENGTH.least })}
            />
          </StepForm>
        </>
      )}
    </>
  );
}
