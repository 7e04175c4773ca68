import type { PlaceName } from "#app/domain/places/unit.ts";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { dayOf } from "#app/domain/kernel/calendar.ts";
import { pairSubject } from "#app/domain/office-lists/promises.ts";
import { may } from "#app/domain/people/may.ts";
import { answerPromise } from "#app/domain/twinning/answer-promise.ts";
import { boardOf, type PairLine } from "#app/domain/twinning/board.ts";
import { makePromise } from "#app/domain/twinning/make-promise.ts";
import {
  actingGiver,
  type Pair,
  promisesOf,
  promisesSomething,
  type PromiseStanding,
  standsIn,
} from "#app/domain/twinning/pair.ts";
import { withdrawPromise } from "#app/domain/twinning/withdraw-promise.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import { OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import { placeInSentence, placeName } from "#app/i18n/place-names.ts";
import { forRender } from "#app/requests/for-render.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { ListFiles } from "#app/ui/office/data-list.tsx";
import { StepButton } from "#app/ui/office/form-card.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { PromiseForm, typedGoods, typedMoney } from "#app/ui/office/promise-form.tsx";
import type { TypedPromise } from "#app/ui/office/promise-form.tsx";
import { State } from "#app/ui/office/state.tsx";
import { WithdrawForm } from "#app/ui/office/withdraw-form.tsx";
import { useSite } from "#app/ui/site.ts";
import { TextField } from "#app/ui/text-field.tsx";
import { ModelMarks, RuleLine } from "#app/ui/twinning-models.tsx";
import { problemText } from "#app/ui/problem-text.ts";
import type { Route } from "./+types/twinning";

/** Pairs that the person has to do with; `pair=<id>` opens the form of a promise, `change=<id>` that of a changed one. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "campaign.read");
  const services = context.get(servicesContext);
  const { twinning } = services;
  const today = dayOf(services.now());
  const facts = {
    pairs: await twinning.pairs(),
    versions: await twinning.versions(),
    campaigns: await services.campaigns.all(),
    rules: await twinning.rules(today),
  };
  const lines: (PairLine & {
    readonly confirms: readonly string[];
    readonly mayPromise: boolean;
  })[] = [];
  for (const line of boardOf(facts, today)) {
    const { pair } = line;
    const communes = await twinning.communes(pair, today);
    const subject = pairSubject(pair, communes, today);
    const { district, twin } = subject;
    if (!may(person, "campaign.read", subject).ok) continue;
    const confirms = communes
      .filter(({ code }) => may(person, "twinning.confirm", { communes: [code], district }).ok)
      .map(({ code }) => code);
    const inForce = standsIn(pair, Number(today.slice(0, 4)));
    lines.push({
      ...line,
      confirms,
      mayPromise: inForce && may(person, "twinning.promise", { twin }).ok,
    });
  }
  const asked = askedForm(url, lines);
  return forRender({
    lines,
    form: asked && { ...asked, communes: await twinning.communes(asked.pair, today) },
    done: url.searchParams.get("done"),
    year: Number(today.slice(0, 4)),
    // Made before the first send, so that a double click is one promise.
    key: services.newId(),
  });
}

function askedForm(
  url: URL,
  lines: readonly (PairLine & { readonly mayPromise: boolean })[],
): { readonly pair: Pair; readonly change: PromiseStanding | undefined } | undefined {
  const change = url.searchParams.get("change");
  const open = lines.filter(({ mayPromise }) => mayPromise);
  for (const { pair, promises } of open) {
    const found = promises.find(({ versions }) => versions[0]?.id === change);
    if (found) return { pair, change: found };
  }
  const line = open.find(({ pair }) => pair.id === url.searchParams.get("pair"));
  return line && { pair: line.pair, change: undefined };
}

export async function action({ context, request }: Route.ActionArgs) {
  await officeDoor(context, "campaign.read");
  const form = await readForm(request);
  switch (fieldOf(form, "intent")) {
    case "promise":
      return promise(context, form);
    case "withdraw":
      return withdraw(context, form);
    case "confirm":
      return answer(context, form, "confirmed");
    case "decline":
      return answer(context, form, "declined");
    default:
      throw data({ code: "form.broken" }, { status: 400 });
  }
}

/** Signs of a text that are looked at; the rules allow fewer and say so. */
const LONGEST_TYPED = 300;
type Context = Route.ActionArgs["context"];

