import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { data, redirect } from "react-router";

import { addingFiles } from "#app/domain/files/add-files.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { readTypedDay } from "#app/domain/kernel/typed-day.ts";
import { addOrderPapers, mayAddPaper, takesPaper } from "#app/domain/orders/add-paper.ts";
import { approveOrder } from "#app/domain/orders/approve-order.ts";
import { bookOrder, byGateway, orderKey } from "#app/domain/orders/book-order.ts";
import { cancelOrder } from "#app/domain/orders/cancel-order.ts";
import { nextSteps } from "#app/domain/orders/next-steps.ts";
import { actsFor } from "#app/domain/orders/step-right.ts";
import type { MoneyOrder, OrderState } from "#app/domain/orders/order.ts";
import { subjectOf } from "#app/domain/orders/place.ts";
import type { OrderFile } from "#app/domain/orders/ports.ts";
import { tryOrder } from "#app/domain/orders/request-order.ts";
import { refuseOrder, sendBackOrder } from "#app/domain/orders/send-back-order.ts";
import { sharesOf, spendingText, spentBy } from "#app/domain/orders/spending.ts";
import type { Person } from "#app/domain/people/may.ts";
import { askRefund } from "#app/domain/refunds/ask-gateway-refunds.ts";
import type { Services } from "#app/domain/services.ts";
import { dayAt, money, number } from "#app/i18n/formats.ts";
import { officePath } from "#app/i18n/office-paths.ts";
import { refuseIfPerson } from "#app/requests/office-refusal.ts";
import { fieldOf } from "#app/requests/read-form.ts";
import { readUpload, type Upload } from "#app/requests/read-upload.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor, officeDoorAny } from "#app/requests/visitor.ts";
import { OfficePage, Section } from "#app/ui/office/page.tsx";
import { type Step, StateLine, Steps } from "#app/ui/office/steps.tsx";
import { DossierList, fileKind, paperField } from "#app/ui/orders/dossier-list.tsx";
import { GatewayState } from "#app/ui/orders/gateway-state.tsx";
import { OrderFacts } from "#app/ui/orders/order-facts.tsx";
import { PaperSignatures } from "#app/ui/orders/paper-signatures.tsx";
import { SpentGifts } from "#app/ui/orders/spent-gifts.tsx";
import { StepForms } from "#app/ui/orders/step-forms.tsx";
import { orderFacts, TONES } from "#app/ui/orders/words.ts";
import { problemText, toldProblem } from "#app/ui/problem-text.ts";
import { useLocale } from "#app/ui/site.ts";
import type { Route } from "./+types/order";

const DONE = ["request", "change", "paper", "approve", "send-back", "refuse", "cancel", "book"];

/** One order: what it is about, which gifts it spends, its papers, what was done and what comes next. */
export async function loader({ context, params, url }: Route.LoaderArgs) {
  const { person } = await officeDoor(context, "order.read");
  const services = context.get(servicesContext);
  const file = await services.orders.file(params.order);
  if (!file) throw data({ code: "order.unknown" }, { status: 404 });
  const { order } = file;
  await officeDoor(context, "order.read", subjectOf(order.place));
  const done = url.searchParams.get("done");
  return {
    file,
    steps: nextSteps(person, order),
    openItems: file.dossier
      .filter((item) => takesPaper(order, item) && mayAddPaper(person, order, item).ok)
      .map(({ code }) => code),
    spend: await spendOf(services, order),
    refund: byGateway(order)
      ? ((await services.gatewayRefunds.find(orderKey(order.id))) ?? null)
      : null,
    key: services.newId(),
    today: dayOf(services.now()),
    done: DONE.find((one) => one === done),
  };
}

/** Gifts that are, or would be, spent; for what waits, by the books as they are now. */
async function spendOf(services: Services, order: MoneyOrder) {
  const { ledger, now } = services;
  const { books } = services.orders;
  if (order.entry !== null) {
    const booked = await ledger.find(order.entry);
    const shares = await sharesOf(books, spentBy(booked?.movements ?? []));
    return { at: "booked", entry: order.entry, shares } as const;
  }
  const waits = order.state === "requested" || order.state === "approved";
  const { planned } = waits
    ? await tryOrder(books, order.matter, dayOf(now()), order.id)
    : { planned: undefined };
  const { spending } = planned?.ok ? planned.value : order;
  return {
    at: "planned",
    entry: spending.asOf,
    shares: await sharesOf(books, spending.ranges),
    seen: planned?.ok ? spendingText(spending.ranges) : undefined,
    changed: spendingText(spending.ranges) !== spendingText(order.spending.ranges),
    problem: planned && !planned.ok ? toldProblem(planned.problem) : undefined,
  } as const;
}

