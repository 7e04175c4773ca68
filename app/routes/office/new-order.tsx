import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { nextPurchase } from "#app/domain/disbursements/advance.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { orderChoices } from "#app/domain/orders/choices.ts";
import type { OrderCampaign } from "#app/domain/orders/ports.ts";
import { subjectOf } from "#app/domain/orders/place.ts";
import {
  type FieldFault,
  ORDER_FIELDS,
  type OrderField,
  readOrder,
  typedOrder,
  type TypedOrder,
} from "#app/domain/orders/read-order.ts";
import { type LineChoice, lineChoices } from "#app/domain/list-lines/line-lock.ts";
import { changeOrder, requestOrder, tryOrder } from "#app/domain/orders/request-order.ts";
import { sharesOf } from "#app/domain/orders/spending.ts";
import { accountSpec } from "#app/domain/ledger/chart.ts";
import { may, type Person } from "#app/domain/people/may.ts";
import { MONEY_KINDS, type MoneyKind } from "#app/domain/people/office-act.ts";
import { money, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import type { Locale } from "#app/i18n/paths.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf, readForm } from "#app/requests/read-form.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import { ErrorSummary, type FieldProblem } from "#app/ui/error-summary.tsx";
import { TextArea } from "#app/ui/office/form-card.tsx";
import { KeyFigures } from "#app/ui/office/key-figures.tsx";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { fieldLabel, OrderFields } from "#app/ui/orders/order-fields.tsx";
import { SpentGifts } from "#app/ui/orders/spent-gifts.tsx";
import { orderFacts } from "#app/ui/orders/words.ts";
import { problemText, type ToldProblem, toldProblem } from "#app/ui/problem-text.ts";
import { useSite } from "#app/ui/site.ts";
import type { Route } from "./+types/new-order";

/** The form of a request; filled in from the address, or, to change an order, from what it asks. */
export async function loader({ context, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "order.read");
  const services = context.get(servicesContext);
  const { orders, newId } = services;
  const kinds = MONEY_KINDS.filter((kind) => may(person, `${kind}.request`).ok);
  const asked = url.searchParams;
  const id = asked.get("order");
  const file = id === null ? undefined : await orders.file(id);
  if (id !== null && !file) throw data({ code: "order.unknown" }, { status: 404 });
  const kind = file?.order.kind ?? MONEY_KINDS.find((one) => one === asked.get("kind"));
  if (kind !== undefined) {
    await officeDoor(context, `${kind}.request`, file && subjectOf(file.order.place));
  }
  const typed = file ? typedOrder(file.order.matter) : fieldsIn(asked);
  const campaigns = kind === undefined ? [] : forPerson(await orders.campaigns(), person, kind);
  return {
    kinds,
    kind,
    key: newId(),
    lines: await linesFor(context, kind, typed.campaign),
    // Whoever asks does not book: an accountant is told before the form is filled in.
    books: kind !== undefined && may(person, `${kind}.book`).ok,
    changes: file && {
      id: file.order.id,
      number: file.order.number,
      version: file.order.version,
    },
    typed,
    campaigns,
    choices: await orderChoices(services, kind, campaigns),
  };
}

/** Campaigns that a person may ask for; what nobody can choose is not offered. */
function forPerson(campaigns: readonly OrderCampaign[], person: Person, kind: MoneyKind) {
  return campaigns.filter((campaign) => may(person, `${kind}.request`, subjectOf(campaign)).ok);
}

/** Lines of the campaign that an advance is for, as its form offers them. */
async function linesFor(
  context: Route.LoaderArgs["context"],
  kind: MoneyKind | undefined,
  id: string | undefined,
) {
  const { orders, listLines } = context.get(servicesContext);
  if (kind !== "advance" || id === undefined) return undefined;
  const campaign = (await orders.campaigns()).find((one) => one.id === id);
  return campaign && lineChoices(campaign.species, await listLines.ofCampaign(id));
}

/** Boxes that were ticked are one field of several codes. */
function fieldsIn(asked: URLSearchParams | FormData): TypedOrder {
  const names = new Set(Object.values(ORDER_FIELDS).flat());
  return Object.fromEntries(
    [...names].flatMap((name): [OrderField, string][] => {
      if (name === "lines") {
        const codes = asked.getAll(name).filter((one) => typeof one === "string");
        return codes.length === 0 ? [] : [[name, codes.join(" ").slice(0, 20_000)]];
      }
      const value = asked.get(name);
      return typeof value === "string" && value !== "" ? [[name, value.slice(0, 100)]] : [];
    }),
  );
}

/** An advance without a purchase's number is for a new one: it gets the next. */
function withPurchase(
  kind: MoneyKind,
  typed: TypedOrder,
  campaigns: readonly OrderCampaign[],
): TypedOrder {
  const campaign = campaigns.find(({ id }) => id === typed.campaign);
  if (kind !== "advance" || typed.purchase !== undefined || !campaign) return typed;
  return { ...typed, purchase: nextPurchase(campaign.lastPurchase) };
}

/** As many heads as the ticked lines have, where nobody said how many. */
function withHeads(typed: TypedOrder, choices: readonly LineChoice[] = []): TypedOrder {
  if (typed.heads !== undefined || typed.lines === undefined) return typed;
  const ticked = new Set(typed.lines.split(" "));
  const heads = choices
    .filter(({ code }) => ticked.has(code))
    .reduce((sum, { openHeads }) => sum + openHeads, 0);
  return heads === 0 ? typed : { ...typed, heads: `${heads}` };
}

/** Look at what would be spent, ask for it, or change what was asked. */
export async function action({ request, context }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "order.read");
  const form = await readForm(request);
  const kind = MONEY_KINDS.find((one) => one === form.get("kind"));
  const intent = form.get("intent");
  if (kind === undefined || (intent !== "look" && intent !== "request" && intent !== "change")) {
    throw data({ code: "form.broken" }, { status: 400 });
  }
  await officeDoor(context, `${kind}.request`);
  const services = context.get(servicesContext);
  const { orders, official, now } = services;
  const text = (name: string) => fieldOf(form, name);
  const fields = fieldsIn(form);
  const lines = await linesFor(context, kind, fields.campaign);
  const typed = withHeads(withPurchase(kind, fields, await orders.campaigns()), lines?.choices);
  const note = text("note").slice(0, 2000);
  const kept = { typed, note, lines };
  const read = readOrder(kind, typed);
  if (!read.ok) {
    // The number of a new purchase comes with its campaign: without one it is not missing.
    const asked = kind === "advance" && typed.campaign === undefined;
    const faults = read.problem.faults.filter(
      ({ field, code }) => !(asked && field === "purchase" && code === "missing"),
    );
    return data({ ...kept, faults }, { status: 422 });
  }
  const id = text("order") === "" ? text("key") : text("order");
  const { place, planned } = await tryOrder(orders.books, read.value, dayOf(now()), id);
  // What is of nowhere is unknown: a slip of the pen, told as one.
  if (planned.ok || place.campaign !== null) {
    await officeDoor(context, `${kind}.request`, subjectOf(place));
  }
  if (!planned.ok) return data({ ...kept, problem: toldProblem(planned.problem) }, { status: 422 });
  if (intent === "look") {
    const { amount, spending } = planned.value;
    return data({
      ...kept,
      look: { amount, asOf: spending.asOf, shares: await sharesOf(orders.books, spending.ranges) },
    });
  }
  if (!/^[a-z2-7]{26}$/.test(id)) throw data({ code: "form.broken" }, { status: 400 });
  const verbs = { write: official.write, now };
  const wish = { id, matter: read.value, note };
  const done =
    intent === "request"
      ? await requestOrder(verbs, person, wish)
      : await changeOrder(verbs, person, { ...wish, version: Number(text("version")) });
  if (done.ok) return redirect(`${officePath("order", { order: id })}?done=${intent}`);
  const { problem } = done;
  refuseIfPerson(context, problem, `${kind}.request`, { kind: "order", id });
  // The page that answers carries a fresh key, so that what was typed can be sent after all.
  const status = problem.code === "office.stale" || problem.code === "order.key-used" ? 409 : 422;
  return data({ ...kept, problem: toldProblem(problem) }, { status });
}