async function promise(context: Context, form: FormData) {
  await officeDoor(context, "twinning.promise");
  const services = context.get(servicesContext);
  const id = fieldOf(form, "pair", 120);
  const pair = (await services.twinning.pairs()).find((one) => one.id === id);
  if (!pair) throw data({ code: "twinning.no-pair" }, { status: 404 });
  const { person } = await officeDoor(context, "twinning.promise", {
    twin: actingGiver(pair, dayOf(services.now())).id,
  });
  const typed: TypedPromise = {
    pair: id,
    commune: fieldOf(form, "commune", 10),
    year: fieldOf(form, "year", 4),
    model: fieldOf(form, "model", 20),
    money: fieldOf(form, "money", 30),
    goods: [0, 1, 2].map((n) => ({
      what: fieldOf(form, `what${n}`, LONGEST_TYPED),
      quantity: fieldOf(form, `quantity${n}`, 10),
      unit: fieldOf(form, `unit${n}`, LONGEST_TYPED),
    })),
    version: fieldOf(form, "version", 6),
    key: fieldOf(form, "key", 60),
  };
  const made = await makePromise(services, person, {
    ...typed,
    year: whole(typed.year),
    version: whole(typed.version),
    money: typedMoney(typed.money),
    goods: typedGoods(typed.goods),
  });
  if (made.ok) return redirect(`${OFFICE_PAGES.twinning}?done=promised#${id}`, 303);
  refuseIfPerson(context, made.problem, "twinning.promise", { kind: "pair", id });
  const communes = await services.twinning.communes(pair, dayOf(services.now()));
  const status = CONFLICTS.has(made.problem.code) ? 409 : 422;
  // What stands now, beside what was typed: the page shows both.
  const now = promisesOf(await services.twinning.versions(id)).find(
    (one) =>
      one.commune.code === typed.commune &&
      one.year === whole(typed.year) &&
      one.model === typed.model,
  );
  return data({ typed, pair, communes, now, problem: made.problem }, { status });
}

async function withdraw(context: Context, form: FormData) {
  await officeDoor(context, "twinning.promise");
  const services = context.get(servicesContext);
  const id = fieldOf(form, "promise", 40);
  const version = (await services.twinning.versions()).find((one) => one.id === id);
  const pair = (await services.twinning.pairs()).find((one) => one.id === version?.pair);
  if (!pair) throw data({ code: "twinning.no-promise" }, { status: 404 });
  const { person } = await officeDoor(context, "twinning.promise", {
    twin: actingGiver(pair, dayOf(services.now())).id,
  });
  const reason = fieldOf(form, "reason", LONGEST_TYPED);
  const key = fieldOf(form, "key", 60);
  const done = await withdrawPromise(services, person, { promise: id, reason, key });
  if (done.ok) return redirect(`${OFFICE_PAGES.twinning}?done=withdrawn#${pair.id}`, 303);
  refuseIfPerson(context, done.problem, "twinning.promise", { kind: "promise", id });
  const status = done.problem.code === "twinning.no-withdraw-reason" ? 422 : 409;
  return data({ promise: id, withdraws: true, reason, problem: done.problem }, { status });
}

async function answer(context: Context, form: FormData, outcome: "confirmed" | "declined") {
  await officeDoor(context, "twinning.confirm");
  const services = context.get(servicesContext);
  const id = fieldOf(form, "promise", 40);
  const version = (await services.twinning.versions()).find((one) => one.id === id);
  if (!version) throw data({ code: "twinning.no-promise" }, { status: 404 });
  const pair = (await services.twinning.pairs()).find((one) => one.id === version.pair);
  const { person } = await officeDoor(context, "twinning.confirm", {
    communes: [version.commune.code, ...(pair?.receiverNow ? [pair.receiverNow.code] : [])],
    ...(pair?.kind === "district" ? { district: pair.receiver.code } : {}),
  });
  const reason = fieldOf(form, "reason", LONGEST_TYPED);
  const done = await answerPromise(services, person, { promise: id, outcome, reason });
  if (done.ok) return redirect(`${OFFICE_PAGES.twinning}?done=${outcome}#${version.pair}`, 303);
  refuseIfPerson(context, done.problem, "twinning.confirm", { kind: "promise", id });
  const status = done.problem.code === "twinning.no-reason" ? 422 : 409;
  return data({ promise: id, reason, problem: done.problem }, { status });
}

const whole = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : 0);

type Loaded = Route.ComponentProps["loaderData"];
type Sent = NonNullable<Route.ComponentProps["actionData"]>;

/** Problems that lie in what was done meanwhile, not in what was typed. */
const CONFLICTS = new Set(["office.stale", "twinning.key-used"]);

/** Acts that the page tells of afterwards. */
const DONE = new Set(["promised", "withdrawn", "confirmed", "declined"]);

export default function OfficeTwinningPage({ loaderData, actionData }: Route.ComponentProps) {
  const { lines, form, done, year } = loaderData;
  const { t } = useTranslation("office-twinning");
  const sent = actionData && "typed" in actionData ? actionData : undefined;
  const shown: { readonly pair: Pair; readonly communes: readonly PlaceName[] } | undefined =
    sent ?? form;
  return (
    <OfficePage title={t("twinning.title")} lead={t("twinning.lead")}>
      {done !== null && DONE.has(done) ? (
        <p className="notice good" role="status">
          {t(`twinning.done.${done}`)}
        </p>
      ) : null}
      {shown ? (
        <PromiseForm
          pair={shown.pair}
          communes={shown.communes}
          change={sent ? sent.now : form?.change}
          promises={lines.find(({ pair }) => pair.id === shown.pair.id)?.promises ?? []}
          typed={sent?.typed}
          problem={sent?.problem}
          year={year}
          formKey={
            sent && sent.problem.code !== "twinning.key-used" ? sent.typed.key : loaderData.key
          }
        />
      ) : null}
      {lines.length === 0 ? (
        <p className="empty">{t("twinning.none")}</p>
      ) : (
        <p>
          {t("twinning.files")} <ListFiles list="promises" />
        </p>
      )}
      {lines.map((line) => (
        <OfficePair
          key={line.pair.id}
          {...{ line, year, formKey: loaderData.key }}
          sent={actionData}
        />
      ))}
    </OfficePage>
  );
}

