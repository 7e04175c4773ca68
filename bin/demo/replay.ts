import { own } from "#app/domain/kernel/own.ts";
import { openCampaign } from "#app/domain/campaigns/open-campaign.ts";
import type { Campaigns } from "#app/domain/campaigns/ports.ts";
import { addDays, type Day, startOf } from "#app/domain/kernel/calendar.ts";
import type { GivingTerms } from "#app/domain/pledges/make-pledge.ts";
import { must } from "#app/domain/kernel/result.ts";
import { drawReferenceCode, type DrawSigns } from "#app/domain/kernel/reference-code.ts";
import type { Unit } from "#app/domain/places/unit.ts";
import type { Database } from "#db/client.ts";
import { officialWriting, sealedOver } from "#db/stores/acts.ts";
import { bankStatementsStore } from "#db/stores/bank-statements.ts";
import { campaignStore } from "#db/stores/campaigns.ts";
import { contentChanged, DEMO_MARK } from "#db/stores/content-version.ts";
import { gatewayActs, gatewayRefundsStore } from "#db/stores/gateway-refunds.ts";
import { attentionStore, inboxStore } from "#db/stores/inbox.ts";
import { type RunningIntake, startIntake } from "#db/stores/intake.ts";
import { openingsStore } from "#db/stores/openings.ts";
import { paymentsStore } from "#db/stores/payments.ts";
import { placesStore } from "#db/stores/places.ts";
import { registerStore } from "#db/stores/register.ts";
import { registerImportsStore } from "#db/stores/register-imports.ts";
import { rulesStore } from "#db/stores/rules.ts";
import { pledgeStore } from "#db/stores/pledges.ts";

import { communeCommittee } from "#db/seeds/organisations.ts";
import { seedPlan } from "#db/seeds/plan.ts";
import { openActors } from "./actors.ts";
import { type Agenda, agenda } from "./agenda.ts";
import { openBanks } from "./banks.ts";
import { type Breeding, openBreeding } from "./breeding.ts";
import { CAMPAIGNS, type DemoCampaign } from "./campaign-plans.ts";
import { TEXTS } from "./campaign-texts.ts";
import { openGateways } from "./gateways.ts";
import { LAST_DAY } from "./gift-plan.ts";
import { scheduleGiving, scheduleOpenPromises } from "./giving.ts";
import { PURCHASES } from "./herd-plan.ts";
import { type Herd, schedulePurchases } from "./herds.ts";
import { scheduleLosses } from "./losses.ts";
import { scheduleOddGifts } from "./odd-gifts.ts";
import {
  scheduleCloses,
  scheduleMerger,
  scheduleMistake,
  scheduleRest,
  scheduleSurplus,
} from "./offices.ts";
import { rememberPlaces, remembering, withPlaces } from "./remembered-places.ts";
import { openHeadNames } from "./names.ts";
import { openPapers } from "./papers.ts";
import { type Chance, chance } from "./random.ts";
import { at, OFFICE, type ReplayTools, type Stage } from "./stage.ts";
import { roadsOf } from "./villages/road-plan.ts";
import { scheduleRoad } from "./villages/walk.ts";

/** The seed of the demonstration: change it and another country of invented people appears. */
const SEED = "ketnghia 9295";
/** Day on which the replay begins. */
const FIRST_DAY = "2022-03-01";

/** What a replay did. */
export interface Replayed {
  readonly acts: number;
  readonly gifts: number;
  readonly entries: number;
}

/**
 * Perform the plan from 2022 to today in an empty, migrated database, through the same verbs, imports and notices as the
 * running site, with a set clock and a seeded chance: the same seed gives the same bytes on every database. `lastDay` stops
 * it early, for tests.
 */
export async function replay(
  db: Database,
  tools: ReplayTools,
  lastDay: Day = LAST_DAY,
): Promise<Replayed> {
  await seedPlan(db);
  const clock = agenda(startOf(FIRST_DAY));
  const all = chance(SEED);
  const salts = all.stream("salts of entries");
  const making = {
    now: clock.now,
    sha256: tools.sha256,
    randomHex: (n: number) => salts.hex(n),
    sealing: tools.sealing,
  };
  const intake = await startIntake(db, {
    ...making,
    onTrouble: (error) => {
      throw error;
    },
  });
  try {
    const placesOf = await rememberPlaces(db);
    const stage = stageOver({ db, tools, all, clock, intake, placesOf, making });
    const { planned, herds } = await schedule(stage);
    // The mark by which every page says that its people are invented; first, so that a broken-off replay has it too.
    await contentChanged(db, DEMO_MARK);
    const acts = await clock.runUntil(at(addDays(lastDay, 1), 15 * 3600 + 1800));
    if (lastDay === LAST_DAY) boughtAsPlanned(herds);
    return { acts, gifts: planned, entries: await entriesOf(db) };
  } finally {
    await intake.stop();
  }
}

