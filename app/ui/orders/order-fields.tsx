import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import { own } from "#app/domain/kernel/own.ts";
import { LOSS_CAUSES, PRICE_REASONS } from "#app/domain/acts/reasons.ts";
import { MONEY_SOURCES } from "#app/domain/orders/order.ts";
import { nextPurchase } from "#app/domain/disbursements/advance.ts";
import type { LineChoice } from "#app/domain/list-lines/line-lock.ts";
import type { OrderChoices } from "#app/domain/orders/choices.ts";
import type { OrderCampaign } from "#app/domain/orders/ports.ts";
import {
  ORDER_FIELDS,
  type OrderField,
  REDESIGNATION_REASONS,
  REFUND_REASONS,
  REVERSAL_REASONS,
  type TypedOrder,
} from "#app/domain/orders/read-order.ts";
import type { MoneyKind } from "#app/domain/people/office-act.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { SelectField } from "#app/ui/office/form-card.tsx";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import { problemText } from "#app/ui/problem-text.ts";

interface FieldProps {
  readonly kind: MoneyKind;
  readonly typed: TypedOrder;
  readonly faults: ReadonlyMap<OrderField, string>;
  readonly campaigns: readonly OrderCampaign[];
  /** Lines of the chosen campaign's lists; absent where none are needed, or no campaign is chosen. */
  readonly lines?: readonly LineChoice[] | undefined;
  readonly choices: OrderChoices;
}

/** The fields of an order by its kind, with what was typed and what is wrong with it. */
export function OrderFields(props: FieldProps) {
  return (
    <>
      {ORDER_FIELDS[props.kind].map((field) => (
        <Field key={field} field={field} {...props} />
      ))}
      <Choices choices={props.choices} />
    </>
  );
}

/** Label of a field, as the form and the summary of errors name it. */
export function fieldLabel(
  t: TFunction<"office-orders">,
  kind: MoneyKind,
  field: OrderField,
): string {
  if (field === "campaign" && kind === "redesignation") return t("form.from");
  if (field === "purchase" && kind === "return") return t("form.purchaseReturn");
  if (field === "gift" && kind === "redesignation") return t("form.giftSuspense");
  if (field === "source") return t("source.label");
  return t(`form.${field}`);
}

const HINTS: Partial<Record<OrderField, string>> = {
  amount: "amountHint",
  heads: "headsHint",
};

/** Fields whose codes are offered under them, and how their lists are called. */
const LISTS: Partial<Record<OrderField, keyof OrderChoices>> = {
  animal: "animals",
  entry: "entries",
};

function Choices({ choices: { animals, entries } }: { choices: OrderChoices }) {
  const ledger = useTranslation("ledger").t;
  const locale = useLocale();
  return (
    <>
      {animals.length === 0 ? null : (
        <datalist id="order-animals">
          {animals.map(({ code, campaign }) => (
            <option key={code} value={code}>{`${code} · ${campaign}`}</option>
          ))}
        </datalist>
      )}
      {entries.length === 0 ? null : (
        <datalist id="order-entries">
          {entries.map(({ number: n, kind, on, amount, unit }) => {
            const sum = unit === "VND" ? [money(locale, amount)] : [];
            const words = [`#${number(locale, n)}`, day(on), ledger(`kind.${kind}`), ...sum];
            return (
              <option key={n} value={n}>
                {words.join(" · ")}
              </option>
            );
          })}
        </datalist>
      )}
    </>
  );
}

