import type { DemoCampaign } from "../campaign-plans.ts";
import type { Stage } from "../stage.ts";
import { commit, type FoundedRound, found, train } from "./founding.ts";
import {
  anewAfterDeclined,
  compileRoad,
  decideRoad,
  linesInForce,
  opineOn,
  submitRoad,
} from "./listing.ts";
import { scheduleMeetings } from "./meetings.ts";
import { answer, objectOnline, objectOnPaper } from "./objecting.ts";
import { bringDown, confirm, post, tornDown } from "./posting.ts";
import { decline, scheduleRequests } from "./requests.ts";
import { HOURS, openRoad, type Road } from "./road.ts";
import { type RoadPlan, STEPS } from "./road-plan.ts";

/** Days that a list takes more when it hangs a second time for all its days. */
const AGAIN = 12;

/** Put the whole road of a list on the agenda; `founded` is told of the households when their groups are there. */
export function scheduleRoad(
  stage: Stage,
  campaign: DemoCampaign,
  district: string,
  plan: RoadPlan,
  founded: (round: FoundedRound) => void,
): void {
  const road = openRoad(stage, campaign, district, plan);
  scheduleRequests(road);
  scheduleMeetings(road);
  road.on(STEPS.compiled, HOURS.morning, () => compileRoad(road));
  if (plan.stop === "compiling") return;
  road.on(STEPS.compiled, HOURS.afternoon, () => submitRoad(road));
  road.on(STEPS.twinSays, HOURS.morning, async () => opineOn(road, (await road.offices()).twin));
  if (plan.stop === "submitted") return;
  road.on(STEPS.frontSays, HOURS.morning, async () => opineOn(road, (await road.offices()).front));
  road.on(STEPS.decided, HOURS.morning, () => decideRoad(road));
  road.on(STEPS.posted, HOURS.morning, () => post(road));
  scheduleStories(road);
  if (plan.stop === "hanging") return;
  const again = road.tells("torn-down") || road.tells("declined") ? AGAIN : 0;
  road.on(STEPS.down + again, HOURS.morning, () => bringDown(road));
  road.on(STEPS.confirmed + again, HOURS.morning, () => confirm(road));
  road.on(STEPS.founded + again, HOURS.morning, async () => {
    const round = await found(road);
    founded(round);
    road.on(STEPS.committed + again, HOURS.morning, () => commit(road, round.groups));
    road.on(STEPS.trained + again, HOURS.morning, () => train(road, round.groups));
  });
}

function scheduleStories(road: Road): void {
  if (road.tells("objection-upheld")) {
    road.on(STEPS.objected, HOURS.noon, async () => {
      const code = await objectOnline(road);
      road.on(STEPS.answered, HOURS.morning, () => answer(road, code, "line-leaves"));
    });
    scheduleAnew(road);
  }
  if (road.tells("objection-refused")) {
    road.on(STEPS.objected, HOURS.noon, async () => {
      const code = await objectOnPaper(road);
      road.on(STEPS.answered, HOURS.morning, () => answer(road, code, "conditions-met"));
    });
  }
  // Two days after it was put up: the demonstration ends before it is answered.
  if (road.tells("objection-open")) {
    road.on(STEPS.posted + 2, HOURS.noon, async () => void (await objectOnline(road)));
  }
  if (road.tells("torn-down")) {
    road.on(STEPS.objected, HOURS.morning, () => tornDown(road));
    road.on(STEPS.objected + 1, HOURS.morning, () => post(road));
  }
  if (road.tells("declined")) {
    road.on(STEPS.objected, HOURS.noon, async () => {
      const line = (await linesInForce(road)).findLast(({ reserve }) => !reserve);
      await decline(road, line?.registration ?? "");
      await anewAfterDeclined(road);
    });
    scheduleAnew(road);
  }
}

/** A version more is handed in, decided and put up. */
function scheduleAnew(road: Road): void {
  road.on(STEPS.answered, HOURS.noon, () => submitRoad(road));
  road.on(STEPS.answered + 1, HOURS.morning, async () => {
    const { twin, front } = await road.offices();
    await opineOn(road, twin);
    await opineOn(road, front);
  });
  road.on(STEPS.decidedAgain, HOURS.morning, () => decideRoad(road));
  road.on(STEPS.postedAgain, HOURS.morning, () => post(road));
}