type Spend = Awaited<ReturnType<typeof spendOf>>;

const FORMS = ["paper", "approve", "send-back", "refuse", "cancel", "book"] as const;

/** Take the next step. Every form is checked again inside its transaction. */
export async function action({ request, context, params }: Route.ActionArgs) {
  const { person } = await officeDoor(context, "order.read");
  const services = context.get(servicesContext);
  const file = await services.orders.file(params.order);
  if (!file) throw data({ code: "order.unknown" }, { status: 404 });
  const { order } = file;
  await officeDoor(context, "order.read", subjectOf(order.place));
  // Whoever only reads sends no form here, and brings nothing into the store.
  const { kind } = order;
  const acting = [`${kind}.request`, `${kind}.approve`, `${kind}.book`] as const;
  await officeDoorAny(context, acting, subjectOf(order.place));
  const kinds = Object.fromEntries(
    file.dossier.map((item) => [paperField(item.code), fileKind(item)]),
  );
  const upload = await readUpload(request, context, { person, kinds });
  const text = (name: string) => fieldOf(upload.fields, name, 20_000);
  const intent = text("intent");
  const form = FORMS.find((one) => one === intent);
  if (form === undefined) throw data({ code: "form.broken" }, { status: 400 });
  const { act } = await officeDoorAny(context, actsFor(order, form), subjectOf(order.place));
  const answer =
    intent === "paper"
      ? await addPapers(services, person, file, upload)
      : await takeStep(services, person, order, intent, text);
  if (answer === undefined) {
    return redirect(`${officePath("order", { order: order.id })}?done=${intent}`);
  }
  const { code } = answer;
  refuseIfPerson(context, answer, act, { kind: "order", id: order.id });
  const typed = {
    intent,
    note: text("note"),
    reason: text("reason"),
    on: text("on"),
    late: text("late") === "yes",
  };
  const conflict =
    code === "office.stale" || code === "order.spending-changed" || code === "order.paper-used";
  return data(
    {
      typed,
      problem: toldProblem(answer),
      kept: upload.files.map(({ id, name, bytes, format, field }) => ({
        id,
        name,
        bytes,
        format,
        field,
      })),
      refused: upload.refused,
    },
    { status: conflict ? 409 : 422 },
  );
}

/** Undefined when the papers were added; else what is wrong. */
async function addPapers(
  services: Services,
  person: Person,
  file: OrderFile,
  upload: Upload,
): Promise<{ code: string; name?: string } | undefined> {
  const [refused] = upload.refused;
  if (refused) return { code: "file.refused", name: refused.name };
  if (upload.files.length === 0) return { code: "file.none" };
  const itemOf = new Map(file.dossier.map(({ code }) => [paperField(code), code]));
  const verbs = { write: services.official.write, now: services.now };
  const done = await addingFiles(services, upload.files, (files) =>
    addOrderPapers(verbs, person, {
      id: file.order.id,
      papers: files.map((one) => ({ item: itemOf.get(one.staged.field) ?? "", file: one })),
    }),
  );
  return done.ok ? undefined : done.problem;
}

/** Undefined when the step was taken; else why not. */
async function takeStep(
  services: Services,
  person: Person,
  order: MoneyOrder,
  intent: string,
  text: (name: string) => string,
): Promise<{ code: string } | undefined> {
  const verbs = { write: services.official.write, now: services.now, sha256: services.sha256 };
  const version = /^\d{1,9}$/.test(text("version")) ? Number(text("version")) : -1;
  const form = { id: order.id, version, note: text("note") };
  const reason = text("reason");
  switch (intent) {
    case "approve": {
      const done = await approveOrder(verbs, person, { ...form, seen: text("seen") });
      return done.ok ? undefined : done.problem;
    }
    case "send-back": {
      const done = await sendBackOrder(verbs, person, { ...form, reason });
      return done.ok ? undefined : done.problem;
    }
    case "refuse": {
      const done = await refuseOrder(verbs, person, { ...form, reason });
      return done.ok ? undefined : done.problem;
    }
    case "cancel": {
      const done = await cancelOrder(verbs, person, { ...form, reason });
      return done.ok ? undefined : done.problem;
    }
    default: {
      const on = byGateway(order) ? dayOf(services.now()) : readTypedDay(text("on"));
      if (on === undefined) return { code: "order.no-day" };
      const late = text("late") === "yes";
      const done = await bookOrder(verbs, person, { ...form, on, late });
      if (!done.ok) return done.problem;
      await askGateway(services, done.value);
      return undefined;
    }
  }
}

