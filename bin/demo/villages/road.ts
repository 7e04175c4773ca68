import { addDays, type Day, dayOf } from "#app/domain/kernel/calendar.ts";
import type { Role } from "#app/domain/people/role.ts";
import type { Person } from "#app/domain/people/may.ts";
import { unitOn } from "#app/domain/places/succession.ts";
import type { Unit } from "#app/domain/places/unit.ts";
import { COMMITTEE, COMMITTEE_AFTER, communeCommittee } from "#db/seeds/organisations.ts";
import { MERGER } from "#db/seeds/places.ts";

import type { DemoCampaign } from "../campaign-plans.ts";
import type { Chance } from "../random.ts";
import { at, OFFICE, type Stage } from "../stage.ts";
import { frontOf, keepBody } from "./bodies.ts";
import type { RoadPlan, Story } from "./road-plan.ts";

/** Households in one village, and in its group; the last may have fewer. */
const VILLAGE_SIZE = 10;

/** A request that came, as the replay remembers it. */
export interface Asked {
  readonly household: string;
  readonly registration: string;
}

/** A village with the households that asked, the elected leader first. */
export interface Village {
  readonly n: number;
  readonly name: string;
  /** Households it chooses. */
  readonly places: number;
  asked: readonly Asked[];
}

/** Who of the offices walks a road: those of the commune of the day. */
export interface Offices {
  readonly unit: Unit;
  readonly clerk: Person;
  readonly leader: Person;
  readonly front: Person;
  readonly twin: Person;
}

/** One road with what it came to so far. */
export interface Road {
  readonly stage: Stage;
  readonly campaign: DemoCampaign;
  readonly district: string;
  readonly plan: RoadPlan;
  /** `LD1-r1` */
  readonly list: string;
  readonly villages: readonly Village[];
  readonly chance: Chance;
  /** The notice that hangs. */
  notice: string;
  /** Add an act `days` after the first request. */
  on(days: number, seconds: number, act: () => Promise<void>): void;
  /** The day that is `days` after the first request. */
  dayOf(days: number): Day;
  /** Today. */
  today(): Day;
  offices(): Promise<Offices>;
  tells(story: Story): boolean;
}

/** Set a road out. */
export function openRoad(
  stage: Stage,
  campaign: DemoCampaign,
  district: string,
  plan: RoadPlan,
): Road {
  const list = `${campaign.id}-r${plan.round}`;
  const count = Math.ceil(plan.households / VILLAGE_SIZE);
  const villages = Array.from({ length: count }, (_, v) => ({
    n: v + 1,
    name: `Thôn ${v + 1}`,
    places: Math.floor(plan.households / count) + (v < plan.households % count ? 1 : 0),
    asked: [],
  }));
  const dayAfter = (days: number) => addDays(plan.begins, days);
  // A commune changes once in these years.
  const offices = new Map<string, Promise<Offices>>();
  const today = () => dayOf(stage.agenda.now());
  return {
    stage,
    campaign,
    district,
    plan,
    list,
    villages,
    chance: stage.chance.stream(`households ${list}`),
    notice: "",
    on: (days, seconds, act) => stage.agenda.add(at(dayAfter(days), seconds), act),
    dayOf: dayAfter,
    today,
    offices() {
      const period = today() < MERGER ? "before" : "after";
      const known = offices.get(period) ?? officesOf(stage, campaign, today());
      offices.set(period, known);
      return known;
    },
    tells: (story) => plan.stories.includes(story),
  };
}

async function officesOf(stage: Stage, campaign: DemoCampaign, day: Day): Promise<Offices> {
  const { commune, communeFrom } = campaign;
  const { lineage, twin } = await stage.official.write(async ({ places, lists }) => ({
    lineage: await places.lineage(commune, communeFrom),
    twin: (await lists.offices(campaign.id))?.twin ?? campaign.twin,
  }));
  const unit = lineage[0] && unitOn(lineage, lineage[0], day);
  if (!unit) throw new Error(`${campaign.id} has no commune on ${day}`);
  const inCommune = (role: Role) =>
    stage.actors.acting(role, communeCommittee(unit.code, unit.validFrom), unit.code);
  const body = frontOf(unit);
  const committee = day < MERGER ? COMMITTEE : COMMITTEE_AFTER;
  await keepBody(stage.services, stage.actors.acting("administrator", committee), unit, body);
  return {
    unit,
    clerk: inCommune("commune-clerk"),
    leader: inCommune("commune-leader"),
    front: stage.actors.acting("front-officer", body.id, unit.code),
    twin: stage.actors.acting("twin-officer", twin),
  };
}

/** Morning, noon and afternoon of the offices. */
export const HOURS = OFFICE;