function Field(props: FieldProps & { field: OrderField }) {
  const { field, kind, typed, faults, campaigns, choices } = props;
  const { t } = useTranslation("office-orders");
  const ledger = useTranslation("ledger").t;
  const locale = useLocale();
  const value = typed[field];
  const common = {
    id: `order-${field}`,
    name: field,
    label: fieldLabel(t, kind, field),
    error: faults.get(field),
    ...(value === undefined ? {} : { defaultValue: value }),
  };
  const reasons = (codes: readonly string[], words: string) =>
    codes.map((code) => [code, ledger(`${words}.${code}`)] as const);
  switch (field) {
    case "campaign":
    case "to":
      return (
        <SelectField
          {...common}
          empty={t("form.pick")}
          options={campaigns.map(
            (one) => [one.id, optionText(t, locale, kind, field, one)] as const,
          )}
        />
      );
    case "lines":
      return <Lines choices={props.lines} typed={value} error={common.error} />;
    case "source":
      return (
        <SelectField
          {...common}
          hint={t("source.hint")}
          empty={t("form.pick")}
          options={MONEY_SOURCES.map((source) => [source, t(`source.${source}`)] as const)}
        />
      );
    case "priceReason":
      return (
        <SelectField
          {...common}
          empty={t("form.noPriceReason")}
          options={reasons(PRICE_REASONS, "reason")}
        />
      );
    case "reason":
      return (
        <SelectField
          {...common}
          empty={t("form.pick")}
          options={reasons(reasonsOf(kind), "reason")}
        />
      );
    case "cause":
      return (
        <SelectField {...common} empty={t("form.pick")} options={reasons(LOSS_CAUSES, "cause")} />
      );
    case "way":
      return (
        <SelectField
          {...common}
          options={[
            ["bank", t("form.wayBank")],
            ["gateway", t("form.wayGateway")],
          ]}
        />
      );
    case "spentBy":
      return (
        <SelectField
          {...common}
          empty={t("form.spentByNone")}
          options={[["reserve", t("form.spentByReserve")]]}
        />
      );
    default: {
      const list = own(LISTS, field);
      const offered = list !== undefined && choices[list].length > 0;
      const hint = offered ? t(`form.${list}Hint`) : hintOf(t, kind, field);
      return (
        <TextField
          {...common}
          type="text"
          autoComplete="off"
          {...(offered ? { list: `order-${list}` } : {})}
          {...(hint === undefined ? {} : { hint })}
          {...(field === "heads" || field === "entry" ? { inputMode: "numeric" as const } : {})}
        />
      );
    }
  }
}

/** Lines to be ticked: what can be asked for first, the others with the reason why not. */
function Lines(props: {
  choices: readonly LineChoice[] | undefined;
  typed: string | undefined;
  error: string | undefined;
}) {
  const { choices, typed = "", error } = props;
  const { t } = useTranslation("office-orders");
  const locale = useLocale();
  if (choices === undefined) {
    return error === undefined ? null : (
      <p className="field-error" id="order-lines">
        {error}
      </p>
    );
  }
  const ticked = new Set(typed.split(/[ ,]/));
  const rows = choices.toSorted((a, b) => Number(a.problem !== null) - Number(b.problem !== null));
  return (
    <fieldset className={error ? "field-wrong" : undefined} id="order-lines" tabIndex={-1}>
      <legend>{t("form.lines")}</legend>
      <p className="hint">{t(rows.length === 0 ? "form.noLines" : "form.linesHint")}</p>
      {error ? <p className="field-error">{error}</p> : null}
      <div className="choices two">
        {rows.map(({ code, amount, problem }) => (
          <label className="choice" key={code}>
            <input
              type="checkbox"
              name="lines"
              value={code}
              defaultChecked={ticked.has(code)}
              disabled={problem !== null && !ticked.has(code)}
            />{" "}
            <span>
              {code}{" "}
              <span className="hint">
                {problem === null ? money(locale, amount) : problemText(t, locale, problem)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function hintOf(
  t: TFunction<"office-orders">,
  kind: MoneyKind,
  field: OrderField,
): string | undefined {
  if (field === "purchase") {
    return t(kind === "return" ? "form.purchaseReturnHint" : "form.purchaseHint");
  }
  if (field === "gift" && kind === "redesignation") return t("form.giftSuspenseHint");
  const key = HINTS[field];
  return key === undefined ? undefined : t(`form.${key}`);
}

function reasonsOf(kind: MoneyKind): readonly string[] {
  if (kind === "refund") return REFUND_REASONS;
  return kind === "reversal" ? REVERSAL_REASONS : REDESIGNATION_REASONS;
}

/** A campaign to choose, with what decides the choice: the money there is, and the number a new purchase would get. */
function optionText(
  t: TFunction<"office-orders">,
  locale: Locale,
  kind: MoneyKind,
  field: "campaign" | "to",
  one: OrderCampaign,
): string {
  const name = `${one.id} · ${locale === "vi" ? one.titleVi : one.titleEn}`;
  if (field === "to") return name;
  if (kind === "advance") {
    const next = nextPurchase(one.lastPurchase);
    return `${name} · ${t("form.withCommune", { amount: money(locale, one.withCommune) })} · ${next}`;
  }
  return kind === "return"
    ? `${name} · ${t("form.withCommune", { amount: money(locale, one.withCommune) })}`
    : `${name} · ${t("form.inFund", { amount: money(locale, one.inFund) })}`;
}