/** What was set aside is asked for at once; a job asks again until there is an answer. */
async function askGateway(services: Services, order: MoneyOrder): Promise<void> {
  if (!byGateway(order)) return;
  const refund = await services.gatewayRefunds.find(orderKey(order.id));
  if (refund) await askRefund(services, refund);
}

export default function OrderPage({ loaderData, actionData }: Route.ComponentProps) {
  const { file, spend, refund } = loaderData;
  const { order } = file;
  const { t } = useTranslation("office-orders");
  const locale = useLocale();
  const items = new Map(
    file.dossier.map((one) => [one.code, locale === "vi" ? one.titleVi : one.titleEn]),
  );
  const problem =
    actionData &&
    problemText(t, locale, actionData.problem, orderFacts(t, actionData.problem, items));
  const forPapers = actionData?.typed.intent === "paper";
  return (
    <OfficePage
      title={`${t(`kind.${order.kind}`)}: ${money(locale, order.amount)}`}
      eyebrow={t("number", { number: order.number })}
      crumbs={[[t("title"), officePath("orders")]]}
    >
      {loaderData.done && !actionData ? (
        <p className="notice good" role="status">
          {t(`done.${loaderData.done}`)}
        </p>
      ) : null}
      {problem && !forPapers ? (
        <p className="notice bad" role="alert">
          {problem}
        </p>
      ) : null}
      <StateLine
        tone={TONES[order.state]}
        state={t(`state.${order.state}`)}
        text={t("facts.since", { day: dayAt(file.steps.at(-1)?.at ?? 0) })}
      />
      <OrderFacts file={file} />
      {refund ? <GatewayState refund={refund} /> : null}
      <DossierList
        file={file}
        open={loaderData.openItems}
        formKey={loaderData.key}
        problem={forPapers ? problem : undefined}
        kept={actionData?.kept ?? []}
        refused={actionData?.refused ?? []}
      />
      <StepForms
        order={order}
        steps={loaderData.steps}
        gateway={byGateway(order)}
        seen={spend.at === "planned" ? spend.seen : undefined}
        changed={spend.at === "planned" && spend.changed}
        today={loaderData.today}
        typed={actionData?.typed}
        problem={problem}
      />
      <SpendSection spend={spend} state={order.state} items={items} />
      <Section id="steps" title={t("steps.title")}>
        <Steps label={t("steps.label")} steps={useSteps(t, file)} />
      </Section>
      <PaperSignatures />
    </OfficePage>
  );
}

/** States in which an order will never move anything. */
const GIVEN_UP = new Set<OrderState>(["cancelled", "refused"]);

/** Gifts that are spent, folded under their sum, and what stands in the way. */
function SpendSection(props: {
  spend: Spend;
  state: OrderState;
  items: ReadonlyMap<string, string>;
}) {
  const { spend, items } = props;
  const { t } = useTranslation("office-orders");
  const locale = useLocale();
  const tense = spend.at === "booked" ? "really" : GIVEN_UP.has(props.state) ? "never" : "title";
  return (
    <Section id="spend" title={t(`spend.${tense}`)}>
      {spend.at === "planned" && spend.problem ? (
        <p className="notice bad">
          {problemText(t, locale, spend.problem, orderFacts(t, spend.problem, items))}
        </p>
      ) : null}
      {spend.at === "planned" && spend.changed ? (
        <p className="notice">{t("spend.changed")}</p>
      ) : null}
      <SpentGifts
        shares={spend.shares}
        caption={t(`spend.${tense}`)}
        folded={!(spend.at === "planned" && spend.changed)}
        note={t(spend.at === "booked" ? "spend.booked" : "spend.asOf", {
          entry: `#${number(locale, spend.entry)}`,
        })}
      />
    </Section>
  );
}

function useSteps(t: TFunction<"office-orders">, file: OrderFile): Step[] {
  const locale = useLocale();
  const frame = useTranslation("office-frame").t;
  return file.steps.map((step) => {
    const name = t(`step.${step.step}`);
    const office = locale === "vi" ? step.organisationVi : step.organisationEn;
    const title =
      step.amount !== null
        ? t("steps.asked", { step: name, amount: money(locale, step.amount) })
        : step.reason !== null
          ? t("steps.why", { step: name, reason: t(`reasonFor.${step.reason}`) })
          : step.entry !== null
            ? t("steps.booked", { step: name, entry: `#${number(locale, step.entry)}` })
            : name;
    return {
      id: step.n,
      at: step.at,
      title,
      by: `${step.personName} · ${frame(`role.${step.role}`)}, ${office}`,
      note: step.note === "" ? undefined : step.note,
      tone: step.step === "book" ? "good" : "plain",
    };
  });
}