export default function NewOrderPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useTranslation("office-orders");
  const { kind, changes } = loaderData;
  const crumbs = [[t("title"), officePath("orders")] as const];
  if (kind === undefined) {
    return (
      <OfficePage title={t("form.choose")} crumbs={crumbs}>
        <Kinds kinds={loaderData.kinds} />
      </OfficePage>
    );
  }
  const title = changes
    ? t("form.change", { number: changes.number })
    : t("form.title", { kind: t(`kind.${kind}`) });
  return (
    <OfficePage title={title} crumbs={crumbs} lead={t(`kindText.${kind}`)}>
      <OrderForm kind={kind} loaded={loaderData} answered={actionData} />
    </OfficePage>
  );
}

function Kinds({ kinds }: { kinds: readonly MoneyKind[] }) {
  const { t } = useTranslation("office-orders");
  if (kinds.length === 0) return <p className="notice">{t("form.none")}</p>;
  return (
    <ul className="choice-list">
      {kinds.map((kind) => (
        <li key={kind}>
          <a href={`${officePath("newOrder")}?kind=${kind}`}>{t(`kind.${kind}`)}</a>
          <span className="soft">{t(`kindText.${kind}`)}</span>
        </li>
      ))}
    </ul>
  );
}

interface Answer {
  readonly lines: Route.ComponentProps["loaderData"]["lines"];
  readonly typed: TypedOrder;
  readonly note: string;
  readonly faults?: readonly FieldFault[];
  readonly problem?: ToldProblem;
  readonly look?: {
    readonly amount: bigint;
    readonly asOf: number;
    readonly shares: readonly { gift: string | null; entry: number; amount: bigint }[];
  };
}

