import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { type AccountFile, accountState } from "#app/domain/bank-accounts/account.ts";
import { approveAccount } from "#app/domain/bank-accounts/approve-account.ts";
import { endAccount } from "#app/domain/bank-accounts/end-account.ts";
import type { AccountChangeFile } from "#app/domain/bank-accounts/ports.ts";
import { proposeAccount } from "#app/domain/bank-accounts/propose-account.ts";
import { type Day, dayOf } from "#app/domain/kernel/calendar.ts";
import { may } from "#app/domain/people/may.ts";
import { day, dayAt } from "#app/i18n/formats.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/middleware/for-render.ts";
import { fieldOf, refuseIfPerson } from "#app/middleware/office-refusal.ts";
import { readForm } from "#app/middleware/read-form.ts";
import { servicesContext } from "#app/middleware/services.ts";
import { officeDoor } from "#app/middleware/visitor.ts";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { FormCard, SelectField, StepButton } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import type { Route } from "./+types/accounts";

/** Official accounts and what is proposed about them; `form=open` and `form=end` open the forms. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "campaign.read");
  const services = context.get(servicesContext);
  const changes = await services.bankAccounts.accountChanges();
  const people = changes.flatMap(({ proposedBy, decision }) =>
    decision ? [proposedBy, decision.decidedBy] : [proposedBy],
  );
  const asked = url.searchParams.get("form");
  const mayPropose = may(person, "account.propose", {}).ok;
  return forRender({
    accounts: await services.bankAccounts.all(),
    changes,
    names: await services.people.names([...new Set(people)]),
    mayPropose,
    mine: changes.flatMap(({ id, proposedBy }) =>
      may(person, "account.approve", { preparedBy: [proposedBy] }).ok ? [id] : [],
    ),
    form: mayPropose && (asked === "open" || asked === "end") ? asked : undefined,
    account: url.searchParams.get("account") ?? "",
    done: url.searchParams.get("done"),
    today: dayOf(services.now()),
    // Made before the first send, so that a double click is one proposal.
    key: services.newId(),
  });
}

const FIELDS = [
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
type Typed = Readonly<Record<(typeof FIELDS)[number], string>>;

export async function action({ context, request }: Route.ActionArgs) {
  await officeDoor(context, "campaign.read");
  const form = await readForm(request);
  const typed = Object.fromEntries(
    FIELDS.map((name) => [name, fieldOf(form, name).trim()]),
  ) as Typed;
  switch (fieldOf(form, "intent")) {
    case "open":
      return open(context, typed);
    case "end":
      return end(context, typed);
    case "approve":
      return decide(context, form, "approved");
    case "refuse":
      return decide(context, form, "refused");
    default:
      throw data({ code: "form.broken" }, { status: 400 });
  }
}

type Context = Route.ActionArgs["context"];

async function open(context: Context, typed: Typed) {
  const { person } = await officeDoor(context, "account.propose", {});
  const owner = typed.owner === "commune" ? "commune" : "appeal";
  const made = await proposeAccount(context.get(servicesContext), person, { ...typed, owner });
  if (made.ok) return redirect(`${OFFICE_PAGES.accounts}?done=proposed`, 303);
  refuseIfPerson(context, made.problem, "account.propose", { kind: "account", id: typed.number });
  return data({ form: "open" as const, typed, problem: made.problem }, { status: 422 });
}

async function end(context: Context, typed: Typed) {
  const { person } = await officeDoor(context, "account.propose", {});
  const made = await endAccount(context.get(servicesContext), person, typed);
  if (made.ok) return redirect(`${OFFICE_PAGES.accounts}?done=proposed`, 303);
  refuseIfPerson(context, made.problem, "account.propose", { kind: "account", id: typed.account });
  return data({ form: "end" as const, typed, problem: made.problem }, { status: 422 });
}

async function decide(context: Context, form: FormData, outcome: "approved" | "refused") {
  await officeDoor(context, "account.approve");
  const services = context.get(servicesContext);
  const id = fieldOf(form, "change", 40);
  const change = (await services.bankAccounts.accountChanges()).find((one) => one.id === id);
  if (!change) throw data({ code: "account.no-change" }, { status: 404 });
  const { person } = await officeDoor(context, "account.approve", {
    preparedBy: [change.proposedBy],
  });
  const reason = fieldOf(form, "reason");
  const done = await approveAccount(services, person, { change: id, outcome, reason });
  if (done.ok) return redirect(`${OFFICE_PAGES.accounts}?done=${outcome}`, 303);
  refuseIfPerson(context, done.problem, "account.approve", { kind: "account", id });
  const status = done.problem.code === "account.decided" ? 409 : 422;
  return data({ form: "decide" as const, change: id, reason, problem: done.problem }, { status });
}

type Loaded = Route.ComponentProps["loaderData"];
type Sent = NonNullable<Route.ComponentProps["actionData"]>;

export default function OfficeAccountsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-twinning");
  const { to } = useSite();
  const { changes, accounts, today, mayPropose, done } = loaderData;
  const waiting = changes.filter(({ decision }) => decision === null);
  const decided = changes.filter(({ decision }) => decision !== null);
  const form = actionData && "typed" in actionData ? actionData.form : loaderData.form;
  return (
    <OfficePage
      title={t("accounts.title")}
      lead={t("accounts.lead")}
      actions={
        mayPropose && !form ? (
          <>
            <a className="button small" href="?form=open">
              {t("accounts.open.link")}
            </a>
            <a className="button small quiet" href="?form=end">
              {t("accounts.end.link")}
            </a>
          </>
        ) : null
      }
    >
      {done === "proposed" || done === "approved" || done === "refused" ? (
        <p className="notice good" role="status">
          {t(`accounts.done.${done}`)}
        </p>
      ) : null}
      {form === "open" ? <OpenForm loaded={loaderData} sent={actionData} /> : null}
      {form === "end" ? <EndForm loaded={loaderData} sent={actionData} /> : null}
      <Section id="waiting" title={t("accounts.waiting")}>
        {waiting.length === 0 ? <p className="empty">{t("accounts.noneWaiting")}</p> : null}
        {waiting.map((change) => (
          <Change key={change.id} change={change} loaded={loaderData} sent={actionData} />
        ))}
      </Section>
      <Section
        id="registry"
        title={t("accounts.registry")}
        aside={<a href={to("accounts")}>{t("accounts.publicPage")}</a>}
      >
        <DataList<AccountFile>
          caption={t("accounts.registry")}
          rows={accounts}
          rowKey={(row) => row.id}
          empty={t("accounts.none")}
          columns={columnsOf(t, today)}
        />
      </Section>
      {decided.length === 0 ? null : (
        <Section id="decided" title={t("accounts.decided")}>
          {decided.map((change) => (
            <Change key={change.id} change={change} loaded={loaderData} sent={actionData} />
          ))}
        </Section>
      )}
    </OfficePage>
  );
}

function columnsOf(t: TFunction, today: Day): ListColumn<AccountFile>[] {
  return [
    {
      name: "number",
      title: t("accounts.number"),
      cell: (row) => <code>{row.number}</code>,
    },
    {
      name: "holder",
      title: t("accounts.holder"),
      cell: (row) => (
        <>
          {row.holder}
          <span className="under">{row.bankName}</span>
        </>
      ),
    },
    {
      name: "valid",
      title: t("accounts.valid"),
      cell: (row) => `${day(row.validFrom)} – ${row.validTo === null ? "…" : day(row.validTo)}`,
    },
    {
      name: "uses",
      title: t("accounts.uses"),
      cell: (row) =>
        row.uses
          .filter(({ until }) => until === null)
          .map(({ campaign }) => campaign)
          .join(", "),
    },
    {
      name: "state",
      title: t("accounts.state.title"),
      cell: (row) => {
        const state = accountState(row, today);
        return (
          <State tone={state === "in-force" ? "good" : "over"}>
            {t(`accounts.state.${state}`)}
          </State>
        );
      },
    },
  ];
}

function Change(props: { change: AccountChangeFile; loaded: Loaded; sent: Sent | undefined }) {
  const { change, loaded, sent } = props;
  const { t } = useTranslation("office-twinning");
  const { decision } = change;
  const mine = decision === null && loaded.mine.includes(change.id);
  const wrong = sent && "change" in sent && sent.change === change.id ? sent : undefined;
  const name = (id: string) => loaded.names.get(id) ?? t("somebody");
  return (
    <div className="form-card">
      <h3>
        {t(`accounts.change.${change.kind}`, { number: change.number, holder: change.holder })}
      </h3>
      <dl className="facts">
        <dt>{t("accounts.bank")}</dt>
        <dd>
          {change.bankName} ({change.bin}), {t(`accounts.owner.${change.owner}`)}
          {change.commune === null ? "" : ` ${change.commune}`}
        </dd>
        <dt>{t("accounts.valid")}</dt>
        <dd>
          {day(change.validFrom)} – {change.validTo === null ? "…" : day(change.validTo)}
        </dd>
        <dt>{t("accounts.why")}</dt>
        <dd>
          {change.reason}
          <span className="under">
            {t("accounts.paper", { number: change.paperNumber, day: day(change.paperDate) })}
          </span>
        </dd>
        <dt>{t("accounts.steps")}</dt>
        <dd>
          {t("accounts.proposedBy", {
            name: name(change.proposedBy),
            day: dayAt(change.proposedAt),
          })}
          {decision ? (
            <span className="under">
              {t(`accounts.decision.${decision.outcome}`, {
                name: name(decision.decidedBy),
                day: dayAt(decision.decidedAt),
                reason: decision.reason ?? "",
              })}
            </span>
          ) : null}
        </dd>
      </dl>
      {wrong ? (
        <p className="field-error" role="alert">
          {t(`errors.${wrong.problem.code}`, problemFacts(wrong.problem))}
        </p>
      ) : null}
      {mine ? (
        <div className="buttons">
          <StepButton
            intent="approve"
            label={t("accounts.approve")}
            about={change.number}
            hidden={{ change: change.id }}
          />
          <form method="post" className="field-row">
            <input type="hidden" name="intent" value="refuse" />
            <input type="hidden" name="change" value={change.id} />
            <input
              name="reason"
              aria-label={t("accounts.refuseReason")}
              placeholder={t("accounts.refuseReason")}
              maxLength={200}
              defaultValue={wrong?.reason}
            />
            <button className="button small quiet" type="submit">
              {t("accounts.refuse")}
            </button>
          </form>
        </div>
      ) : null}
    </div>
  );
}

/** Facts of a problem as words; days as people write them. */
function problemFacts(problem: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problem).map(([name, value]) => [
      name,
      name === "on" ? day(String(value)) : String(value),
    ]),
  );
}

