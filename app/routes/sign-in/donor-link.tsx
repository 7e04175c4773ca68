import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { callerOf, goOn } from "#app/requests/caller.ts";
import { localeContext } from "#app/requests/locale.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { statusOf, StepForm, StepOver, useProblemWords } from "#app/ui/sign-in/step-form.tsx";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/donor-link";

/** Opening the link signs nobody in: programs that read letters open links too. The button does. */
export function loader({ url }: Route.LoaderArgs) {
  return { token: url.searchParams.get("token") ?? "" };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const token = fieldOf(await readForm(request), "token", 100);
  const passed = await signIn.withDonorLink(callerOf(request, context), token);
  if (passed.ok) return goOn(pathTo(context.get(localeContext), "mine"), passed.value.cookies);
  return data({ problem: passed.problem }, { status: statusOf(passed.problem) });
}

export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "sign-in");
  return pageMeta(t("link.title"), t("link.lead"));
}

export default function DonorLinkPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("sign-in");
  const { to } = useSite();
  const words = useProblemWords();
  const problem = actionData?.problem;
  return (
    <>
      <h1>{t("link.title")}</h1>
      {loaderData.token === "" || problem?.code === "sign-in.link-over" ? (
        <StepOver text={t("problem.sign-in.link-over")} href={to("mine")} label={t("link.ask")} />
      ) : (
        <>
          <p className="lead">{t("link.lead")}</p>
          <StepForm problem={words(problem)} submit={t("link.submit")}>
            <input type="hidden" name="token" value={loaderData.token} />
          </StepForm>
        </>
      )}
    </>
  );
}
