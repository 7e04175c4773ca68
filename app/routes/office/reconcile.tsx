import type { ImportJob } from "#app/domain/bank-lines/import-job.ts";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { may, type Person } from "#app/domain/people/may.ts";
import { beginImport } from "#app/domain/bank-lines/begin-import.ts";
import { MOST_STATEMENT_LINES } from "#app/domain/bank-lines/read-statement.ts";
import { closeAttention } from "#app/domain/bank-lines/close-attention.ts";
import { PAGE_SIZE, placeOf } from "#app/domain/office-lists/list.ts";
import type { Services } from "#app/domain/services.ts";
import { number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf } from "#app/requests/read-form.ts";
import { readUpload, type Upload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor, officeDoorAny } from "#app/requests/visitor.ts";
import { FormCard, SelectField } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { AccountTable } from "#app/ui/orders/account-table.tsx";
import { AttentionList } from "#app/ui/orders/attention-list.tsx";
import { ImportState } from "#app/ui/orders/import-state.tsx";
import { SuspenseTable } from "#app/ui/orders/suspense-table.tsx";
import { useLocale } from "#app/ui/site.ts";
import { problemText } from "#app/ui/problem-text.ts";
import type { Route } from "./+types/reconcile";

/** Lines of an import that its page lists. */
const MOST_LINES = 500;
/** A short file is waited for, so that its result is there at once. */
const PATIENCE = 3_000;

/** Bank and books side by side, imports, gifts without a purpose, and things to look at. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "order.read");
  const services = context.get(servicesContext);
  const { reconcile, bankStatements } = services;
  const [imports, closes] = [may(person, "statement.import").ok, may(person, "attention.close").ok];
  const id = url.searchParams.get("import");
  const looks = imports || closes;
  const waiting = placeOf(url.searchParams.get("suspense"), await reconcile.suspenseCount());
  const open = placeOf(
    url.searchParams.get("attention"),
    looks ? await reconcile.attentionCount() : 0,
  );
  const suspense = await reconcile.suspense(waiting.from, PAGE_SIZE);
  return {
    waiting,
    open,
    accounts: await reconcile.accounts(),
    // The text of a transfer is the payer's: only those who place it read it.
    suspense: closes ? suspense : suspense.map((gift) => ({ ...gift, text: null })),
    attention: looks ? await reconcile.attention(open.from, PAGE_SIZE) : undefined,
    imports: imports ? await bankStatements.accounts() : undefined,
    holders: (await services.bankAccounts.all()).map(({ id, holder }) => [id, holder] as const),
    import: id === null || !imports ? undefined : await importOf(services, id),
    closes,
    asks: may(person, "redesignation.request").ok,
    today: dayOf(services.now()),
    key: services.newId(),
    done: url.searchParams.get("done") === "close",
  };
}

async function importOf({ statementImports, reconcile }: Services, id: string) {
  const job: ImportJob | "lost" = statementImports.job(id) ?? "lost";
  if (job === "lost" || job.account === null) return { job, kept: 0, lines: [] };
  const { account, startedAt, state } = job;
  return {
    job,
    kept: await reconcile.countSince(account, startedAt),
    lines: state === "done" ? await reconcile.linesSince(account, startedAt, MOST_LINES) : [],
  };
}

/** Import a statement, or close something that was looked at. */
export async function action({ request, context }: Route.ActionArgs) {
  await officeDoor(context, "order.read");
  // Whoever only reads sends no form here, and brings nothing into the store.
  const { person } = await officeDoorAny(context, ["statement.import", "attention.close"]);
  const services = context.get(servicesContext);
  const upload = await readUpload(request, context, { person, kinds: { statement: "statement" } });
  const text = (name: string) => fieldOf(upload.fields, name, 2_000);
  switch (text("intent")) {
    case "import": {
      await officeDoor(context, "statement.import");
      const begun = await importFrom(context, person, upload, text("account"));
      if ("id" in begun) {
        await services.statementImports.settled(begun.id, PATIENCE);
        return redirect(`${officePath("reconcile")}?import=${begun.id}#import`);
      }
      return data({ intent: "import", code: begun.code, id: 0, note: "" }, { status: 422 });
    }
    case "close": {
      await officeDoor(context, "attention.close");
      const id = /^\d{1,12}$/.test(text("id")) ? Number(text("id")) : 0;
      const form = { id, outcome: text("outcome"), note: text("note") };
      const verbs = { write: services.official.write, now: services.now };
      const done = await closeAttention(verbs, person, form);
      if (done.ok) return redirect(`${officePath("reconcile")}?done=close#attention`);
      const { code } = done.problem;
      const subject = { kind: "attention", id: String(id) };
      refuseIfPerson(context, done.problem, "attention.close", subject);
      const status = code === "attention.closed" ? 409 : 422;
      return data({ intent: "close", code, id, note: form.note }, { status });
    }
    default:
      throw data({ code: "form.broken" }, { status: 400 });
  }
}

