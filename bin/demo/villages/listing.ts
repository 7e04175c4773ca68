import { must } from "#app/domain/kernel/result.ts";
import { beginList, submitList } from "#app/domain/lists/compile-list.ts";
import { decideList } from "#app/domain/lists/decide-list.ts";
import { giveListOpinion } from "#app/domain/lists/give-list-opinion.ts";
import { beginAnew } from "#app/domain/lists/list-anew.ts";
import {
  atWork,
  inForce,
  type ListLine,
  type ListVersion,
} from "#app/domain/lists/list-version.ts";
import type { Person } from "#app/domain/people/may.ts";

import type { Road } from "./road.ts";

/** The version that somebody works at, as a form sees it. */
async function seen(road: Road): Promise<ListVersion> {
  const versions = await road.stage.official.write(({ lists }) => lists.versions(road.list));
  const version = atWork(versions);
  if (!version) throw new Error(`nobody works at ${road.list}`);
  return version;
}

/** The version in force. */
export async function versionInForce(road: Road): Promise<ListVersion> {
  const versions = await road.stage.official.write(({ lists }) => lists.versions(road.list));
  const version = inForce(versions);
  if (!version) throw new Error(`${road.list} is not decided`);
  return version;
}

/** Lines of the version in force, by place. */
export async function linesInForce(road: Road): Promise<ListLine[]> {
  const { version } = await versionInForce(road);
  return road.stage.official.write(({ lists }) => lists.lines(road.list, version));
}

/** The clerk puts the list together from the meetings. */
export async function compileRoad(road: Road): Promise<void> {
  const { clerk } = await road.offices();
  const { campaign, plan, stage } = road;
  const begun = must(
    await beginList(stage.services, clerk, { campaign: campaign.id, round: plan.round }),
  );
  const refused = road.tells("duplicate-refused") ? 1 : 0;
  if (begun.leftOut.length !== refused) {
    throw new Error(`${road.list} leaves out ${JSON.stringify(begun.leftOut)}`);
  }
}

/** The clerk hands it in. */
export async function submitRoad(road: Road): Promise<void> {
  const { clerk } = await road.offices();
  must(await submitList(road.stage.services, clerk, await seen(road)));
}

/** A body beside the commune says what it thinks of it. */
export async function opineOn(road: Road, person: Person): Promise<void> {
  const version = await seen(road);
  const wish = {
    ...version,
    agrees: "yes",
    text: "Đã đối chiếu biên bản họp thôn, thống nhất danh sách.",
  };
  must(await giveListOpinion(road.stage.services, person, wish));
}

/** The leader of the commune decides. */
export async function decideRoad(road: Road): Promise<void> {
  const { leader } = await road.offices();
  const { services, papers } = road.stage;
  const version = await seen(road);
  const decisionNumber = `${road.chance.whole(60, 190)}/QĐ-UBND`;
  const paper = await papers.scan(
    "decision",
    "quyet-dinh-danh-sach",
    `${road.list} version ${version.version}`,
    `Decision ${decisionNumber.replace("Đ", "D")}`,
  );
  const decision = { ...version, decisionNumber, on: road.today() };
  must(await decideList(services, leader, decision, [paper]));
}

/** A clerk begins a version more, as a household declined; a reserve moves up. */
export async function anewAfterDeclined(road: Road): Promise<void> {
  const { clerk } = await road.offices();
  const { version } = await versionInForce(road);
  must(
    await beginAnew(road.stage.services, clerk, { list: road.list, version, reason: "declined" }),
  );
}
