import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { isDay } from "../kernel/calendar.ts";
import { must, no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import {
  isQuorate,
  type Meeting,
  type MeetingVote,
  quorumOf,
  rankVotes,
  type Tie,
  TIES,
  type TypedVote,
  type VoteProblem,
  WAYS,
} from "./meeting.ts";
import { fileSubjectOfList, placeOfCampaign, subjectOfList } from "./place.ts";
import type { Candidate, ListServices } from "./ports.ts";
import { CAPACITIES } from "./capacity.ts";

/** A meeting as the clerk's form tells it. */
export interface MeetingWish {
  /** Made with the form: it becomes the meeting's id. */
  readonly key: string;
  readonly campaign: string;
  readonly round: number;
  readonly village: string;
  readonly onDay: string;
  readonly place: string;
  readonly called: number;
  readonly present: number;
  readonly places: number;
  readonly way: string;
  readonly chair: string;
  readonly secretary: string;
  readonly repeats: string | null;
  readonly tie: string | null;
  readonly leader: string | null;
  readonly deputy: string | null;
  readonly votes: readonly TypedVote[];
}

export type MeetingProblem =
  | MayProblem
  | VoteProblem
  | { code: "list.no-campaign"; campaign: string }
  | { code: "list.bad-day" }
  | { code: "list.no-paper" }
  | { code: "meeting.key-used" }
  | { code: "meeting.no-village" }
  | { code: "meeting.no-place" }
  | { code: "meeting.bad-counts" }
  | { code: "meeting.bad-way" }
  | { code: "meeting.bad-capacity" }
  | { code: "meeting.same-hands" }
  | { code: "meeting.not-registered" }
  /** Too few came: there is nothing to vote. */
  | { code: "meeting.votes-without-quorum"; share: number }
  | { code: "meeting.bad-repeat" }
  /** A meeting without quorum of this village waits to be named. */
  | { code: "meeting.repeat-not-named" }
  | { code: "meeting.bad-leader" };

const LONGEST = 160;
const MOST_HOUSEHOLDS = 5_000;

/** Record a village meeting with its minutes. One without quorum is recorded too, without votes. */
export async function recordMeeting(
  services: Pick<ListServices, "official" | "now">,
  person: Person,
  wish: MeetingWish,
  files: readonly PreparedFile[],
): Promise<Result<{ readonly id: string; readonly quorate: boolean }, MeetingProblem>> {
  return carryOut(services, person, {
    find: async (stores, today) => {
      const place = await placeOfCampaign(stores, wish.campaign, today);
      return place ? ok(place) : no({ code: "list.no-campaign", campaign: wish.campaign });
    },
    right: (now, place) => rightTo(now, "meeting.record", subjectOfList(place)),
    work: async ({ stores, found: place, at, today }) => {
      const before = await stores.lists.meeting(wish.key);
      if (before) {
        return before.notedBy === person.id && before.village === tidy(wish.village)
          ? done({ id: before.id, quorate: before.quorate })
          : no({ code: "meeting.key-used" });
      }
      const facts = meetingFacts(wish, today);
      if ("problem" in facts) return no(facts.problem);
      const share = quorumOf(await stores.rules.on("meetings.quorum", facts.onDay));
      const quorate = isQuorate(facts, share);
      const earlier = await stores.lists.meetings(wish.campaign, wish.round);
      const repeat = wrongRepeat(wish.repeats, facts, earlier);
      if (repeat) return no(repeat);
      const candidates = await stores.lists.candidates(wish.campaign, wish.round);
      const ranked = votesOf(wish, facts, { quorate, share, candidates });
      if ("problem" in ranked) return no(ranked.problem);
      const [paper] = files;
      if (!paper) return no({ code: "list.no-paper" });
      const meeting: Meeting = {
        ...facts,
        id: wish.key,
        quorate,
        repeats: wish.repeats,
        tie: quorate ? facts.tie : null,
        leader: quorate ? wish.leader : null,
        deputy: quorate ? wish.deputy : null,
        minutes: paper.id,
        notedBy: person.id,
        notedAt: at,
      };
      await stores.lists.keepMeeting(meeting, ranked.votes);
      const { id, called, present } = meeting;
      const { campaign, round } = wish;
      const told = { campaign, round, called, present, quorate, votes: ranked.votes.length };
      const subject = fileSubjectOfList("meeting", id, place);
      return ok({
        value: { id, quorate },
        notes: [{ kind: "meeting", id, facts: told }],
        // Whoever records a meeting may file its minutes there: refused here, nothing of the act may stay.
        follows: async () => void must(await keepFiles(stores, person, files, subject, at)),
      });
    },
  });
}

type MeetingFacts = Pick<
  Meeting,
  | "campaign"
  | "round"
  | "village"
  | "onDay"
  | "place"
  | "called"
  | "present"
  | "places"
  | "way"
  | "chair"
  | "secretary"
  | "tie"
>;

function meetingFacts(
  wish: MeetingWish,
  today: string,
): MeetingFacts | { readonly problem: MeetingProblem } {
  const village = tidy(wish.village);
  const where = tidy(wish.place);
  if (village === "" || village.length > LONGEST)
    return { problem: { code: "meeting.no-village" } };
  if (!isDay(wish.onDay) || wish.onDay > today) return { problem: { code: "list.bad-day" } };
  if (where === "" || where.length > LONGEST) return { problem: { code: "meeting.no-place" } };
  const { called, present, places } = wish;
  const counts = [called, present, places].every(Number.isInteger);
  const fit = called > 0 && called <= MOST_HOUSEHOLDS && present >= 0 && present <= called;
  if (!counts || !fit || places < 1 || places > called) {
    return { problem: { code: "meeting.bad-counts" } };
  }
  const way = WAYS.find((one) => one === wish.way);
  if (!way) return { problem: { code: "meeting.bad-way" } };
  const known = new Set<string>(CAPACITIES);
  if (!known.has(wish.chair) || !known.has(wish.secretary)) {
    return { problem: { code: "meeting.bad-capacity" } };
  }
  const tie: Tie | null = TIES.find((one) => one === wish.tie) ?? null;
  return {
    campaign: wish.campaign,
    round: wish.round,
    village,
    onDay: wish.onDay,
    place: where,
    called,
    present,
    places,
    way,
    chair: wish.chair,
    secretary: wish.secretary,
    tie,
  };
}

/** A meeting held again names the one without quorum, and only such a one. */
function wrongRepeat(
  repeats: string | null,
  { village, onDay }: Pick<Meeting, "village" | "onDay">,
  earlier: readonly Meeting[],
): MeetingProblem | undefined {
  const here = earlier.filter((one) => one.village === village);
  const named = new Set(here.map((one) => one.repeats));
  const waiting = here.filter(({ quorate, id }) => !quorate && !named.has(id));
  if (repeats === null) {
    return waiting.length > 0 ? { code: "meeting.repeat-not-named" } : undefined;
  }
  const fits = waiting.some((one) => one.id === repeats && one.onDay <= onDay);
  return fits ? undefined : { code: "meeting.bad-repeat" };
}

function votesOf(
  wish: MeetingWish,
  facts: MeetingFacts,
  of: {
    readonly quorate: boolean;
    readonly share: number;
    readonly candidates: readonly Candidate[];
  },
): { readonly votes: readonly MeetingVote[] } | { readonly problem: MeetingProblem } {
  if (!of.quorate) {
    return wish.votes.length > 0
      ? { problem: { code: "meeting.votes-without-quorum", share: of.share } }
      : { votes: [] };
  }
  const here = new Set(
    of.candidates
      .filter(({ village, state }) => village === facts.village && state === "open")
      .map(({ registration }) => registration),
  );
  if (!wish.votes.every(({ registration }) => here.has(registration))) {
    return { problem: { code: "meeting.not-registered" } };
  }
  const ranked = rankVotes(wish.votes, facts);
  if ("problem" in ranked) return ranked;
  const voted = new Set(wish.votes.map(({ registration }) => registration));
  const elected = [wish.leader, wish.deputy].filter((one) => one !== null);
  const fits = elected.every((one) => voted.has(one)) && new Set(elected).size === elected.length;
  return fits && (wish.leader !== null || wish.deputy === null)
    ? ranked
    : { problem: { code: "meeting.bad-leader" } };
}