/** Read the uploaded file and begin; its bytes are not kept, its lines are. */
async function importFrom(
  context: Route.ActionArgs["context"],
  person: Person,
  upload: Upload,
  account: string,
): Promise<{ id: string } | { code: string }> {
  const services = context.get(servicesContext);
  const [file] = upload.files;
  if (upload.refused.length > 0) return { code: "file.refused" };
  if (!file) return { code: "file.none" };
  const { store, staged } = services.files;
  const bytes = file.format === "csv" ? await (await store.get(file.blob))?.bytes() : undefined;
  await staged.remove(upload.files.map(({ id }) => id));
  await Promise.allSettled(upload.files.map(({ blob }) => store.remove(blob)));
  if (!bytes) return { code: "file.refused" };
  const wish = { bytes, account: account === "" ? undefined : account.slice(0, 40) };
  const begun = await beginImport(services, person, wish);
  if (begun.ok) return { id: begun.value.id };
  refuseIfPerson(context, begun.problem, "statement.import", undefined);
  return { code: begun.problem.code };
}

export default function ReconcilePage({ loaderData, actionData }: Route.ComponentProps) {
  const { accounts, suspense, attention, imports } = loaderData;
  const { t } = useTranslation("office-reconcile");
  const locale = useLocale();
  const holders = new Map(loaderData.holders);
  const problem =
    actionData &&
    problemText(t, locale, actionData, { most: number(locale, MOST_STATEMENT_LINES) });
  const closing = actionData?.intent === "close" && problem !== undefined;
  return (
    <OfficePage title={t("title")} lead={t("lead")}>
      {loaderData.done ? (
        <p className="notice good" role="status">
          {t("done.close")}
        </p>
      ) : null}
      <Section id="accounts" title={t("accounts.title")}>
        <AccountTable accounts={accounts} />
      </Section>
      {imports ? (
        <div id="import">
          {loaderData.import ? <ImportState {...loaderData.import} /> : null}
          <FormCard
            id="import-form"
            title={t("import.title")}
            lead={t("import.lead")}
            intent="import"
            hidden={{ key: loaderData.key }}
            encType="multipart/form-data"
            submit={t("import.send")}
            problems={
              actionData?.intent === "import" && problem ? [{ id: "statement", text: problem }] : []
            }
          >
            <div className="field">
              <label htmlFor="statement">{t("import.file")}</label>
              <span className="hint" id="statement-hint">
                {t("import.hint")}
              </span>
              <input
                id="statement"
                name="statement"
                type="file"
                accept=".csv,text/csv"
                aria-describedby="statement-hint"
              />
            </div>
            <SelectField
              id="import-account"
              name="account"
              label={t("import.account")}
              empty={t("import.byFile")}
              options={imports.map(
                ({ id, number }) => [id, `${number}, ${holders.get(id) ?? id}`] as const,
              )}
            />
          </FormCard>
        </div>
      ) : null}
      <Section id="suspense" title={t("suspense.title")}>
        <p className="soft">{t("suspense.lead")}</p>
        <SuspenseTable
          gifts={suspense}
          paging={loaderData.waiting}
          holders={holders}
          today={loaderData.today}
          asks={loaderData.asks}
        />
      </Section>
      {attention ? (
        <Section id="attention" title={t("attention.title")}>
          <AttentionList
            rows={attention}
            paging={loaderData.open}
            holders={holders}
            closes={loaderData.closes}
            wrong={
              closing && actionData
                ? { id: actionData.id, text: problem, note: actionData.note }
                : undefined
            }
          />
        </Section>
      ) : null}
    </OfficePage>
  );
}