interface PairProps {
  readonly line: Loaded["lines"][number];
  readonly sent: Sent | undefined;
  readonly year: number;
  readonly formKey: string;
}

function OfficePair(props: PairProps) {
  const { line, year } = props;
  const { pair } = line;
  const { t } = useTranslation("office-twinning");
  const { locale, to } = useSite();
  return (
    <Section
      id={pair.id}
      title={`${(pair.giverNow ?? pair.giver).name[locale]} → ${placeInSentence(locale, (pair.receiverNow ?? pair.receiver).fullName)}`}
      aside={
        <span>
          {line.mayPromise ? (
            <a className="button small" href={`?pair=${pair.id}`}>
              {t("twinning.promise")}
            </a>
          ) : null}{" "}
          <a href={to("twinPair", { pair: pair.id })}>{t("twinning.publicPage")}</a>
        </span>
      }
    >
      <ModelMarks models={line.models} />
      <RuleLine rule={line.rule} />
      {line.silent.includes(year) && standsIn(pair, year) ? (
        <p className="soft">{t("twinning.silent", { year })}</p>
      ) : null}
      <ul className="promise-lines">
        {line.promises.map((one) => (
          <OfficePromise key={one.versions[0]?.id} promise={one} {...props} />
        ))}
      </ul>
    </Section>
  );
}

/** The form about a promise that was refused: the commune's answer, or the twin's withdrawal. */
function refusedForms(sent: Sent | undefined, promise: string) {
  const mine = sent && "promise" in sent && sent.promise === promise ? sent : undefined;
  return mine && "withdraws" in mine ? { unwithdrawn: mine } : { wrong: mine };
}

function OfficePromise(props: PairProps & { promise: PromiseStanding }) {
  const { promise, line, sent, year, formKey } = props;
  const { t } = useTranslation("office-twinning");
  const tt = useTranslation("twinning").t;
  const { locale } = useSite();
  const newest = promise.versions[0];
  if (!newest) return null;
  const waiting = promise.waiting !== null;
  const { wrong, unwithdrawn } = refusedForms(sent, newest.id);
  const goods = newest.goods.map(
    ({ what, quantity, unit }) => `${number(locale, quantity)} ${unit} ${what}`,
  );
  const words = `${promise.year}, ${tt(`model.${promise.model}`)}, ${placeName(locale, promise.commune.fullName)}`;
  return (
    <li>
      <strong>{words}</strong>:{" "}
      {[...(newest.money > 0n ? [money(locale, newest.money)] : []), ...goods].join("; ") ||
        tt("promise.takenBack")}{" "}
      <State tone={waiting ? "waiting" : promise.declined ? "bad" : "good"}>
        {t(`twinning.is.${waiting ? "waiting" : promise.declined ? "declined" : "signed"}`)}
      </State>
      <span className="under">
        {t("twinning.version", { version: newest.version, day: day(newest.promisedOn) })}
        {promise.declined?.answer?.reason ? ` ${promise.declined.answer.reason}` : null}
      </span>
      {wrong ? (
        <p className="field-error" role="alert">
          {problemText(t, locale, wrong.problem)}
        </p>
      ) : null}
      {waiting && line.confirms.includes(promise.commune.code) ? (
        <div className="buttons">
          <StepButton
            intent="confirm"
            label={t("twinning.confirm")}
            about={words}
            hidden={{ promise: newest.id }}
          />
          <form method="post" className="field-row">
            <input type="hidden" name="intent" value="decline" />
            <input type="hidden" name="promise" value={newest.id} />
            <TextField
              id={`reason-${newest.id}`}
              name="reason"
              label={t("twinning.declineReason")}
              maxLength={300}
              defaultValue={wrong?.reason}
            />
            <button className="button small quiet" type="submit">
              {t("twinning.decline")}
            </button>
          </form>
        </div>
      ) : null}
      {line.mayPromise && promise.year >= year ? (
        <>
          <a className="small" href={`?change=${newest.id}`}>
            {t("twinning.change")}
            <span className="visually-hidden"> {words}</span>
          </a>
          {promisesSomething(newest) ? (
            <WithdrawForm version={newest} words={words} formKey={formKey} refused={unwithdrawn} />
          ) : null}
        </>
      ) : null}
    </li>
  );
}
