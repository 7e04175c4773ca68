/** A campaign with money, people of its offices and the verbs of orders over a database: for tests of money orders. */
import { randomBytes } from "node:crypto";

import { sha256Hex } from "#app/adapters/sha256.ts";
import type { Writing } from "#app/domain/acts/act.ts";
import { type PreparedFile } from "#app/domain/files/add-files.ts";
import { must } from "#app/domain/kernel/result.ts";
import { digestOf, sealContent } from "#app/domain/acts/paper.ts";
import { accountCode } from "#app/domain/ledger/chart.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import { addOrderPapers } from "#app/domain/orders/add-paper.ts";
import { approveOrder } from "#app/domain/orders/approve-order.ts";
import { bookOrder } from "#app/domain/orders/book-order.ts";
import { missingItems } from "#app/domain/orders/dossier.ts";
import type { MoneyOrder, OrderMatter } from "#app/domain/orders/order.ts";
import { dossierNow } from "#app/domain/orders/papers.ts";
import { requestOrder } from "#app/domain/orders/request-order.ts";
import { spendingText } from "#app/domain/orders/spending.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Role } from "#app/domain/people/role.ts";
import type { Database } from "#db/client.ts";
import { campaign } from "#db/schema/campaigns.ts";
import { seedPlan } from "#db/seeds/plan.ts";
import { officialStores, officialWriting } from "#db/stores/acts.ts";
import { orderReadingStore } from "#db/stores/order-reading.ts";
import { startIntake } from "#db/stores/intake.ts";

export const DAY = "2024-05-02";
const NOW = Math.floor(Date.parse(`${DAY}T03:00:00Z`) / 1000);
export const M = 1_000_000n;

/** What books are made with here. */
export const MAKING = {
  now: () => NOW,
  sha256: sha256Hex,
  randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
};

function person(id: string, role: Role, place: string | null): Person {
  const organisation = place === null ? "ban-dan-toc-quang-nam" : `ubnd-${place}-2021`;
  return {
    id,
    name: id,
    secondFactor: true,
    grants: [{ id: `g-${id}`, role, organisation, place, from: "2021-12-24", to: null }],
  };
}

/** What the verbs of orders are called with. */
export type OfficeServices = Writing<OfficeStores> & {
  now(): number;
  sha256: typeof sha256Hex;
};

/** One person for each office, and the same offices of another commune. */
export const PEOPLE = {
  clerk: person("clerk", "commune-clerk", "20446"),
  accountant: person("accountant", "commune-accountant", "20446"),
  chair: person("chair", "commune-leader", "20446"),
  otherClerk: person("otherClerk", "commune-clerk", "20455"),
  otherChair: person("otherChair", "commune-leader", "20455"),
  officer: person("officer", "committee-officer", null),
  leader: person("leader", "committee-leader", null),
  deputy: person("deputy", "committee-leader", null),
  treasurer: person("treasurer", "committee-accountant", null),
  inspector: person("inspector", "finance-inspector", null),
  administrator: person("administrator", "administrator", null),
  /** Holds everything that money needs at once: two people are two people all the same. */
  both: {
    ...person("both", "committee-leader", null),
    grants: [
      ...person("both", "committee-leader", null).grants,
      ...person("both", "commune-clerk", "20446").grants,
      ...person("both", "committee-accountant", null).grants,
      ...person("both", "commune-leader", "20446").grants,
      ...person("both", "committee-officer", null).grants,
    ],
  },
} as const satisfies Record<string, Person>;
export type Somebody = keyof typeof PEOPLE;

/** Orders over a database, with people and files that are not what is tested. */
export function orderServices(
  db: Database,
  holds: (id: string) => Person["grants"] = (id) => PEOPLE[id as Somebody]?.grants ?? [],
): OfficeServices {
  const official = officialWriting(db, MAKING);
  const write: Writing<OfficeStores>["write"] = (work) =>
    official.write((stores) =>
      work({
        ...stores,
        people: { ...stores.people, grantsOf: async (id) => [...holds(id)] },
      }),
    );
  return { now: MAKING.now, sha256: sha256Hex, write };
}