/** The field a problem is shown at. */
function fieldOfProblem(problem: {
  readonly code: string;
  readonly field?: string;
}): string | null {
  if (problem.field !== undefined) return problem.field;
  const named: Readonly<Record<string, string>> = {
    "account.bad-number": "number",
    "account.bad-bin": "bin",
    "account.taken": "number",
    "account.waiting": "number",
    "account.no-commune": "commune",
    "account.in-use": "lastDay",
  };
  return named[problem.code] ?? null;
}

function useFields(form: "open" | "end", sent: Sent | undefined) {
  const { t } = useTranslation("office-twinning");
  const mine = sent && "typed" in sent && sent.form === form ? sent : undefined;
  const at = mine && fieldOfProblem(mine.problem);
  const text = mine && t(`errors.${mine.problem.code}`, problemFacts(mine.problem));
  return {
    problems: mine ? [{ id: at ?? null, text: text ?? mine.problem.code }] : [],
    field: (name: keyof Typed, label: string) => ({
      id: name,
      name,
      label,
      defaultValue: mine?.typed[name] ?? "",
      error: at === name ? text : undefined,
    }),
    key: mine?.typed.key,
  };
}

function OpenForm({ loaded, sent }: { loaded: Loaded; sent: Sent | undefined }) {
  const { t } = useTranslation("office-twinning");
  const { problems, field, key } = useFields("open", sent);
  return (
    <FormCard
      id="open-account"
      title={t("accounts.open.title")}
      lead={t("accounts.open.lead")}
      intent="open"
      hidden={{ key: key ?? loaded.key }}
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
      <TextField
        {...field("commune", t("accounts.commune"))}
        hint={t("accounts.communeHint")}
        maxLength={5}
      />
      <TextField {...field("validFrom", t("accounts.validFrom"))} type="date" />
      <PaperFields field={field} />
    </FormCard>
  );
}

function EndForm({ loaded, sent }: { loaded: Loaded; sent: Sent | undefined }) {
  const { t } = useTranslation("office-twinning");
  const { problems, field, key } = useFields("end", sent);
  const account = field("account", t("accounts.end.account"));
  return (
    <FormCard
      id="end-account"
      title={t("accounts.end.title")}
      lead={t("accounts.end.lead")}
      intent="end"
      hidden={{ key: key ?? loaded.key }}
      problems={problems}
      submit={t("accounts.end.submit")}
      also={<a href={OFFICE_PAGES.accounts}>{t("cancel")}</a>}
    >
      <SelectField
        {...account}
        defaultValue={account.defaultValue || loaded.account}
        empty={t("accounts.end.choose")}
        options={loaded.accounts
          .filter(({ validTo }) => validTo === null)
          .map((one) => [one.id, `${one.number}, ${one.holder}`] as const)}
      />
      <TextField {...field("lastDay", t("accounts.end.lastDay"))} type="date" />
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
      <TextField {...field("paperDate", t("accounts.paperDate"))} type="date" />
    </>
  );
}
