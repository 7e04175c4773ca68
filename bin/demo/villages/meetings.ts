import { must } from "#app/domain/kernel/result.ts";
import { type MeetingWish, recordMeeting } from "#app/domain/lists/record-meeting.ts";
import { keepWorkingGroup } from "#app/domain/lists/working-group.ts";

import { HOURS, type Road, type Village } from "./road.ts";
import { STEPS } from "./road-plan.ts";

/** The working group of the commune, and a meeting in each village. */
export function scheduleMeetings(road: Road): void {
  if (road.plan.round === 1) road.on(1, HOURS.afternoon, () => workingGroup(road));
  for (const village of road.villages) {
    const failing = road.tells("no-quorum") && village.n === 2;
    const day = STEPS.called + village.n - 1;
    if (!failing) {
      road.on(day, HOURS.afternoon, () => meet(road, village, null));
      continue;
    }
    road.on(day, HOURS.afternoon, async () => {
      const empty = await meetInVain(road, village);
      road.on(STEPS.meetings, HOURS.afternoon, () => meet(road, village, empty));
    });
  }
}

async function workingGroup(road: Road): Promise<void> {
  const { unit, clerk } = await road.offices();
  const { services, papers } = road.stage;
  const kept = await services.official.write(({ lists }) => lists.workingGroups(unit.code));
  if (kept.length > 0) return;
  const decisionNumber = `${road.chance.whole(10, 60)}/QĐ-UBND`;
  const wish = {
    commune: unit.code,
    decisionNumber,
    decisionDate: road.today(),
    members: [
      { body: `Ủy ban nhân dân xã ${unit.name}`, capacity: "chair" },
      { body: `Ủy ban Mặt trận Tổ quốc Việt Nam xã ${unit.name}`, capacity: "front" },
      { body: `Hội Liên hiệp Phụ nữ xã ${unit.name}`, capacity: "women" },
      { body: `Hội Nông dân xã ${unit.name}`, capacity: "farmers" },
      { body: `Đoàn Thanh niên xã ${unit.name}`, capacity: "youth" },
      { body: "Cán bộ thú y xã", capacity: "veterinary" },
      { body: "Đơn vị kết nghĩa", capacity: "twin" },
    ],
  };
  const paper = await papers.scan("decision", "to-cong-tac", `Working group ${decisionNumber}`);
  must(await keepWorkingGroup(services, clerk, wish, [paper]));
}

function wishOf(road: Road, village: Village): MeetingWish {
  const called = village.asked.length * 4 + road.chance.whole(0, 12);
  return {
    key: road.stage.services.newId(),
    campaign: road.campaign.id,
    round: road.plan.round,
    village: village.name,
    onDay: road.today(),
    place: "Nhà sinh hoạt cộng đồng",
    called,
    present: Math.ceil(called * 0.7) + road.chance.whole(0, 3),
    places: village.places,
    way: road.chance.happens(0.5) ? "hands" : "ballots",
    chair: "village",
    secretary: "front",
    repeats: null,
    tie: null,
    leader: null,
    deputy: null,
    votes: [],
  };
}

async function minutes(road: Road, village: Village) {
  return road.stage.papers.scan("minutes", "bien-ban-hop-thon", road.list, `Village ${village.n}`);
}

/** Fewer than half came: noted, without votes. */
async function meetInVain(road: Road, village: Village): Promise<string> {
  const { clerk } = await road.offices();
  const wish = wishOf(road, village);
  const few = { ...wish, present: Math.floor(wish.called * 0.4) };
  const kept = await recordMeeting(road.stage.services, clerk, few, [await minutes(road, village)]);
  return must(kept).id;
}

async function meet(road: Road, village: Village, repeats: string | null): Promise<void> {
  const { clerk } = await road.offices();
  const wish = wishOf(road, village);
  const tied = road.tells("tie") && village.n === 1;
  // The last who is in and the first who is out.
  const edge = new Set([village.places - 1, village.places]);
  const votes = village.asked.map(({ registration }, at) => {
    const equal = tied && edge.has(at);
    const place = equal ? at + 1 : null;
    return { registration, votes: wish.present - 2 * (equal ? village.places : at + 1), place };
  });
  const [leader, deputy] = village.asked;
  const meeting: MeetingWish = {
    ...wish,
    repeats,
    tie: tied ? "need" : null,
    leader: leader?.registration ?? null,
    deputy: village.places > 1 ? (deputy?.registration ?? null) : null,
    votes,
  };
  must(await recordMeeting(road.stage.services, clerk, meeting, [await minutes(road, village)]));
}
