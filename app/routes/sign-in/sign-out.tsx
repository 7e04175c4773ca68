import { useTranslation } from "react-i18next";

import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath, pathTo } from "#app/i18n/paths.ts";
import { callerOf, goOn } from "#app/requests/caller.ts";
import { localeContext } from "#app/requests/locale.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { StepForm } from "#app/ui/sign-in/step-form.tsx";
import type { Route } from "./+types/sign-out";

export async function action({ context, request }: Route.ActionArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const cookies = await signIn.out(callerOf(request, context));
  return goOn(pathTo(context.get(localeContext), "home"), cookies);
}

export function headers() {
  return { "cache-control": "no-store" };
}

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "sign-in");
  return pageMeta(t("out.title"), t("out.lead"));
}

export default function SignOutPage() {
  const { t } = useTranslation("sign-in");
  return (
    <>
      <h1>{t("out.title")}</h1>
      <p className="lead">{t("out.lead")}</p>
      <StepForm submit={t("out.submit")} />
    </>
  );
}
