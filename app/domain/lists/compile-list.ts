import { dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo, type TrailNote } from "../people/carry-out.ts";
import type { Person } from "../people/may.ts";
import {
  compile,
  countingMeetings,
  type LeftOut,
  linesWithout,
  MOST_CODES,
  withCodes,
} from "./compile.ts";
import {
  type AtList,
  keepVersion,
  type ListAsSeen,
  type ListRefusal,
  noteOfList,
  withCompiler,
  workOnList,
} from "./list-verb.ts";
import { type ListLine, listId, type ListVersion, WHYS } from "./list-version.ts";
import { type ListPlace, placeOfCampaign, subjectOfList } from "./place.ts";
import type { ListServices, ListStores } from "./ports.ts";

export type CompileProblem =
  | ListRefusal
  | { code: "list.no-campaign"; campaign: string }
  | { code: "list.no-norm" }
  | { code: "list.no-meeting" }
  | { code: "list.empty" }
  /** There is one already: it is changed by a new version. */
  | { code: "list.there" }
  | { code: "list.codes-used-up" };

/** A list as it was put together. */
export interface CompiledList {
  readonly list: string;
  readonly version: number;
  readonly leftOut: readonly { readonly registration: string; readonly why: LeftOut }[];
}

/** Put the first version of a list together from the meetings of the round. */
export async function beginList(
  services: ListServices,
  person: Person,
  wish: { readonly campaign: string; readonly round: number },
): Promise<Result<CompiledList, CompileProblem>> {
  return carryOut(services, person, {
    find: async (stores, today) => {
      const place = await placeOfCampaign(stores, wish.campaign, today);
      return place ? ok(place) : no({ code: "list.no-campaign", campaign: wish.campaign });
    },
    right: (now, place) => rightTo(now, "list.compile", subjectOfList(place)),
    work: async ({ stores, found: place }) => {
      const list = listId(wish.campaign, wish.round);
      const before = await stores.lists.versions(list);
      if (before.some(({ state }) => state !== "dropped")) return no({ code: "list.there" });
      const made = await compiledLines(services, stores, place, wish.round);
      if (!made.ok) return made;
      const version: ListVersion = {
        ...newVersion(services, list, wish, before),
        compiledBy: [person.id],
      };
      await stores.lists.addVersion(version);
      await stores.lists.keepLines(list, version.version, made.value.lines);
      const { lines, leftOut } = made.value;
      const facts = { step: "begun", lines: lines.length };
      return done({ list, version: version.version, leftOut }, noteOfList(version, facts));
    },
  });
}

/** A version that nobody worked at yet. */
export function newVersion(
  services: Pick<ListServices, "now">,
  list: string,
  { campaign, round }: { readonly campaign: string; readonly round: number },
  before: readonly ListVersion[],
): ListVersion {
  return {
    list,
    version: (before.at(-1)?.version ?? 0) + 1,
    campaign,
    round,
    state: "compiling",
    reason: null,
    revision: 1,
    compiledBy: [],
    submittedOn: null,
    decidedBy: null,
    decidedOn: null,
    decisionNumber: null,
    paper: null,
    sheetNumber: null,
    checksum: null,
    entry: null,
    changedAt: services.now(),
  };
}

/** Put the version that is compiled together anew: registrations, site checks and meetings may say something else by now. */
export function compileAgain(
  services: ListServices,
  person: Person,
  seen: ListAsSeen,
): Promise<Result<CompiledList, CompileProblem>> {
  const asked = { act: "list.compile", states: ["compiling"] } as const;
  return workOnList<CompiledList, CompileProblem>(services, person, asked, seen, async (at) => {
    const made = await compiledLines(services, at.stores, at.place, at.version.round);
    if (!made.ok) return made;
    const note = await writeLines(services, at, made.value.lines, "compiled");
    const { list, version } = at.version;
    return done({ list, version, leftOut: made.value.leftOut }, note);
  });
}

async function compiledLines(
  services: ListServices,
  stores: ListStores,
  { campaign }: ListPlace,
  round: number,
): Promise<Result<{ lines: ListLine[]; leftOut: CompiledList["leftOut"] }, CompileProblem>> {
  const norm = await stores.campaignTerms.norm(campaign.species, dayOf(services.now()));
  if (!norm) return no({ code: "list.no-norm" });
  const meetings = countingMeetings(await stores.lists.meetings(campaign.id, round));
  if (meetings.length === 0) return no({ code: "list.no-meeting" });
  const held = [];
  for (const meeting of meetings) {
    held.push({ meeting, votes: await stores.lists.votes(meeting.id) });
  }
  const candidates = await stores.lists.candidates(campaign.id, round);
  const byId = new Map(candidates.map((one) => [one.registration, one]));
  const { lines, leftOut } = compile(held, byId, norm);
  if (lines.length === 0) return no({ code: "list.empty" });
  const last = await stores.lists.lastCode(campaign.id);
  const known = await stores.lists.codes(campaign.id);
  if (last + lines.length > MOST_CODES) return no({ code: "list.codes-used-up" });
  return ok({ lines: withCodes(campaign.id, lines, known, last, services.newId), leftOut });
}

