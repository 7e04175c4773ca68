import { useTranslation } from "react-i18next";
import { data } from "react-router";

import { readEmail } from "#app/domain/kernel/email.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { callerOf, goOn } from "#app/requests/caller.ts";
import { localeContext } from "#app/requests/locale.ts";
import { nextStepPath } from "#app/requests/next-step.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { statusOf, StepForm, useProblemWords } from "#app/ui/sign-in/step-form.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/sign-in";

/** Longest field that is looked at, signs; the library refuses longer passwords by itself. */
const LONGEST = 300;

export async function loader({ context, request, url }: Route.LoaderArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const { at } = await signIn.standing(request.headers.get("cookie"));
  if (at === "nobody" || at === "mine") return null;
  throw goOn(nextStepPath(context.get(localeContext), at, url.searchParams.get("next")), []);
}

export async function action({ context, request, url }: Route.ActionArgs) {
  const { signIn } = context.get(servicesContext).accounts;
  const form = await readForm(request);
  const email = fieldOf(form, "email", LONGEST);
  const password = fieldOf(form, "password", LONGEST);
  const passed = await signIn.withPassword(callerOf(request, context), { email, password });
  if (!passed.ok) {
    // Said of what was typed and of nobody's account; an address kept before this was refused still signs in.
    const read = readEmail(email);
    const letters = !read.ok && read.problem.code === "email.letters";
    const problem =
      passed.problem.code === "sign-in.wrong" && letters ? read.problem : passed.problem;
    return data({ problem, email }, { status: statusOf(problem) });
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
  return pageMeta(t("password.title"), t("password.lead"));
}

export default function SignInPage({ actionData }: Route.ComponentProps) {
  const { t } = useTranslation("sign-in");
  const { to } = useSite();
  const words = useProblemWords();
  const problem = words(actionData?.problem);
  const atEmail = ["sign-in.wrong", "email.letters"].includes(actionData?.problem.code ?? "");
  const barred = actionData?.problem.code === "sign-in.too-many";
  return (
    <>
      <h1>{t("password.title")}</h1>
      <p className="lead">{t("password.lead")}</p>
      <StepForm
        problem={barred ? `${problem} ${t("password.barred")}` : problem}
        problemAt={atEmail ? "email" : undefined}
        submit={t("password.submit")}
      >
        <TextField
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          label={t("email")}
          error={actionData?.problem.code === "email.letters" ? problem : undefined}
          defaultValue={actionData?.email}
        />
        <TextField
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          label={t("password.label")}
        />
      </StepForm>
      <ul className="sign-in-ways">
        <li>
          <a href={to("forgotten")}>{t("password.forgotten")}</a>
        </li>
        <li>
          <a href={to("mine")}>{t("password.donor")}</a>
        </li>
      </ul>
    </>
  );
}
