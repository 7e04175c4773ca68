import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { callerOf, goOn } from "#app/requests/caller.ts";
import { localeContext } from "#app/requests/locale.ts";
import { nextStepPath } from "#app/requests/next-step.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { statusOf, StepForm, StepOver, useProblemWords } from "#app/ui/sign-in/step-form.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/second-step";

export async function loader({ context, request, url }: Route.LoaderArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const { at } = await signIn.standing(request.headers.get("cookie"));
  const asked = url.searchParams.get("next");
  if (at === "set-up" || at === "office") {
    throw goOn(nextStepPath(context.get(localeContext), at, asked), []);
  }
  return { open: at === "second-step", recovery: url.searchParams.get("by") === "recovery" };
}

export async function action({ context, request, url }: Route.ActionArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const form = await readForm(request);
  const method = fieldOf(form, "intent") === "recovery" ? "recovery" : "totp";
  const code = fieldOf(form, "code", 40);
  const passed = await signIn.withFactor(callerOf(request, context), { method, code });
  if (!passed.ok) {
    return data({ problem: passed.problem, method }, { status: statusOf(passed.problem) });
  }
  const { next, cookies } = passed.value;
  const asked = url.searchParams.get("next");
  return goOn(nextStepPath(context.get(localeContext), next, asked), cookies);
}

export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "sign-in");
  return pageMeta(t("second.title"), t("second.lead"));
}

export default function SecondStepPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("sign-in");
  const { to } = useSite();
  const words = useProblemWords();
  const problem = actionData?.problem;
  const over = !loaderData.open || problem?.code === "sign-in.over";
  const wrongAt = (method: string) => (actionData?.method === method ? words(problem) : undefined);
  return (
    <>
      <h1>{t("second.title")}</h1>
      {over ? (
        <StepOver text={t("over")} href={to("signIn")} label={t("again")} />
      ) : (
        <>
          <p className="lead">{t("second.lead")}</p>
          <StepForm
            intent="totp"
            problem={wrongAt("totp")}
            problemAt={problem?.code === "sign-in.wrong" ? "totp" : undefined}
            submit={t("second.submit")}
          >
            <TextField
              id="totp"
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              label={t("second.code")}
              hint={t("second.codeHint")}
            />
          </StepForm>
          <details
            className="recovery"
            open={loaderData.recovery || actionData?.method === "recovery"}
          >
            <summary>{t("second.lost")}</summary>
            <p>{t("second.lostText")}</p>
            <StepForm
              intent="recovery"
              problem={wrongAt("recovery")}
              problemAt={problem?.code === "sign-in.wrong" ? "recovery" : undefined}
              submit={t("second.recoverySubmit")}
              quiet
            >
              <TextField
                id="recovery"
                name="code"
                autoComplete="off"
                maxLength={20}
                label={t("second.recovery")}
                hint={t("second.recoveryHint")}
              />
            </StepForm>
          </details>
        </>
      )}
    </>
  );
}