interface Making {
  readonly db: Database;
  readonly tools: ReplayTools;
  readonly all: Chance;
  readonly clock: Agenda;
  readonly intake: RunningIntake;
  readonly placesOf: ReadonlyMap<string, Unit[]>;
  readonly making: {
    readonly now: () => number;
    readonly sha256: ReplayTools["sha256"];
    readonly randomHex: (bytes: number) => string;
    readonly sealing: ReplayTools["sealing"];
  };
}

const ID_SIGNS = "abcdefghijklmnopqrstuvwxyz234567";

function stageOver({ db, tools, all, clock, intake, placesOf, making }: Making): Stage {
  const signs = all.stream("reference codes");
  const drawSigns: DrawSigns = (count) => Array.from({ length: count }, () => signs.whole(0, 31));
  const posters = all.stream("campaign codes");
  const papers = all.stream("salts of papers");
  const drawPoster: DrawSigns = (count) =>
    Array.from({ length: count }, () => posters.whole(0, 31));
  const objections = all.stream("codes of objections");
  const drawObjection: DrawSigns = (count) =>
    Array.from({ length: count }, () => objections.whole(0, 31));
  const ids = all.stream("ids of the register and of lists");
  const newId = () => Array.from({ length: 26 }, () => ID_SIGNS[ids.whole(0, 31)]).join("");
  const filed = all.stream("salts of files");
  const actors = openActors(LAST_DAY);
  const official = actors.writing(withPlaces(officialWriting(db, making), placesOf));
  return {
    db,
    tools,
    chance: all,
    chanceOfActs: all.stream("acts"),
    agenda: clock,
    official,
    services: {
      official,
      now: clock.now,
      sha256: tools.sha256,
      newId,
      sealed: sealedOver(db, making),
      rules: rulesStore(db),
      drawSigns: drawObjection,
      register: registerStore(db),
      registerImports: registerImportsStore(db),
      readBook: tools.readBook,
      // Nobody waits for a replay.
      giveWay: async () => undefined,
    },
    actors,
    papers: openPapers({
      sha256: tools.sha256,
      randomHex: (bytes) => filed.hex(bytes),
      now: clock.now,
      newId,
      ...(tools.files ? { files: tools.files } : {}),
    }),
    headNames: openHeadNames(),
    campaigns: CAMPAIGNS,
    posterCodes: new Map(CAMPAIGNS.map(({ id }) => [id, drawReferenceCode(drawPoster)])),
    payments: {
      now: clock.now,
      // Nobody waits for a replay.
      giveWay: async () => undefined,
      sha256: tools.sha256,
      randomHex: (bytes) => papers.hex(bytes),
      drawSigns,
      intake,
      payments: paymentsStore(db),
      inbox: inboxStore(db, clock.now),
      attention: attentionStore(db, clock.now),
      openings: openingsStore(db),
      places: remembering(placesStore(db), placesOf),
      rules: rulesStore(db),
      bankStatements: bankStatementsStore(db),
      gatewayRefunds: gatewayRefundsStore(db),
      gatewayActs: gatewayActs(db, making),
      pledges: pledgeStore(db),
      vnpay: tools.vnpay,
      stripe: tools.stripe,
      qrPicture: () => "",
      qrFile: async () => "",
    },
    termsOf: remembered(campaignStore(db)),
  };
}

/**
 * Pledges ask for a campaign's days only, which do not change here: each page is read once. The progress statements of
 * these years are filed after the replay (`office-twinning.ts`), so nothing is held up for the want of one.
 */
function remembered(campaigns: Campaigns): (campaign: string) => Promise<GivingTerms> {
  const terms = new Map<string, Promise<GivingTerms>>();
  const read = async (id: string) => {
    const page = await campaigns.bySlug(TEXTS[id]?.slug ?? "");
    if (!page) throw new Error(`${id} is not published`);
    return { ...page, progress: { ...page.progress, everyDays: [] } };
  };
  return (id) => {
    const known = terms.get(id) ?? read(id);
    terms.set(id, known);
    return known;
  };
}

