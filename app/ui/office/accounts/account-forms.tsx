import { useTranslation } from "react-i18next";

import type { AccountFile } from "#app/domain/bank-accounts/account.ts";
import type { CommuneChoice } from "#app/domain/campaigns/draft-ports.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { DayField } from "#app/ui/day-field.tsx";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import { problemField, problemText } from "#app/ui/problem-text.ts";

/** Fields of both forms. */
export const ACCOUNT_FIELDS = [
  "holder",
  "bankName",
  "bin",
  "number",
  "owner",
  "commune",
  "validFrom",
  "account",
  "lastDay",
  "reason",
  "paperNumber",
  "paperDate",
  "key",
] as const;
export type TypedAccount = Readonly<Record<(typeof ACCOUNT_FIELDS)[number], string>>;

/** A form as it was sent, and why it was not taken. */
export interface SentAccount {
  readonly form: "open" | "end";
  readonly typed: TypedAccount;
  readonly problem: { readonly code: string; readonly field?: string };
}

/** Proposes an account that is opened. */
export function OpenAccountForm(props: {
  /** Communes in force. */
  communes: readonly CommuneChoice[];
  formKey: string;
  sent: SentAccount | undefined;
}) {
  const { t } = useTranslation("office-twinning");
  const { t: tc } = useTranslation("office-campaign");
  const locale = useLocale();
  const { problems, field, key } = useFields("open", props.sent);
  return (
    <FormCard
      id="open-account"
      title={t("accounts.open.title")}
      lead={t("accounts.open.lead")}
      intent="open"
      hidden={{ key: key ?? props.formKey }}
      problems={problems}
      submit={t("accounts.open.submit")}
      also={<a href={OFFICE_PAGES.accounts}>{t("cancel")}</a>}
    >
      <TextField {...field("holder", t("accounts.holder"))} maxLength={200} />
      <TextField {...field("bankName", t("accounts.bankName"))} maxLength={200} />
      <TextField
        {...field("bin", t("accounts.bin"))}
        inputMode="numeric"
        maxLength={6}
        hint={t("accounts.binHint")}
      />
      <TextField {...field("number", t("accounts.number"))} maxLength={40} />
      <SelectField
        {...field("owner", t("accounts.whose"))}
        options={[
          ["appeal", t("accounts.owner.appeal")],
          ["commune", t("accounts.owner.commune")],
        ]}
      />
      <SelectField
        {...field("commune", t("accounts.commune"))}
        hint={t("accounts.communeHint")}
        empty={tc("choose")}
        options={props.communes.map(
          ({ code, fullName, districtName }) =>
            [
              code,
              tc("new.commune", { commune: placeName(locale, fullName), district: districtName }),
            ] as const,
        )}
      />
      <DayField {...field("validFrom", t("accounts.validFrom"))} />
      <PaperFields field={field} />
    </FormCard>
  );
}

/** Proposes that an account ends. */
export function EndAccountForm(props: {
  accounts: readonly AccountFile[];
  /** The account chosen at first. */
  chosen: string;
  formKey: string;
  sent: SentAccount | undefined;
}) {
  const { t } = useTranslation("office-twinning");
  const { problems, field, key } = useFields("end", props.sent);
  const account = field("account", t("accounts.end.account"));
  return (
    <FormCard
      id="end-account"
      title={t("accounts.end.title")}
      lead={t("accounts.end.lead")}
      intent="end"
      hidden={{ key: key ?? props.formKey }}
      problems={problems}
      submit={t("accounts.end.submit")}
      also={<a href={OFFICE_PAGES.accounts}>{t("cancel")}</a>}
    >
      <SelectField
        {...account}
        defaultValue={account.defaultValue || props.chosen}
        empty={t("accounts.end.choose")}
        options={props.accounts
          .filter(({ validTo }) => validTo === null)
          .map((one) => [one.id, `${one.number}, ${one.holder}`] as const)}
      />
      <DayField {...field("lastDay", t("accounts.end.lastDay"))} />
      <PaperFields field={field} />
    </FormCard>
  );
}

function PaperFields({ field }: { field: ReturnType<typeof useFields>["field"] }) {
  const { t } = useTranslation("office-twinning");
  return (
    <>
      <TextField {...field("reason", t("accounts.why"))} maxLength={200} />
      <TextField {...field("paperNumber", t("accounts.paperNumber"))} maxLength={60} />
      <DayField {...field("paperDate", t("accounts.paperDate"))} />
    </>
  );
}

function useFields(form: "open" | "end", sent: SentAccount | undefined) {
  const { t } = useTranslation("office-twinning");
  const locale = useLocale();
  const mine = sent?.form === form ? sent : undefined;
  const at = mine && problemField(mine.problem, FIELDS);
  const text = mine && problemText(t, locale, mine.problem);
  return {
    problems: mine ? [{ id: at ?? null, text: text ?? mine.problem.code }] : [],
    field: (name: keyof TypedAccount, label: string) => ({
      id: name,
      name,
      label,
      defaultValue: mine?.typed[name] ?? "",
      error: at === name ? text : undefined,
    }),
    key: mine?.typed.key || undefined,
  };
}

const FIELDS = {
  "account.bad-number": "number",
  "account.bad-bin": "bin",
  "account.taken": "number",
  "account.waiting": "number",
  "account.no-commune": "commune",
  "account.in-use": "lastDay",
};
