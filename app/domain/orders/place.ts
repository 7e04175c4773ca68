import type { Day } from "../kernel/calendar.ts";
import type { Subject } from "../people/may.ts";
import { EARLIER_HANDS } from "../people/office-act.ts";
import { unitOn } from "../places/succession.ts";
import type { MoneyOrder, OrderMatter, OrderPlace } from "./order.ts";
import type { OrderBooks } from "./ports.ts";

const NOWHERE: OrderPlace = {
  campaign: null,
  commune: null,
  communes: [],
  district: null,
  twin: null,
};

/** Where an order belongs: the campaign whose money it moves, and its commune with everything that became of it. */
export async function placeOf(
  stores: Pick<
    OrderBooks,
    "campaignTerms" | "places" | "orders" | "giftRanges" | "herds" | "ledger"
  >,
  matter: OrderMatter,
  today: Day,
): Promise<OrderPlace> {
  const id = await campaignOf(stores, matter);
  const campaign = id === null ? undefined : await stores.campaignTerms.terms(id);
  if (!campaign) return NOWHERE;
  const lineage = await stores.places.lineage(campaign.commune, campaign.communeFrom);
  const offices = await stores.orders.offices(campaign.id);
  const first = lineage[0];
  return {
    campaign: campaign.id,
    commune: (first && unitOn(lineage, first, today)?.code) ?? null,
    communes: [...new Set(lineage.map(({ code }) => code))],
    district: offices?.district ?? null,
    twin: offices?.twin ?? null,
  };
}

async function campaignOf(
  stores: Pick<OrderBooks, "giftRanges" | "herds" | "ledger">,
  matter: OrderMatter,
): Promise<string | null> {
  switch (matter.kind) {
    case "disbursement":
    case "advance":
    case "return":
      return matter.campaign;
    case "redesignation":
      return "gift" in matter ? matter.to : matter.from;
    case "refund":
      return (await stores.giftRanges.range(matter.gift))?.campaign ?? null;
    case "write-off":
      return (await stores.herds.animals([matter.animal]))[0]?.campaign ?? null;
    case "reversal": {
      const movements = (await stores.ledger.find(matter.entry))?.movements ?? [];
      const codes = movements.flatMap(({ from, to }) => [from, to]);
      const told = codes.map(campaignInCode).find((found) => found !== null);
      if (told !== undefined) return told;
      // Herds are a commune's, of all its campaigns: where only heads moved, the animals tell.
      const animals = movements.flatMap(({ animal }) => animal ?? []);
      return (await stores.herds.animals(animals.slice(0, 1)))[0]?.campaign ?? null;
    }
  }
}

/** The campaign in an account code such as `fund:LD1` or `commune:20446:LD1`. */
function campaignInCode(code: string): string | null {
  const match =
    /^(?:fund|proc):([A-Za-z0-9.-]+)/.exec(code) ??
    /^(?:commune|delivered|clearing|fee|loss):[^:]+:([A-Za-z0-9.-]+)/.exec(code);
  return match?.[1] ?? null;
}

/** What is asked of `may` about an order. */
export function subjectOf(
  { communes, district, twin }: Pick<OrderPlace, "communes" | "district" | "twin">,
  preparedBy: readonly string[] = [],
): Subject {
  return {
    communes,
    ...(district === null ? {} : { district }),
    ...(twin === null ? {} : { twin }),
    preparedBy,
  };
}

/** Through whose hands an order came before a step decides: approval looks at who asked, booking at who asked or approved. */
export function preparersFor(
  { kind, preparedBy, approvedBy }: Pick<MoneyOrder, "kind" | "preparedBy" | "approvedBy">,
  step: "approve" | "book",
): string[] {
  const people = { prepared: preparedBy, asked: preparedBy, approved: approvedBy };
  const hands = EARLIER_HANDS.get(`${kind}.${step}`) ?? [];
  return [...new Set(hands.flatMap((hand) => people[hand]))];
}
