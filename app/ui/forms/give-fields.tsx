import { useTranslation } from "react-i18next";

import type { Day } from "#app/domain/kernel/calendar.ts";
import type { ChargesTable } from "#app/domain/payments/charges.ts";
import type { LimitsTable, PayChannel } from "#app/domain/payments/limits.ts";
import { LONGEST_NAME } from "#app/domain/pledges/make-pledge.ts";
import { day, money } from "#app/i18n/formats.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { chargeWords } from "#app/ui/charge-words.ts";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { RadioField } from "#app/ui/radio-field.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

import { type ProblemFacts, problemText } from "#app/ui/problem-text.ts";
import type { Pieces } from "./give-form.ts";
import { Measure } from "./measure.tsx";
import { drawnForm, type SentForm } from "./sent-form.ts";

/** What the form is made from. */
export interface GiveFacts {
  readonly campaign: { readonly slug: string; readonly species: string; readonly lastDay: Day };
  readonly pieces: Pieces | undefined;
  readonly channels: readonly PayChannel[];
  readonly limits: LimitsTable;
  readonly charges: ChargesTable;
  /** Letters are sent: a promise can be confirmed by one. */
  readonly letters: boolean;
  readonly asked: Readonly<Record<string, string>>;
  readonly formKey: string;
}

/** What was sent and came back, with the facts of its problems. */
export interface GiveSent {
  readonly result: SentForm;
  readonly facts: ProblemFacts;
}

/** The give form: amount first, then when, who and how; filled in again as it was typed when something is wrong. */
export function GiveForm({ loaded, sent }: { loaded: GiveFacts; sent: GiveSent | undefined }) {
  const { campaign, pieces, channels, limits } = loaded;
  const { t } = useTranslation("give");
  const { t: payment } = useTranslation("payment");
  const { locale, to } = useSite();
  const [form, fields] = drawnForm(sent?.result, {
    measure: "amount",
    channel: "bank",
    ...loaded.asked,
    formKey: loaded.formKey,
  });
  const say = (code: string | undefined) =>
    code === undefined ? undefined : problemText(t, locale, { code, facts: sent?.facts ?? {} });
  const field = (name: string) => ({
    id: name,
    name,
    value: fields[name]?.initialValue,
    error: say(fields[name]?.errors[0]),
  });
  const text = (name: string) => {
    const { value, ...rest } = field(name);
    return { ...rest, defaultValue: value };
  };
  const example = exampleFor(loaded);
  const problems = [
    ...form.errors.map((code) => ({ id: null, text: say(code) ?? code })),
    ...ORDER.flatMap((name) => {
      const { error } = field(name);
      return error ? [{ id: anchorOf(name, pieces !== undefined), text: error }] : [];
    }),
  ];
  return (
    <form method="post" action={to("give", { slug: campaign.slug })} className="form" noValidate>
      <ErrorSummary title={t("problem.title")} problems={problems} />
      <input type="hidden" name="formKey" value={fields["formKey"]?.initialValue} />
      {sent?.facts["sureOf"] === undefined ? null : (
        <input type="hidden" name="sureOf" value={sent.facts["sureOf"]} />
      )}

      <Measure
        pieces={pieces}
        species={campaign.species}
        value={fields["measure"]?.initialValue}
        text={text}
      />

      <RadioField
        {...field("intent")}
        value={field("intent").value ?? "now"}
        legend={t("intent.legend")}
        options={[
          { value: "now", label: t("intent.now"), hint: t("intent.nowHint") },
          { value: "promised", label: t("intent.promised"), hint: t("intent.promisedHint") },
        ]}
      />
      <div className="when-promised">
        <DayField
          {...text("promisedOn")}
          label={t("promisedOn")}
          hint={t("promisedOnHint", { day: day(campaign.lastDay) })}
        />
        {loaded.letters ? (
          <TextField
            {...text("confirmEmail")}
            type="email"
            autoComplete="email"
            maxLength={254}
            label={t("confirmEmail")}
            hint={t("confirmEmailHint")}
          />
        ) : null}
      </div>

      <RadioField
        {...field("donorKind")}
        value={field("donorKind").value ?? "person"}
        legend={t("donorKind.legend")}
        two
        options={[
          { value: "person", label: t("donorKind.person") },
          { value: "organisation", label: t("donorKind.organisation") },
        ]}
      />
      <TextField
        {...text("donorName")}
        label={t("donorName")}
        hint={t("donorNameHint")}
        autoComplete="name"
        maxLength={LONGEST_NAME}
      />
      <RadioField
        {...field("namePublic")}
        value={field("namePublic").value ?? "no"}
        legend={t("namePublic.legend")}
        two
        options={[
          { value: "no", label: t("namePublic.no") },
          { value: "yes", label: t("namePublic.yes") },
        ]}
      />

      <RadioField
        {...field("channel")}
        value={field("channel").value ?? "bank"}
        legend={t("channel.legend")}
        options={channels.map((channel) => ({
          value: channel,
          label: t(`channel.${channel}`),
          hint: `${t(`channel.${channel}Hint`, {
            least: money(locale, limits[channel].least),
            most: money(locale, limits[channel].most),
          })}; ${
            channel === "bank"
              ? payment("charge.bank")
              : chargeWords(payment, locale, loaded.charges[channel], example)
          }`,
        }))}
      />

      <div className="field">
        <button className="button" type="submit">
          {t("submit")}
        </button>
        <p className="hint">{t("submitHint")}</p>
      </div>
    </form>
  );
}

/** The amount by which charges are told before any is typed: what was asked for, else one piece, else a million. */
function exampleFor({ asked, pieces }: GiveFacts): bigint {
  const count = BigInt(asked["units"] ?? asked["households"] ?? 1);
  const each = asked["households"] === undefined ? 1n : BigInt(pieces?.perHousehold ?? 1);
  if (asked["amount"] !== undefined) return BigInt(asked["amount"]);
  return pieces ? pieces.unitPrice * each * count : 1_000_000n;
}

/** Where the summary leads for a field: what has no place of its own on the page is led to nowhere wrong. */
function anchorOf(name: string, byPiece: boolean): string | null {
  if (name === "formKey") return null;
  return name === "measure" ? (byPiece ? "measure-amount" : "amount") : name;
}

/** Fields in the order of the page, as the error summary lists them. */
const ORDER = [
  "measure",
  "amount",
  "units",
  "households",
  "intent",
  "promisedOn",
  "confirmEmail",
  "donorKind",
  "donorName",
  "namePublic",
  "channel",
  "formKey",
];
