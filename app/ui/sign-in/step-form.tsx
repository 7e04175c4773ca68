import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { EmailProblem } from "#app/domain/kernel/email.ts";
import type { PasswordProblem, SignInProblem } from "#app/domain/people/sign-in.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";

export type StepProblem = SignInProblem | PasswordProblem | EmailProblem;

/** Status of an answer that refused a step. */
export function statusOf(problem: StepProblem): number {
  if (problem.code === "sign-in.too-many") return 429;
  if (problem.code === "sign-in.over" || problem.code === "sign-in.link-over") return 403;
  return 422;
}

/** Words for a refusal, with its facts. */
export function useProblemWords(): (problem: StepProblem | undefined) => string | undefined {
  const { t } = useTranslation("sign-in");
  const locale = useLocale();
  return (problem) => problem && problemText(t, locale, problem);
}

/** One step of signing in: what is wrong above, few fields, one button. It posts to its own address, with what that asks. */
export function StepForm(props: {
  /** Field that the problem leads to; without it the problem is the whole form's. */
  problemAt?: string | undefined;
  problem?: string | undefined;
  intent?: string;
  submit: string;
  quiet?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation("sign-in");
  const { problem, problemAt } = props;
  return (
    <form method="post" className="form" noValidate>
      <ErrorSummary
        title={t("problem.title")}
        problems={problem ? [{ id: problemAt ?? null, text: problem }] : []}
      />
      {props.intent ? <input type="hidden" name="intent" value={props.intent} /> : null}
      {props.children}
      <div>
        <button className={props.quiet ? "button quiet" : "button"} type="submit">
          {props.submit}
        </button>
      </div>
    </form>
  );
}

/** A step that cannot be done now, and where to begin again. */
export function StepOver({ text, href, label }: { text: string; href: string; label: string }) {
  return (
    <div className="step-over">
      <p className="notice">{text}</p>
      <p>
        <a className="button" href={href}>
          {label}
        </a>
      </p>
    </div>
  );
}