/** The texts of the campaigns tell how many were handed over: a plan that ran short must not go unseen. */
function boughtAsPlanned(herds: readonly Herd[]): void {
  const short = herds.flatMap(({ campaign, bought }) => {
    const plan = (PURCHASES[campaign.id] ?? []).filter(({ open }) => !open);
    const planned = plan.reduce((sum, { count }) => sum + count, 0);
    return bought.length === planned ? [] : [`${campaign.id}: ${bought.length} of ${planned}`];
  });
  if (short.length > 0) throw new Error(`bought less than planned: ${short.join(", ")}`);
}

async function schedule(stage: Stage): Promise<{ planned: number; herds: readonly Herd[] }> {
  const banks = await openBanks(stage);
  const gateways = openGateways(stage, banks);
  const herds: Herd[] = [];
  for (const campaign of stage.campaigns) {
    stage.agenda.add(at(addDays(campaign.startsOn, -4), OFFICE.morning), () =>
      open(stage, campaign),
    );
    const district = districtOf(campaign);
    herds.push({
      campaign,
      district,
      rounds: new Map(),
      bought: [],
      last: 0,
      purchases: 0,
      placed: 0,
    });
  }
  scheduleCloses(stage, banks);
  for (const { campaign, district, rounds } of herds) {
    for (const plan of roadsOf(campaign)) {
      scheduleRoad(stage, campaign, district, plan, (founded) => rounds.set(plan.round, founded));
    }
  }
  const breeding: Breeding = openBreeding(stage, herds);
  for (const herd of herds) schedulePurchases(stage, banks, herd, breeding.expect);
  scheduleLosses(stage, banks, herds, breeding);
  scheduleMerger(stage);
  scheduleSurplus(stage);
  scheduleRest(stage);
  scheduleMistake(stage, banks);
  const giving = scheduleGiving(stage, banks, gateways);
  scheduleOpenPromises(stage);
  scheduleOddGifts(stage, banks, gateways, giving.lost);
  return { planned: giving.planned, herds };
}

async function open(stage: Stage, campaign: DemoCampaign): Promise<void> {
  const text = TEXTS[campaign.id];
  if (!text) throw new Error(`no texts for ${campaign.id}`);
  const breeds = campaign.species === "BO" || campaign.species === "DE";
  const publishedOn = addDays(campaign.startsOn, -4);
  must(
    await openCampaign(stage.official, {
      ...text,
      id: campaign.id,
      model: campaign.model,
      species: campaign.species,
      commune: campaign.commune,
      households: campaign.households,
      needs: campaign.needs,
      startsOn: campaign.startsOn,
      endsOn: campaign.endsOn,
      bankAccount: campaign.account === "appeal" ? "van-dong" : campaign.account,
      code: stage.posterCodes.get(campaign.id) ?? "",
      twin: campaign.twin,
      responsible: communeCommittee(campaign.commune, campaign.communeFrom),
      publishedBy: campaign.publishedBy,
      publishedOn,
      decisionNumber: campaign.decisionNumber,
      decisionDate: addDays(publishedOn, -9),
      passOnHeads: breeds ? 1 : 0,
      passOnAgeDays: campaign.species === "BO" ? 365 : campaign.species === "DE" ? 180 : 0,
      surplusTo: null,
    }),
  );
}

/** Mountain district of 2024 of each campaign's commune. */
const DISTRICTS: Readonly<Record<string, string>> = {
  MC1: "505",
  TH1: "504",
  PL1: "511",
  DT1: "510",
  TB1: "515",
  TL1: "516",
  KD1: "505",
  TR1: "511",
  GR1: "504",
  LD1: "510",
  VM1: "505",
  SG1: "515",
  TG1: "515",
  TT1: "516",
};

function districtOf({ id }: DemoCampaign): string {
  const district = own(DISTRICTS, id);
  if (district === undefined) throw new Error(`no district for ${id}`);
  return district;
}

async function entriesOf(db: Database): Promise<number> {
  const [row] = await db.rows<{ next_entry: bigint }>(`select next_entry from ledger_head`);
  return Number(row?.next_entry ?? 1n) - 1;
}