/** A file as it is ready for an act; without words each is another one of the same size. */
export function scan(words?: string): PreparedFile {
  const id = freshId();
  const content = new TextEncoder().encode(words ?? id);
  const staged = {
    id,
    form: "form",
    person: "somebody",
    field: "paper",
    kind: "minutes" as const,
    name: "scan.pdf",
    format: "pdf" as const,
    bytes: 1000,
    width: null,
    height: null,
    blob: `staged/${id}`,
    at: NOW,
  };
  return {
    staged,
    id,
    ...sealContent(MAKING, content),
    blob: `originals/${id}`,
    picture: null,
    isSame: ({ digest, salt }) => digestOf(MAKING, salt, content) === digest,
  };
}

/** Campaigns LD1 (commune 20446) and LD2 (20455), each with gifts in its fund. */
export async function openOrderBooks(db: Database): Promise<void> {
  await seedPlan(db);
  const one = (id: string, commune: string, species: string) => ({
    id,
    slug: `dot-${id.toLowerCase()}`,
    model: "livestock" as const,
    species,
    commune,
    communeFrom: "2021-11-01",
    district: "504",
    titleVi: `Đàn bò ${id}`,
    titleEn: `Herd ${id}`,
    summaryVi: "Tóm tắt",
    summaryEn: "Summary",
    storyVi: "Chuyện",
    storyEn: "Story",
    goal: 100n * M,
    households: 10,
    startsOn: "2024-01-01",
    endsOn: "2024-12-31",
    bankAccount: "KN",
    code: `QN${id}`,
    twin: "twin",
    responsible: "office",
    publishedBy: "office",
    publishedOn: "2024-01-01",
    decisionNumber: "12/QĐ-UBND",
    decisionDate: "2023-12-20",
    searchText: "dan bo",
  });
  await (
    await db.orm()
  )
    .insert(campaign)
    .values([one("LD1", "20446", "BO"), one("LD2", "20455", "DE")]);
  const intake = await startIntake(db, MAKING);
  for (const [n, amount] of [30n, 20n, 7n, 43n].entries()) {
    await give(intake, `QNA${n}`, "fund:LD1", amount * M, "LD1");
    await give(intake, `QNB${n}`, "fund:LD2", amount * M, "LD2");
  }
  await give(intake, "QNS", "suspense:KN", 4n * M);
  await intake.stop();
}

/** Record a gift. */
export async function give(
  intake: Awaited<ReturnType<typeof startIntake>>,
  code: string,
  to: string,
  amount: bigint,
  campaignId?: string,
): Promise<void> {
  const recorded = await intake.record({
    key: `key ${code}`,
    code,
    channel: "bank",
    to,
    amount,
    receivedOn: DAY,
    evidence: [sha256Hex(code)],
    ...(campaignId === undefined ? {} : { campaign: campaignId }),
  });
  if (recorded.state !== "booked") throw new Error(`${code} is ${recorded.state}`);
}

let ids = 0;
/** An id that no order has. */
export function freshId(): string {
  ids += 1;
  return `order${ids}`;
}

/** Ask for something as somebody. */
export function ask(services: OfficeServices, who: Somebody, matter: OrderMatter, id = freshId()) {
  return requestOrder(services, PEOPLE[who], { id, matter });
}

/** Add every paper that `step` still needs, as somebody; answers the order after. */
export async function addPapers(
  services: OfficeServices,
  who: Person,
  order: MoneyOrder,
  step: "approve" | "book",
): Promise<MoneyOrder> {
  const { dossier, papers: there } = await services.write(({ orders }) =>
    dossierNow(orders, order, DAY),
  );
  const missing = missingItems(dossier, there, step);
  let now = order;
  for (const { code } of missing) {
    const papers = [{ item: code, file: scan() }];
    now = must(await addOrderPapers(services, who, { id: order.id, papers }));
  }
  return now;
}

/** Approve what the person is shown now. */
export async function approve(services: OfficeServices, who: Person, order: MoneyOrder) {
  const seen = spendingText(order.spending.ranges);
  return approveOrder(services, who, { id: order.id, version: order.version, seen });
}

/** Book by the bank's paper. */
export function book(services: OfficeServices, who: Person, order: MoneyOrder, on = DAY) {
  return bookOrder(services, who, { id: order.id, version: order.version, on });
}

/** đồng on an account. */
export async function balance(services: OfficeServices, account: string): Promise<bigint> {
  return services.write(async ({ ledger }) => {
    const state = await ledger.state(account);
    return state ? state.received - state.sent : 0n;
  });
}

export const FUND = accountCode.fund("LD1");

/** Orders as pages read them. */
export function orderReading(db: Database) {
  return orderReadingStore(db, () => DAY, officialStores(db, MAKING));
}
