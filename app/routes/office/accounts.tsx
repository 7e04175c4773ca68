import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { typedDay } from "#app/domain/kernel/typed-day.ts";
import { type AccountFile, accountState } from "#app/domain/bank-accounts/account.ts";
import { approveAccount } from "#app/domain/bank-accounts/approve-account.ts";
import { endAccount } from "#app/domain/bank-accounts/end-account.ts";
import type { AccountChangeFile } from "#app/domain/bank-accounts/ports.ts";
import { proposeAccount } from "#app/domain/bank-accounts/propose-account.ts";
import { type Day, dayOf } from "#app/domain/kernel/calendar.ts";
import { campaignsShown } from "#app/domain/office-lists/accounts.ts";
import { may } from "#app/domain/people/may.ts";
import { day } from "#app/i18n/formats.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { forRender } from "#app/requests/for-render.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { AccountChangeCard } from "#app/ui/office/accounts/account-change.tsx";
import {
  ACCOUNT_FIELDS,
  EndAccountForm,
  OpenAccountForm,
  type TypedAccount,
} from "#app/ui/office/accounts/account-forms.tsx";
import { DataList, type ListColumn } from "#app/ui/office/data-list.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { State } from "#app/ui/office/state.tsx";
import { useSite } from "#app/ui/site.ts";
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
  const today = dayOf(services.now());
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
    communes: await services.drafts.communes(today),
    today,
    // Made before the first send, so that a double click is one proposal.
    key: services.newId(),
  });
}

export async function action({ context, request }: Route.ActionArgs) {
  await officeDoor(context, "campaign.read");
  const form = await readForm(request);
  const typed = Object.fromEntries(
    ACCOUNT_FIELDS.map((name) => [name, fieldOf(form, name, LONGEST_TYPED).trim()]),
  ) as TypedAccount;
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

/** Signs of a field that are looked at; the rules allow fewer and say so. */
const LONGEST_TYPED = 300;

type Context = Route.ActionArgs["context"];

/** The form with its days read; it is answered as it was typed. */
function withDays(typed: TypedAccount): TypedAccount {
  const { validFrom, lastDay, paperDate } = typed;
  return {
    ...typed,
    validFrom: typedDay(validFrom),
    lastDay: typedDay(lastDay),
    paperDate: typedDay(paperDate),
  };
}

async function open(context: Context, typed: TypedAccount) {
  const { person } = await officeDoor(context, "account.propose", {});
  const owner = typed.owner === "commune" ? "commune" : "appeal";
  const made = await proposeAccount(context.get(servicesContext), person, {
    ...withDays(typed),
    owner,
  });
  if (made.ok) return redirect(`${OFFICE_PAGES.accounts}?done=proposed`, 303);
  refuseIfPerson(context, made.problem, "account.propose", { kind: "account", id: typed.number });
  return sendAgain("open", typed, made.problem);
}

async function end(context: Context, typed: TypedAccount) {
  const { person } = await officeDoor(context, "account.propose", {});
  const made = await endAccount(context.get(servicesContext), person, withDays(typed));
  if (made.ok) return redirect(`${OFFICE_PAGES.accounts}?done=proposed`, 303);
  refuseIfPerson(context, made.problem, "account.propose", { kind: "account", id: typed.account });
  return sendAgain("end", typed, made.problem);
}

/** The form with what was typed; with a fresh key where its own was used. */
function sendAgain<Problem extends { readonly code: string }>(
  form: "open" | "end",
  typed: TypedAccount,
  problem: Problem,
) {
  const used = problem.code === "account.key-used";
  const kept = used ? { ...typed, key: "" } : typed;
  return data({ form, typed: kept, problem }, { status: used ? 409 : 422 });
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
  const reason = fieldOf(form, "reason", LONGEST_TYPED);
  const done = await approveAccount(services, person, { change: id, outcome, reason });
  if (done.ok) return redirect(`${OFFICE_PAGES.accounts}?done=${outcome}`, 303);
  const subject = { kind: "account", id: change.bankAccount };
  refuseIfPerson(context, done.problem, "account.approve", subject);
  const status = done.problem.code === "account.decided" ? 409 : 422;
  return data({ form: "decide" as const, change: id, reason, problem: done.problem }, { status });
}

export default function OfficeAccountsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-twinning");
  const { to } = useSite();
  const { changes, accounts, today, mayPropose, done } = loaderData;
  const waiting = changes.filter(({ decision }) => decision === null);
  const decided = changes.filter(({ decision }) => decision !== null);
  const sent = actionData && "typed" in actionData ? actionData : undefined;
  const form = sent?.form ?? loaderData.form;
  const card = (change: AccountChangeFile) => (
    <AccountChangeCard
      key={change.id}
      change={change}
      names={loaderData.names}
      commune={
        loaderData.communes.find(({ code }) => code === change.commune)?.fullName ?? change.commune
      }
      mine={loaderData.mine.includes(change.id)}
      wrong={
        actionData && "change" in actionData && actionData.change === change.id
          ? actionData
          : undefined
      }
    />
  );
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
      {form === "open" ? (
        <OpenAccountForm communes={loaderData.communes} formKey={loaderData.key} sent={sent} />
      ) : null}
      {form === "end" ? (
        <EndAccountForm
          accounts={accounts}
          chosen={loaderData.account}
          formKey={loaderData.key}
          sent={sent}
        />
      ) : null}
      <Section id="waiting" title={t("accounts.waiting")}>
        {waiting.length === 0 ? <p className="empty">{t("accounts.noneWaiting")}</p> : null}
        {waiting.map(card)}
      </Section>
      <Section
        id="registry"
        title={t("accounts.registry")}
        aside={<a href={to("accounts")}>{t("accounts.publicPage")}</a>}
      >
        <DataList<AccountFile>
          caption={t("accounts.registry")}
          exported="accounts"
          rows={accounts}
          rowKey={(row) => row.id}
          empty={t("accounts.none")}
          columns={columnsOf(t, today)}
        />
      </Section>
      {decided.length === 0 ? null : (
        <Section id="decided" title={t("accounts.decided")}>
          {decided.map(card)}
        </Section>
      )}
    </OfficePage>
  );
}

function columnsOf(t: TFunction<"office-twinning">, today: Day): ListColumn<AccountFile>[] {
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
      cell: (row) =>
        row.validTo === null
          ? t("accounts.since", { day: day(row.validFrom) })
          : `${day(row.validFrom)} – ${day(row.validTo)}`,
    },
    {
      name: "uses",
      title: t("accounts.uses"),
      cell: (row) => campaignsShown(row).join(", "),
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