/** What stands at a field: too much money is a matter of the amount. */
function fieldOfProblem({ code }: ToldProblem, typed: TypedOrder): OrderField | undefined {
  if (code === "ledger.not-enough" && typed.amount !== undefined) return "amount";
  if (code === "purchase.bad-number") return "purchase";
  if (code.startsWith("order.line")) return "lines";
  return undefined;
}

function OrderForm(props: {
  kind: MoneyKind;
  loaded: Route.ComponentProps["loaderData"];
  answered: Answer | undefined;
}) {
  const { kind, loaded, answered } = props;
  const { t } = useTranslation("office-orders");
  const frame = useTranslation("office-frame").t;
  const { locale } = useSite();
  const typed = answered?.typed ?? loaded.typed;
  const problems = problemsOf(t, locale, kind, answered, loaded.campaigns);
  const look = answered?.look;
  const lines = answered ? answered.lines : loaded.lines;
  const chosen = loaded.campaigns.find(({ id }) => id === typed.campaign);
  return (
    <form method="post" className="form-card" aria-label={t(`kind.${kind}`)} noValidate>
      <ErrorSummary title={frame("form.wrong")} problems={problems} />
      {loaded.books ? <p className="notice">{t("form.third")}</p> : null}
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="key" value={loaded.key} />
      {loaded.changes ? (
        <>
          <input type="hidden" name="order" value={loaded.changes.id} />
          <input type="hidden" name="version" value={loaded.changes.version} />
        </>
      ) : null}
      <OrderFields
        kind={kind}
        typed={typed}
        campaigns={loaded.campaigns}
        lines={lines?.choices}
        choices={loaded.choices}
        faults={new Map(problems.flatMap(({ field, text }) => (field ? [[field, text]] : [])))}
      />
      <TextArea
        id="order-note"
        name="note"
        label={t("form.note")}
        hint={t("form.noteHint")}
        rows={3}
        defaultValue={answered?.note ?? ""}
      />
      {chosen ? (
        <KeyFigures
          figures={[
            { label: t("balance.fund"), value: money(locale, chosen.inFund) },
            { label: t("balance.commune"), value: money(locale, chosen.withCommune) },
            ...(lines
              ? [
                  { label: t("balance.free"), value: money(locale, lines.money.free) },
                  { label: t("balance.locked"), value: money(locale, lines.money.locked) },
                ]
              : []),
          ]}
        />
      ) : null}
      {look ? (
        <Section id="spend" title={t("spend.title")}>
          <SpentGifts
            shares={look.shares}
            caption={t("spend.title")}
            note={t("spend.asOf", { entry: `#${number(locale, look.asOf)}` })}
          />
        </Section>
      ) : null}
      <div className="buttons">
        <button
          className={look ? "button quiet" : "button"}
          type="submit"
          name="intent"
          value="look"
        >
          {t(`look.${kind}`)}
        </button>
        {look ? (
          <button
            className="button"
            type="submit"
            name="intent"
            value={loaded.changes ? "change" : "request"}
          >
            {t(loaded.changes ? "form.sendAgain" : "form.send")}
          </button>
        ) : null}
        {loaded.changes ? (
          <a href={officePath("order", { order: loaded.changes.id })}>{t("form.back")}</a>
        ) : null}
      </div>
    </form>
  );
}

function problemsOf(
  t: TFunction<"office-orders">,
  locale: Locale,
  kind: MoneyKind,
  answered: Answer | undefined,
  campaigns: readonly OrderCampaign[],
): (FieldProblem & { readonly field?: OrderField })[] {
  const faults = (answered?.faults ?? []).map(({ field, code }) => ({
    id: `order-${field}`,
    field,
    text: t(`field.${code}`, { field: fieldLabel(t, kind, field) }),
  }));
  const { problem } = answered ?? {};
  if (!answered || !problem) return faults;
  const field = fieldOfProblem(problem, answered.typed);
  const text =
    leftText(t, locale, problem, campaigns) ??
    problemText(t, locale, problem, orderFacts(t, problem, new Map()));
  return [...faults, field ? { id: `order-${field}`, field, text } : { id: null, text }];
}

/** Of a fund or a commune that has too little: what it has. */
function leftText(
  t: TFunction<"office-orders">,
  locale: Locale,
  { code, facts }: ToldProblem,
  campaigns: readonly OrderCampaign[],
): string | undefined {
  const account = facts["account"];
  const spec = typeof account === "string" ? accountSpec(account) : undefined;
  if (code !== "ledger.not-enough" || !spec?.ok) return undefined;
  const campaign = campaigns.find(({ id }) => id === spec.value.campaign);
  if (!campaign) return undefined;
  const { kind } = spec.value;
  if (kind === "fund") return t("form.onlyFund", { left: money(locale, campaign.inFund) });
  return kind === "commune"
    ? t("form.onlyCommune", { left: money(locale, campaign.withCommune) })
    : undefined;
}
