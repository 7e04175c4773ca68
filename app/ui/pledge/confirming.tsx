import { useTranslation } from "react-i18next";

import type { PledgePage } from "#app/domain/pledges/ports.ts";
import { money } from "#app/i18n/formats.ts";
import { useSite } from "#app/ui/site.ts";
import { StepForm } from "#app/ui/sign-in/step-form.tsx";
import { TextField } from "#app/ui/text-field.tsx";
import { problemText } from "#app/ui/problem-text.ts";

/** How the browser stands to the promise whose page it shows. */
export interface ConfirmingFacts {
  readonly pledge: PledgePage;
  /** Nobody has stood for it: it counts nowhere. */
  readonly unconfirmed: boolean;
  /** It is above what the campaign lacks: only an official confirms it. */
  readonly above: boolean;
  /** The mark of the letter this browser came by; absent without one. */
  readonly letter: string | undefined;
  /** This browser made it. */
  readonly own: boolean;
  /** Letters are sent. */
  readonly links: boolean;
  /** May be taken back by this browser. */
  readonly withdrawable: boolean;
  /** What was sent last and came back. */
  readonly sent:
    | {
        readonly done?: "letter";
        readonly problem?: { readonly code: string };
        readonly email?: string;
      }
    | undefined;
}

/** What a promise that nobody confirmed needs, and the form for it. */
export function Confirming(facts: ConfirmingFacts) {
  const { t } = useTranslation("pledge");
  const give = useTranslation("give").t;
  const { locale } = useSite();
  const { pledge, unconfirmed, above, letter, own, links, sent } = facts;
  if (!unconfirmed) return null;
  const wrong = sent?.problem && problemText(give, locale, sent.problem);
  return (
    <section className="section roomy no-print" aria-labelledby="confirming">
      <h2 id="confirming">{t("confirm.title")}</h2>
      <p>{t(above ? "confirm.above" : "confirm.lead")}</p>
      {letter !== undefined && !above ? (
        <StepForm
          intent="confirm"
          submit={t("confirm.submit", { amount: money(locale, pledge.amount) })}
        >
          <input type="hidden" name="letter" value={letter} />
        </StepForm>
      ) : own && links && !above ? (
        sent?.done === "letter" ? (
          <p className="notice good" role="status">
            {t("confirm.sent")}
          </p>
        ) : (
          <StepForm intent="letter" submit={t("confirm.ask")} problem={wrong} problemAt="email">
            <TextField
              id="email"
              name="email"
              type="email"
              autoComplete="email"
              label={t("confirm.email")}
              hint={t("confirm.emailHint")}
              error={wrong}
              defaultValue={sent?.email}
            />
          </StepForm>
        )
      ) : null}
      <p className="small soft">
        {t(above ? "confirm.callAbove" : "confirm.call", { code: pledge.code })}
      </p>
    </section>
  );
}

/** Taking a promise back: folded away, as it is seldom what somebody came for. */
export function Withdrawing({ pledge, letter, withdrawable }: ConfirmingFacts) {
  const { t } = useTranslation("pledge");
  const { locale } = useSite();
  if (!withdrawable) return null;
  return (
    <details className="section roomy no-print">
      <summary>{t("withdraw.title")}</summary>
      <p>{t("withdraw.lead")}</p>
      <form method="post">
        <input type="hidden" name="intent" value="withdraw" />
        {letter === undefined ? null : <input type="hidden" name="letter" value={letter} />}
        <button className="button quiet" type="submit">
          {t("withdraw.submit", { amount: money(locale, pledge.amount) })}
        </button>
      </form>
    </details>
  );
}