/** Write lines anew; answers its line for the audit trail. */
async function writeLines(
  services: ListServices,
  at: AtList,
  lines: readonly ListLine[],
  step: string,
): Promise<TrailNote> {
  const { list, version } = at.version;
  await at.stores.lists.keepLines(list, version, lines);
  await keepVersion(services, at, { compiledBy: withCompiler(at.version, at.person) });
  return noteOfList(at.version, { step, lines: lines.length });
}

/** One line changed by hand. */
export interface LineChange extends ListAsSeen {
  readonly code: string;
  /** Heads, at most as the norm says; 0: the line leaves, and the first reserve moves up. */
  readonly heads: number;
  readonly why: string;
}

export type ChangeProblem =
  | ListRefusal
  | { code: "list.no-line"; line: string }
  | { code: "list.bad-heads"; most: number }
  | { code: "list.bad-why" }
  | { code: "list.no-norm" }
  | { code: "list.empty" };

/** Change the level of one line, or take it off. */
export function changeLine(
  services: ListServices,
  person: Person,
  change: LineChange,
): Promise<Result<{ readonly code: string }, ChangeProblem>> {
  const asked = { act: "list.compile", states: ["compiling"] } as const;
  return workOnList<{ code: string }, ChangeProblem>(
    services,
    person,
    asked,
    change,
    async (at) => {
      const { list, version } = at.version;
      const lines = await at.stores.lists.lines(list, version);
      const line = lines.find(({ code }) => code === change.code);
      if (!line) return no({ code: "list.no-line", line: change.code });
      const norm = await at.stores.campaignTerms.norm(at.place.campaign.species, at.today);
      if (!norm) return no({ code: "list.no-norm" });
      const { heads } = change;
      if (!Number.isInteger(heads) || heads < 0 || heads > norm.perHousehold) {
        return no({ code: "list.bad-heads", most: norm.perHousehold });
      }
      const why = WHYS.find((one) => one === change.why);
      if (!why) return no({ code: "list.bad-why" });
      const changed =
        heads === 0
          ? linesWithout(lines, new Set([line.code]))
          : lines.map((one) =>
              one.code === line.code
                ? { ...one, heads, why, amount: norm.unitPrice * BigInt(heads) }
                : one,
            );
      if (changed.every(({ reserve }) => reserve)) return no({ code: "list.empty" });
      return done({ code: line.code }, await writeLines(services, at, changed, "line-changed"));
    },
  );
}

/** Hand a compiled list in: those beside the commune give their opinions, and somebody else decides. */
export function submitList(
  services: ListServices,
  person: Person,
  seen: ListAsSeen,
): Promise<
  Result<
    { readonly version: number },
    CompileProblem | { code: "list.not-fit-any-more"; lines: number }
  >
> {
  const asked = { act: "list.compile", states: ["compiling"] } as const;
  type Problem = CompileProblem | { code: "list.not-fit-any-more"; lines: number };
  return workOnList<{ version: number }, Problem>(services, person, asked, seen, async (at) => {
    const { list, version, campaign, round } = at.version;
    const lines = await at.stores.lists.lines(list, version);
    const gone = await notFitNow(at.stores, lines, campaign, round);
    if (gone.length > 0) return no({ code: "list.not-fit-any-more", lines: gone.length });
    await keepVersion(services, at, {
      state: "submitted",
      submittedOn: at.today,
      compiledBy: withCompiler(at.version, person),
    });
    const facts = { step: "submitted", lines: lines.length };
    return done({ version }, noteOfList(at.version, facts));
  });
}

/** Lines whose household may not be on the list any more: withdrawn, found unfit, or a match came up. */
export async function notFitNow(
  stores: Pick<ListStores, "lists">,
  lines: readonly ListLine[],
  campaign: string,
  round: number,
): Promise<ListLine[]> {
  const candidates = new Map(
    (await stores.lists.candidates(campaign, round)).map((one) => [one.registration, one]),
  );
  return lines.filter(({ registration }) => {
    const one = candidates.get(registration);
    return (
      !one ||
      one.erased ||
      one.state !== "open" ||
      one.fit === false ||
      one.doubtful ||
      one.objected
    );
  });
}

/** Give a version up before it was decided. The one in force stays. */
export function dropList(
  services: ListServices,
  person: Person,
  seen: ListAsSeen,
): Promise<Result<{ readonly version: number }, ListRefusal>> {
  const asked = { act: "list.compile", states: ["compiling"] } as const;
  return workOnList(services, person, asked, seen, async (at) => {
    await keepVersion(services, at, {
      state: "dropped",
      compiledBy: withCompiler(at.version, person),
    });
    const facts = { step: "dropped" };
    return done({ version: at.version.version }, noteOfList(at.version, facts));
  });
}
