import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { officeReturn } from "#app/i18n/office-paths.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { callerOf, goOn, settingCookies } from "#app/requests/caller.ts";
import { localeContext } from "#app/requests/locale.ts";
import { nextStepPath } from "#app/requests/next-step.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { RecoveryCodes } from "#app/ui/sign-in/recovery-codes.tsx";
import { statusOf, StepForm, StepOver, useProblemWords } from "#app/ui/sign-in/step-form.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/set-up";

export async function loader({ context, request, url }: Route.LoaderArgs) {
  const services = context.get(servicesContext);
  const { signIn } = services.accounts;
  const caller = callerOf(request, context);
  const { at } = await signIn.standing(caller.cookie);
  const asked = url.searchParams.get("next");
  if (at === "second-step" || at === "office") {
    throw goOn(nextStepPath(context.get(localeContext), at, asked), []);
  }
  const made = at === "set-up" ? await signIn.factorSecret(caller) : undefined;
  return {
    office: officeReturn(asked),
    factor: made?.ok
      ? { secret: made.value.secret, qr: services.qrPicture(made.value.uri) }
      : undefined,
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const code = fieldOf(await readForm(request), "code", 40);
  const done = await signIn.confirmFactor(callerOf(request, context), code);
  if (!done.ok) {
    return data({ problem: done.problem, codes: undefined }, { status: statusOf(done.problem) });
  }
  // Shown in this answer and never again, so there is no redirect.
  return data(
    { problem: undefined, codes: done.value.recoveryCodes },
    { headers: settingCookies(done.value.cookies) },
  );
}

export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "sign-in");
  return pageMeta(t("setUp.title"), t("setUp.lead"));
}

export default function SetUpPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("sign-in");
  const { to } = useSite();
  const words = useProblemWords();
  const { factor, office } = loaderData;
  if (actionData?.codes) {
    return (
      <>
        <h1>{t("setUp.done")}</h1>
        <RecoveryCodes codes={actionData.codes} />
        <p>
          <a className="button" href={office}>
            {t("setUp.goOn")}
          </a>
        </p>
      </>
    );
  }
  return (
    <>
      <h1>{t("setUp.title")}</h1>
      {factor === undefined ? (
        <StepOver text={t("over")} href={to("signIn")} label={t("again")} />
      ) : (
        <>
          <p className="lead">{t("setUp.lead")}</p>
          <ol className="set-up-steps">
            <li>{t("setUp.app")}</li>
            <li>
              {t("setUp.scan")}
              <img
                className="factor-qr"
                src={factor.qr}
                width="220"
                height="220"
                alt={t("setUp.qrAlt")}
              />
              <p>
                {t("setUp.typed")} <code className="factor-secret">{grouped(factor.secret)}</code>
              </p>
            </li>
            <li>{t("setUp.type")}</li>
          </ol>
          <StepForm
            problem={words(actionData?.problem)}
            problemAt={actionData?.problem?.code === "sign-in.wrong" ? "code" : undefined}
            submit={t("setUp.submit")}
          >
            <TextField
              id="code"
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
              label={t("second.code")}
              hint={t("second.codeHint")}
            />
          </StepForm>
        </>
      )}
    </>
  );
}

function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}
