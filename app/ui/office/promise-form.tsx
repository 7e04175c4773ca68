import type { PlaceName } from "#app/domain/places/unit.ts";
import { useTranslation } from "react-i18next";

import { MODELS } from "#app/domain/campaigns/ports.ts";
import {
  firstFree,
  type Goods,
  type Pair,
  type PromiseStanding,
} from "#app/domain/twinning/pair.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { placeName } from "#app/i18n/place-names.ts";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

import { problemField, problemText } from "#app/ui/problem-text.ts";
import { FormCard, SelectField } from "./form-card.tsx";

/** A line of goods as typed. */
export type TypedGoods = Readonly<Record<"what" | "quantity" | "unit", string>>;

/** The form as it was sent. */
export interface TypedPromise {
  readonly pair: string;
  readonly commune: string;
  readonly year: string;
  readonly model: string;
  readonly money: string;
  readonly goods: readonly TypedGoods[];
  readonly version: string;
  readonly key: string;
}

/** Lines of goods that hold anything; a quantity that is none becomes 0, which the rule refuses. */
export function typedGoods(lines: readonly TypedGoods[]): Goods[] {
  return lines
    .filter(({ what, quantity, unit }) => `${what}${quantity}${unit}`.trim() !== "")
    .map(({ what, quantity, unit }) => {
      const bare = quantity.replace(/[\s.,]/gu, "");
      return { what, unit, quantity: /^\d{1,7}$/.test(bare) ? Number(bare) : 0 };
    });
}

/** đồng as typed, with or without dots between thousands; below zero where it is no amount. */
export function typedMoney(text: string): bigint {
  const bare = text.replace(/[\s.,đ]/gu, "");
  if (bare === "") return 0n;
  return /^\d{1,15}$/.test(bare) ? BigInt(bare) : -1n;
}

const NO_GOODS: TypedGoods = { what: "", quantity: "", unit: "" };

/** What a twinned body promises a commune for a year and a model; changed, it is a further version of the same promise. */
export function PromiseForm(props: {
  pair: Pair;
  communes: readonly PlaceName[];
  /** The promise that is changed. */
  change: PromiseStanding | undefined;
  /** What the pair has promised so far. */
  promises: readonly PromiseStanding[];
  typed: TypedPromise | undefined;
  problem: { readonly code: string } | undefined;
  year: number;
  formKey: string;
}) {
  const { pair, communes, change, typed, problem, year } = props;
  const { t } = useTranslation("office-twinning");
  const { t: tt } = useTranslation("twinning");
  const { locale } = useSite();
  const newest = change?.versions[0];
  const text = problem && problemText(t, locale, problem);
  const at = problem ? problemField(problem, FIELDS) : null;
  const error = (field: string) => (at === field ? text : undefined);
  const first = typed ?? typedPromise(newest, communes, props.promises, year);
  // A stale form is sent again over what stands now, once its writer has seen that.
  const version = newest?.version ?? 0;
  return (
    <FormCard
      id="promise-form"
      title={t(newest ? "twinning.form.change" : "twinning.form.title", {
        giver: (pair.giverNow ?? pair.giver).name[locale],
      })}
      lead={t("twinning.form.lead")}
      intent="promise"
      hidden={{ pair: pair.id, version, key: props.formKey }}
      problems={text === undefined ? [] : [{ id: at, text }]}
      submit={t("twinning.form.submit")}
      also={<a href={OFFICE_PAGES.twinning}>{t("cancel")}</a>}
    >
      <SelectField
        id="commune"
        name="commune"
        label={t("twinning.form.commune")}
        defaultValue={first.commune}
        options={communes.map(({ code, fullName }) => [code, placeName(locale, fullName)] as const)}
        error={error("commune")}
      />
      <SelectField
        id="year"
        name="year"
        label={t("twinning.form.year")}
        defaultValue={first.year}
        options={[year, year + 1].map((one) => [String(one), String(one)] as const)}
        error={error("year")}
      />
      <SelectField
        id="model"
        name="model"
        label={t("twinning.form.model")}
        defaultValue={first.model}
        options={MODELS.map((model) => [model, tt(`model.${model}`)] as const)}
        error={error("model")}
      />
      <TextField
        id="money"
        name="money"
        label={t("twinning.form.money")}
        hint={t("twinning.form.moneyHint")}
        inputMode="numeric"
        maxLength={30}
        defaultValue={first.money}
        error={error("money")}
      />
      <GoodsFields goods={first.goods} error={error("goods")} />
    </FormCard>
  );
}

/** What stands in the form at first: the newest version as it would be typed, or the first that is not promised yet. */
function typedPromise(
  newest: PromiseStanding["versions"][number] | undefined,
  communes: readonly PlaceName[],
  promises: readonly PromiseStanding[],
  year: number,
): Pick<TypedPromise, "commune" | "year" | "model" | "money" | "goods"> {
  if (!newest) {
    const codes = communes.map(({ code }) => code);
    const years = [year, year + 1];
    const free = firstFree(promises, { communes: codes, years, models: MODELS });
    const empty = { money: "", goods: [] };
    return free
      ? { ...empty, ...free, year: String(free.year) }
      : { ...empty, commune: codes[0] ?? "", year: String(year), model: "livestock" };
  }
  return {
    commune: newest.commune.code,
    year: String(newest.year),
    model: newest.model,
    money: newest.money.toString(),
    goods: newest.goods.map((one) => ({ ...one, quantity: String(one.quantity) })),
  };
}

function GoodsFields(props: { goods: readonly TypedGoods[]; error: string | undefined }) {
  const { t } = useTranslation("office-twinning");
  return (
    <fieldset id="goods">
      <legend>{t("twinning.form.goods")}</legend>
      {props.error ? <span className="field-error">{props.error}</span> : null}
      {[0, 1, 2].map((n) => {
        const line = props.goods[n] ?? NO_GOODS;
        return (
          <div className="field-row" key={n}>
            {(["quantity", "unit", "what"] as const).map((name) => (
              <TextField
                key={name}
                id={`${name}${n}`}
                name={`${name}${n}`}
                label={t(`twinning.form.${name}`, { n: n + 1 })}
                inputMode={name === "quantity" ? "numeric" : undefined}
                maxLength={name === "quantity" ? 10 : 120}
                defaultValue={line[name]}
              />
            ))}
          </div>
        );
      })}
    </fieldset>
  );
}

/** The field a problem is shown at; the others concern the whole form. */
const FIELDS: Readonly<Record<string, string>> = {
  "twinning.no-commune": "commune",
  "twinning.bad-year": "year",
  "twinning.bad-model": "model",
  "twinning.bad-money": "money",
  "twinning.bad-goods": "goods",
  "twinning.nothing": "money",
};
