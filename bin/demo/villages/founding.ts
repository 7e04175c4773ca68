import { must } from "#app/domain/kernel/result.ts";
import { draftGroup } from "#app/domain/groups/draft-group.ts";
import { foundGroup } from "#app/domain/groups/found-group.ts";
import { defaultRules } from "#app/domain/groups/group-rules.ts";
import { noteCommitment, noteTraining } from "#app/domain/groups/note-commitment.ts";

import { linesInForce } from "./listing.ts";
import type { Road } from "./road.ts";

/** A group as the replay remembers it. */
export interface FoundedGroup {
  readonly id: string;
  readonly members: readonly string[];
}

/** Households that a list supports, in the order in which they receive, with the groups they are in. */
export interface FoundedRound {
  readonly codes: readonly string[];
  readonly groups: readonly FoundedGroup[];
}

/** A group for each village: drafted by the clerk, founded by the leader of the commune. */
export async function found(road: Road): Promise<FoundedRound> {
  const { clerk, leader } = await road.offices();
  const { services, papers } = road.stage;
  const supported = (await linesInForce(road)).filter(({ reserve }) => !reserve);
  const terms = await services.official.write(({ campaignTerms }) =>
    campaignTerms.terms(road.campaign.id),
  );
  if (!terms) throw new Error(`${road.campaign.id} has no terms`);
  const rules = Object.fromEntries(
    Object.entries(defaultRules(terms)).map(([rule, value]) => [rule, String(value)]),
  );
  const groups: FoundedGroup[] = [];
  for (const village of road.villages) {
    const own = supported.filter((line) => line.village === village.name);
    const elected = own.find((line) => line.leader) ?? own[0];
    const deputy = own.find(({ code }) => code !== elected?.code);
    const members = own.map(({ code }) => code);
    const round = road.plan.round === 1 ? "" : `, vòng ${road.plan.round}`;
    const { group } = must(
      await draftGroup(services, clerk, {
        list: road.list,
        nameVi: `Nhóm hộ ${village.name}${round}`,
        nameEn: `Household group of ${village.name}${round === "" ? "" : `, round ${road.plan.round}`}`,
        members,
        leader: elected?.code ?? "",
        deputy: deputy?.code ?? "",
        rules,
      }),
    );
    const paper = await papers.scan("decision", "thanh-lap-nhom-ho", group);
    must(
      await foundGroup(services, leader, {
        group,
        decisionNumber: `${road.chance.whole(12, 150)}/QĐ-UBND`,
        on: road.today(),
        papers: [paper],
      }),
    );
    groups.push({ id: group, members });
  }
  return { codes: supported.map(({ code }) => code), groups };
}

/** Households sign their commitments. */
export async function commit(road: Road, groups: readonly FoundedGroup[]): Promise<void> {
  const { clerk } = await road.offices();
  const { services, papers } = road.stage;
  for (const { id, members } of groups) {
    const paper = await papers.scan("minutes", "ban-cam-ket", id);
    const note = { group: id, households: members, on: road.today(), language: "vi" };
    must(await noteCommitment(services, clerk, { ...note, papers: [paper] }));
  }
}

/** Barn and vaccination are taught before anything comes. */
export async function train(road: Road, groups: readonly FoundedGroup[]): Promise<void> {
  const { clerk } = await road.offices();
  for (const { id, members } of groups) {
    for (const topic of ["barn", "vaccination"]) {
      const present = Math.max(1, members.length - road.chance.whole(0, 2));
      const note = { group: id, topic, on: road.today(), trainer: "Cán bộ thú y xã", present };
      must(await noteTraining(road.stage.services, clerk, note));
    }
  }
}
