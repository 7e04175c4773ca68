import { own } from "#app/domain/kernel/own.ts";
import type { Booked } from "#app/domain/acts/act.ts";
import { sealValue } from "#app/domain/acts/paper.ts";
import type { Reason } from "#app/domain/ledger/reasons.ts";
import { handOver, type HandedOver } from "#app/domain/animals/hand-over.ts";
import { communeOn } from "#app/domain/campaigns/terms.ts";
import { advance } from "#app/domain/disbursements/advance.ts";
import { disburse } from "#app/domain/disbursements/disburse.ts";
import { returnUnspent } from "#app/domain/disbursements/return-money.ts";
import { addDays, type Day, dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { accountCode } from "#app/domain/ledger/chart.ts";
import { balanceOf } from "#app/domain/ledger/lay-out.ts";

import type { Banks } from "./banks.ts";
import type { DemoCampaign } from "./campaign-plans.ts";
import { LAST_DAY } from "./gift-plan.ts";
import {
  EARLY_DISBURSEMENTS,
  margin,
  type PlannedPurchase,
  priceRange,
  PURCHASES,
} from "./herd-plan.ts";
import { tell } from "./news.ts";
import { actOf, at, OFFICE, type Stage } from "./stage.ts";
import type { FoundedRound } from "./villages/founding.ts";

/** One bought thing as the replay remembers it. */
export interface Bought {
  readonly code: string;
  readonly household?: string;
  readonly on: Day;
}

/** What a campaign has bought, for births, losses and later purchases. */
export interface Herd {
  readonly campaign: DemoCampaign;
  readonly district: string;
  /** Its lists by round, once their groups are founded. */
  readonly rounds: Map<number, FoundedRound>;
  readonly bought: Bought[];
  /** Last number given in `<campaign>-<number>`. */
  last: number;
  purchases: number;
  /** Animals given to households of the first round. */
  placed: number;
}

/** The next public code of a campaign's things. */
export function nextCode(herd: Herd): string {
  herd.last += 1;
  return `${herd.campaign.id}-${String(herd.last).padStart(4, "0")}`;
}

/** Called after each hand-over, so that births can be put on the agenda. */
export type AfterHandOver = (herd: Herd, bought: readonly Bought[]) => void;

/** Put every purchase of a campaign on the agenda, with its disbursement, advance and return. */
export function schedulePurchases(
  stage: Stage,
  banks: Banks,
  herd: Herd,
  after: AfterHandOver,
): void {
  const { campaign } = herd;
  const plan = PURCHASES[campaign.id] ?? [];
  for (const purchase of plan) scheduleOne(stage, banks, herd, purchase, after);
  for (const [id, day, amount] of EARLY_DISBURSEMENTS) {
    if (id !== campaign.id) continue;
    stage.agenda.add(at(day, OFFICE.morning), () => payCommune(stage, banks, campaign, amount, 1));
  }
}

function scheduleOne(
  stage: Stage,
  banks: Banks,
  herd: Herd,
  plan: PlannedPurchase,
  after: AfterHandOver,
): void {
  const { campaign } = herd;
  const price = campaign.needs[plan.need ?? 0]?.unitPrice ?? 0n;
  const wanted = (BigInt(plan.count) * price * (100n + margin(campaign.id, plan.day))) / 100n;
  stage.agenda.add(at(addDays(plan.day, -16), OFFICE.morning), async () => {
    if (campaign.account !== "appeal") return;
    const there = await balance(stage, await communeAccount(stage, campaign));
    const fund = await balance(stage, accountCode.fund(campaign.id));
    const missing = wanted - there;
    const amount = missing < fund ? missing : (fund / 1_000_000n) * 1_000_000n;
    if (amount > 0n) await payCommune(stage, banks, campaign, amount, herd.purchases + 1);
  });
  stage.agenda.add(at(addDays(plan.day, -5), OFFICE.morning + 1800), async () => {
    const there = await balance(stage, await communeAccount(stage, campaign));
    const amount = wanted < there ? wanted : (there / 100_000n) * 100_000n;
    if (amount < price) {
      // Not enough has come in: the commune looks again four weeks later.
      const later = { ...plan, day: addDays(plan.day, 28) };
      if (later.day <= LAST_DAY) scheduleOne(stage, banks, herd, later, after);
      return;
    }
    herd.purchases += 1;
    const purchase = purchaseNumber(herd);
    const commune = await communeNow(stage, campaign);
    const act = actOf(stage, `commune:${commune}`, addDays(plan.day, -5), {
      contract: `Hợp đồng mua ${plan.count}, ${campaign.id} ${purchase}`,
    });
    const lines = linesFor(herd, plan);
    const asked = { ...act, campaign: campaign.id, purchase, amount, ...lines };
    must(await advance(stage.official, asked));
    if (plan.open) return;
    stage.agenda.add(at(plan.day, OFFICE.afternoon), () =>
      accept(stage, herd, { ...plan, price, purchase, amount }, after),
    );
  });
}

interface Acceptance extends PlannedPurchase {
  readonly price: bigint;
  readonly purchase: string;
  /** đồng advanced */
  readonly amount: bigint;
}

/** Accept what was bought at its real prices, hand it over, and give back what is left. */
async function accept(
  stage: Stage,
  herd: Herd,
  plan: Acceptance,
  after: AfterHandOver,
): Promise<void> {
  const { campaign } = herd;
  const lines: HandedOver[] = [];
  let spent = 0n;
  for (const real of prices(stage, campaign, plan)) {
    if (spent + real.price > plan.amount) break;
    spent += real.price;
    lines.push(lineOf(stage, herd, plan, real));
  }
  if (lines.length === 0) throw new Error(`${campaign.id} could buy nothing on ${plan.day}`);
  const commune = await communeNow(stage, campaign);
  const act = actOf(stage, `commune:${commune}`, plan.day, {
    "acceptance-minutes": `Biên bản nghiệm thu ${campaign.id} ${plan.purchase}, ${plan.day}`,
    "handover-minutes": `Biên bản bàn giao ${campaign.id} ${plan.purchase}, ${lines.length}`,
    invoice: `Hóa đơn ${campaign.id} ${plan.purchase}, ${spent} đồng`,
    photo: `Ảnh bàn giao ${campaign.id} ${plan.purchase}`,
  });
  const handed = { ...act, campaign: campaign.id, purchase: plan.purchase, round: 1, lines };
  const booked = must(await handOver(stage.official, handed));
  const bought = lines.map(({ code, household }) => ({
    code,
    on: plan.day,
    ...(household === undefined ? {} : { household }),
  }));
  herd.bought.push(...bought);
  after(herd, bought);
  const { entry } = booked;
  const first = lines[0]?.code ?? "";
  await tell(stage, campaign.id, "handed-over", {
    entry,
    animal: first,
    count: lines.length,
    species: campaign.species,
  });
  giveBackLater(stage, campaign, plan, plan.amount - spent);
}

function giveBackLater(stage: Stage, campaign: DemoCampaign, plan: Acceptance, rest: bigint): void {
  if (rest === 0n) return;
  const day = addDays(plan.day, 4);
  stage.agenda.add(at(day, OFFICE.afternoon), async () => {
    const commune = await communeNow(stage, campaign);
    const text = `Hoàn ứng ${campaign.id} ${plan.purchase}: ${rest} đồng`;
    const act = actOf(stage, `commune:${commune}`, day, { "payment-order": text });
    const order = { ...act, campaign: campaign.id, purchase: plan.purchase, amount: rest };
    must(await returnUnspent(stage.official, order));
  });
}

interface RealPrice {
  readonly price: bigint;
  readonly priceReason?: Reason;
}

/** Real prices around the norm, in steps as markets have them. */
function prices(stage: Stage, campaign: DemoCampaign, plan: Acceptance): RealPrice[] {
  const chance = stage.chance.stream(`prices ${campaign.id} ${plan.purchase}`);
  const [least, most] = priceRange(campaign.id, plan.day);
  const step = campaign.species === "BO" ? 100_000n : 20_000n;
  const bred = campaign.species === "BO" || campaign.species === "DE";
  return Array.from({ length: plan.count }, () => {
    const hundredths = BigInt(chance.whole(least * 100, most * 100));
    const raw = (plan.price * hundredths) / 10_000n;
    const price = bred ? (raw / step) * step : plan.price - BigInt(chance.whole(0, 6)) * 50_000n;
    if (price <= plan.price) return { price };
    return {
      price,
      priceReason: chance.weighted<Reason>([
        ["price-market", 6],
        ["price-pregnant", 3],
        ["price-carriage", 1],
      ]),
    };
  });
}

function lineOf(stage: Stage, herd: Herd, plan: PlannedPurchase, real: RealPrice): HandedOver {
  const { campaign } = herd;
  const { day } = plan;
  const chance = stage.chance.stream(`animal ${campaign.id} ${herd.last + 1}`);
  const code = nextCode(herd);
  const household = nextHousehold(herd);
  const base = { code, ...real, ...(household === undefined ? {} : { household }) };
  if (campaign.species !== "BO" && campaign.species !== "DE") return base;
  const age = campaign.species === "BO" ? chance.whole(540, 1_000) : chance.whole(240, 540);
  const sealing = { sha256: stage.tools.sha256, randomHex: (n: number) => chance.hex(n) };
  const tagNumber = `49${herd.district}${day.slice(2, 4)}${String(chance.whole(1, 999_999)).padStart(6, "0")}`;
  return {
    ...base,
    sex: "F",
    bornOn: addDays(day, -age),
    tag: sealValue(sealing, "ear-tag", tagNumber),
  };
}

/** Households receive their whole set one after another; things of a group, a class or a village go to none. */
function nextHousehold(herd: Herd): string | undefined {
  const each = own(EACH, herd.campaign.species) ?? 0;
  if (each === 0) return undefined;
  const household = householdsOf(herd, 1)[Math.floor(herd.placed / each)];
  herd.placed += 1;
  return household;
}

/** Codes of the households that receive in a round, in their order. */
export function householdsOf(herd: Herd, round: number): readonly string[] {
  const founded = herd.rounds.get(round);
  if (!founded) throw new Error(`${herd.campaign.id} has no groups of round ${round}`);
  return founded.codes;
}

/** The lines that a purchase of living things is for: whole sets, one household after another. */
function linesFor(
  herd: Herd,
  plan: PlannedPurchase,
): { readonly lines?: readonly string[]; readonly heads?: number } {
  const each = own(EACH, herd.campaign.species) ?? 0;
  if (each === 0) return {};
  const first = Math.floor(herd.placed / each);
  const lines = householdsOf(herd, 1).slice(first, first + Math.ceil(plan.count / each));
  return { lines, heads: plan.count };
}

/** Heads of one household's set (plan 9295, II.1.3). */
const EACH: Readonly<Record<string, number>> = { BO: 2, DE: 5 };

/** Pay money of a campaign on to its commune; the bank shows it going out. */
export async function payCommune(
  stage: Stage,
  banks: Banks,
  campaign: DemoCampaign,
  amount: bigint,
  nth: number,
): Promise<void> {
  const day = dayOf(stage.agenda.now());
  const text = `CHI CHUYEN UBND XA DOT ${nth} CD ${campaign.id}`;
  const act = actOf(stage, "committee", day, { "payment-order": `${text} ${amount}` });
  const booked: Booked = must(
    await disburse(stage.official, { ...act, campaign: campaign.id, amount }),
  );
  banks.move("van-dong", -amount, text);
  if (nth === 1) await tell(stage, campaign.id, "disbursed", { entry: booked.entry });
}

/** What stands on an account. */
export async function balance(stage: Stage, account: string): Promise<bigint> {
  const state = await stage.official.write(({ ledger }) => ledger.state(account));
  return state ? balanceOf(state) : 0n;
}

/** Code of the commune that answers for a campaign on the day of the clock. */
export async function communeNow(stage: Stage, campaign: DemoCampaign): Promise<string> {
  const unit = await stage.official.write(({ places }) =>
    communeOn(places, campaign, dayOf(stage.agenda.now())),
  );
  if (!unit) throw new Error(`${campaign.id} has no commune`);
  return unit.code;
}

async function communeAccount(stage: Stage, campaign: DemoCampaign): Promise<string> {
  return accountCode.commune(await communeNow(stage, campaign), campaign.id);
}

function purchaseNumber(herd: Herd): string {
  return `P${String(herd.purchases).padStart(2, "0")}`;
}
