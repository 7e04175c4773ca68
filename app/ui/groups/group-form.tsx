import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

import { CHOICE_RULES, choicesOf, NUMBER_RULES } from "#app/domain/groups/group-rules.ts";
import { own } from "#app/domain/kernel/own.ts";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";

/** What was typed into the form of a founding. */
export interface TypedGroup {
  readonly nameVi: string;
  readonly nameEn: string;
  readonly members: readonly string[];
  readonly leader: string;
  readonly deputy: string;
  readonly rules: Readonly<Record<string, string>>;
}

/** A line that may become a member, or why not. */
interface FoundingChoice {
  readonly code: string;
  readonly elected: boolean;
  /** Another group that has it. */
  readonly group: string | null;
  readonly problem: string | undefined;
}

/** Members, leader and rules of a group. */
export function GroupForm(props: {
  list: { readonly list: string; readonly lines: readonly FoundingChoice[] };
  group: string | undefined;
  typed: TypedGroup;
  problem: { readonly code: string; readonly rule?: string; readonly line?: string } | undefined;
}) {
  const { list, typed, problem } = props;
  const { t } = useTranslation("office-groups");
  const locale = useLocale();
  const free = list.lines.filter(({ group, problem: why }) => group === null && !why);
  const field = problem && fieldOf(problem);
  const text = problem && problemText(t, locale, problem, { rule: ruleName(t, problem) });
  const at = (name: string) => (field === name ? text : undefined);
  const codes = free.map(
    ({ code, elected }) => [code, elected ? t("new.elected", { code }) : code] as const,
  );
  return (
    <FormCard
      id="draft-group"
      title={t("new.card")}
      intent="draft"
      hidden={{ list: list.list, ...(props.group === undefined ? {} : { group: props.group }) }}
      problems={text === undefined ? [] : [{ id: field ?? null, text }]}
      submit={t("new.send")}
    >
      <TextField
        id="nameVi"
        name="nameVi"
        label={t("new.nameVi")}
        error={at("nameVi")}
        defaultValue={typed.nameVi}
      />
      <TextField id="nameEn" name="nameEn" label={t("new.nameEn")} defaultValue={typed.nameEn} />
      <Members lines={list.lines} chosen={typed.members} error={at("members")} />
      <SelectField
        id="leader"
        name="leader"
        label={t("new.leader")}
        error={at("leader")}
        defaultValue={typed.leader}
        empty={t("new.pick")}
        options={codes}
      />
      <SelectField
        id="deputy"
        name="deputy"
        label={t("new.deputy")}
        error={at("deputy")}
        defaultValue={typed.deputy}
        empty={t("new.noDeputy")}
        options={codes}
      />
      {NUMBER_RULES.map((rule) => (
        <TextField
          key={rule}
          id={rule}
          name={rule}
          inputMode="numeric"
          autoComplete="off"
          label={t(`rule.${rule}`)}
          error={at(rule)}
          defaultValue={own(typed.rules, rule) ?? ""}
        />
      ))}
      {CHOICE_RULES.map((rule) => (
        <SelectField
          key={rule}
          id={rule}
          name={rule}
          label={t(`rule.${rule}`)}
          error={at(rule)}
          defaultValue={own(typed.rules, rule) ?? ""}
          options={choicesOf(rule).map((one) => [one, t(`choice.${rule}.${one}`)])}
        />
      ))}
    </FormCard>
  );
}

function Members(props: {
  lines: readonly FoundingChoice[];
  chosen: readonly string[];
  error: string | undefined;
}) {
  const { lines, chosen, error } = props;
  const { t } = useTranslation("office-groups");
  const locale = useLocale();
  return (
    <fieldset className={error ? "field-wrong" : undefined} id="members" tabIndex={-1}>
      <legend>{t("new.members")}</legend>
      {error ? <p className="field-error">{error}</p> : null}
      <div className="choices two">
        {lines.map(({ code, group, problem }) => {
          const why =
            group === null
              ? problem && problemText(t, locale, { code: problem }, { line: code })
              : t("new.inGroup", { group });
          return (
            <label className="choice" key={code}>
              <input
                type="checkbox"
                name="members"
                value={code}
                defaultChecked={chosen.includes(code)}
                disabled={why !== undefined}
              />{" "}
              <span>
                {code} {why === undefined ? null : <span className="hint">{why}</span>}
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function ruleName(t: TFunction<"office-groups">, { rule }: { readonly rule?: string }): string {
  return rule === undefined ? "" : t(`rule.${rule}`);
}

function fieldOf({ code, rule }: { readonly code: string; readonly rule?: string }): string {
  if (rule !== undefined) return rule;
  if (code === "group.no-name") return "nameVi";
  if (code === "group.no-leader") return "leader";
  return code === "group.deputy" ? "deputy" : "members";
}
