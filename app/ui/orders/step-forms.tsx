import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Day } from "#app/domain/kernel/calendar.ts";
import type { NextStep } from "#app/domain/orders/next-steps.ts";
import {
  CANCEL_REASONS,
  type MoneyOrder,
  REFUSE_REASONS,
  SEND_BACK_REASONS,
} from "#app/domain/orders/order.ts";
import { money } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { FormCard, SelectField, TextArea } from "#app/ui/office/form-card.tsx";
import { Section } from "#app/ui/office/page.tsx";
import { useLocale } from "#app/ui/site.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { problemText } from "#app/ui/problem-text.ts";

/** What was typed into a step's form before it was refused. */
interface TypedStep {
  readonly intent: string;
  readonly note: string;
  readonly reason: string;
  readonly on: string;
  readonly late: boolean;
}

interface StepFormsProps {
  readonly order: MoneyOrder;
  readonly steps: readonly NextStep[];
  readonly gateway: boolean;
  /** `spendingText` of the table above; undefined when the books refuse the order. */
  readonly seen: string | undefined;
  readonly changed: boolean;
  readonly today: Day;
  readonly typed: TypedStep | undefined;
  readonly problem: string | undefined;
}

/** Words for a step that is not this person's: what to do differs where the third hand is missing. */
function whyNot(step: NextStep["step"], why: NextStep["why"]): string {
  const third = step === "book" && why === "people.own-preparation";
  return third ? "people.third-hand" : (why ?? "");
}

/** The next steps that this person may take, and why not the others. */
export function StepForms(props: StepFormsProps) {
  const { t } = useTranslation("office-orders");
  const locale = useLocale();
  const { steps } = props;
  const open = steps.filter(({ why }) => why === null);
  const closed = steps.filter(({ why }) => why !== null);
  return (
    <Section id="next" title={t("do.title")}>
      {steps.length === 0 ? <p className="empty">{t("do.nothing")}</p> : null}
      <div className="step-forms">
        {open.map(({ step }) => (
          <StepForm key={step} step={step} {...props} />
        ))}
      </div>
      {closed.length === 0 ? null : (
        <div className="notice">
          <p>{t("do.notYou")}</p>
          <ul>
            {closed.map(({ step, why }) => (
              <li key={step}>
                {t("do.why", {
                  step: t(`do.${NAMES[step]}`),
                  why: problemText(t, locale, { code: whyNot(step, why) }),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}

const NAMES = {
  approve: "approve",
  book: "book",
  change: "change",
  "send-back": "sendBack",
  refuse: "refuse",
  cancel: "cancel",
} as const;

function StepForm(props: StepFormsProps & { step: NextStep["step"] }): ReactNode {
  const { t } = useTranslation("office-orders");
  const locale = useLocale();
  const { step, order } = props;
  const amount = money(locale, order.amount);
  switch (step) {
    case "change":
      return (
        <p>
          <a className="button quiet" href={`${officePath("newOrder")}?order=${order.id}`}>
            {t("do.change")}
          </a>
        </p>
      );
    case "approve":
      if (props.seen === undefined) return null;
      return (
        <Card
          {...props}
          title={t("do.approve")}
          lead={t("do.approveLead", { amount })}
          submit={t(props.changed ? "do.approveAgain" : "do.approve")}
          hidden={{ seen: props.seen }}
        />
      );
    case "book":
      return (
        <Card
          {...props}
          title={t("do.book")}
          lead={t(props.gateway ? "do.bookGatewayLead" : "do.bookLead", { amount })}
          submit={t(props.gateway ? "do.bookGateway" : "do.book")}
        >
          {props.gateway ? null : <BookFields {...props} />}
        </Card>
      );
    case "send-back":
      return <Card {...props} quiet title={t("do.sendBack")} reasons={SEND_BACK_REASONS} />;
    case "refuse":
      return <Card {...props} quiet title={t("do.refuse")} reasons={REFUSE_REASONS} />;
    case "cancel":
      return <Card {...props} quiet title={t("do.cancel")} reasons={CANCEL_REASONS} />;
  }
}

function Card(
  props: StepFormsProps & {
    step: NextStep["step"];
    title: string;
    lead?: string;
    submit?: string;
    reasons?: readonly string[];
    quiet?: boolean;
    hidden?: Readonly<Record<string, string>>;
    children?: ReactNode;
  },
) {
  const { t } = useTranslation("office-orders");
  const { step, order } = props;
  const mine = props.typed?.intent === step ? props.typed : undefined;
  const form = (
    <FormCard
      id={`do-${step}`}
      title={props.title}
      intent={step}
      submit={props.submit ?? props.title}
      hidden={{ version: order.version, ...props.hidden }}
      quiet={props.quiet ?? false}
      {...(props.lead === undefined ? {} : { lead: props.lead })}
      problems={mine && props.problem ? [{ id: null, text: props.problem }] : []}
    >
      {props.children}
      {props.reasons ? (
        <SelectField
          id={`${step}-reason`}
          name="reason"
          label={t("do.reason")}
          empty={t("do.pick")}
          defaultValue={mine?.reason ?? ""}
          options={props.reasons.map((code) => [code, t(`reasonFor.${code}`)] as const)}
        />
      ) : null}
      <TextArea
        id={`${step}-note`}
        name="note"
        label={t("do.note")}
        {...(props.reasons ? { hint: t("do.noteHint") } : {})}
        rows={2}
        defaultValue={mine?.note ?? ""}
      />
    </FormCard>
  );
  if (!props.quiet) return form;
  // Rarely wanted steps stay folded until somebody opens them, or one was refused.
  return (
    <details className="step-more" open={mine !== undefined}>
      <summary>{props.title}</summary>
      {form}
    </details>
  );
}

function BookFields({ today, typed }: StepFormsProps) {
  const { t } = useTranslation("office-orders");
  return (
    <>
      <DayField
        id="book-on"
        name="on"
        label={t("do.on")}
        defaultValue={typed?.intent === "book" ? typed.on : today}
      />
      <label className="tick">
        <input
          type="checkbox"
          name="late"
          value="yes"
          defaultChecked={typed?.intent === "book" && typed.late}
        />{" "}
        {t("do.late")}
      </label>
    </>
  );
}
