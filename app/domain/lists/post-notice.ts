import { bookFiled } from "../acts/matter.ts";
import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { daysBetween, isDay } from "../kernel/calendar.ts";
import { must, no, ok, type Result } from "../kernel/result.ts";
import { LATE_AFTER_DAYS } from "../ledger/entry.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { type ListLine, type ListVersion, readListId } from "./list-version.ts";
import { daysOf, lastDayOf, type Notice, type NoticePlace } from "./notice.ts";
import { fileSubjectOfList, placeOfCampaign, roleOf, subjectOfList } from "./place.ts";
import type { ListServices, ListStores } from "./ports.ts";

/** Days a list hangs where no rule row says so: what the law asks of decisions of the commune. */
const LEAST_DAYS = 20;
const LEAST_AFTER_CHANGE = 3;

/** Putting a list up. */
export interface PostWish {
  /** Made with the form: it becomes the notice's id. */
  readonly key: string;
  readonly list: string;
  readonly version: number;
  /** First day on which it hangs. */
  readonly from: string;
}

export type PostNoticeProblem =
  | MayProblem
  | PostProblem
  | { code: "list.unknown"; list: string }
  | { code: "list.not-decided"; list: string }
  | { code: "office.stale"; version: number }
  | { code: "list.bad-day" }
  | { code: "notice.before-decision" }
  | { code: "notice.hanging" }
  | { code: "notice.whole" }
  | { code: "notice.key-used" };

/**
 * Put the version in force up: at the commune's office, in each village on it, and on the web, for the days that the rules of
 * the first day ask. Photos taken then come with it or later.
 */
export async function postNotice(
  services: ListServices,
  person: Person,
  wish: PostWish,
  files: readonly PreparedFile[] = [],
): Promise<Result<{ readonly id: string; readonly toDay: string }, PostNoticeProblem>> {
  return carryOut(services, person, {
    find: async (stores, today) => {
      const id = readListId(wish.list);
      const place = id && (await placeOfCampaign(stores, id.campaign, today));
      return place ? ok(place) : no({ code: "list.unknown", list: wish.list });
    },
    right: (now, place) => rightTo(now, "notice.post", subjectOfList(place)),
    work: async ({ stores, found: place, at, today }) => {
      const sent = await stores.lists.notice(wish.key);
      if (sent) {
        return sent.list === wish.list && sent.postedBy === person.id
          ? done({ id: sent.id, toDay: sent.toDay })
          : no({ code: "notice.key-used" });
      }
      const version = (await stores.lists.versions(wish.list)).find(
        ({ state }) => state === "decided",
      );
      if (!version) return no({ code: "list.not-decided", list: wish.list });
      if (version.version !== wish.version) {
        return no({ code: "office.stale", version: version.version });
      }
      const notices = await stores.lists.notices(wish.list);
      const wrong = wrongPosting(wish, version, notices, today);
      if (wrong) return no(wrong);
      const toDay = await lastDay(stores, version, notices, wish.from);
      const lines = await stores.lists.lines(wish.list, version.version);
      const [photo] = files;
      const places = placesOf(lines, photo?.id ?? null);
      const facts = {
        list: wish.list,
        version: version.version,
        checksum: version.checksum ?? "",
        from: wish.from,
        to: toDay,
        places: countsOf(places),
      };
      const late = daysBetween(wish.from, today) > LATE_AFTER_DAYS;
      const booked = await bookFiled(
        stores,
        {
          key: `notice:${wish.key}`,
          on: wish.from,
          role: roleOf(place),
          evidence: files.map(({ digest }) => ({ kind: "photo", digest })),
        },
        { kind: "notice-posted", legs: [], facts, ...(late ? { reason: "papers-late" } : {}) },
      );
      if (!booked.ok) return booked;
      await stores.lists.addNotice({
        id: wish.key,
        list: wish.list,
        version: version.version,
        fromDay: wish.from,
        toDay,
        downOn: null,
        endedOn: null,
        outcome: null,
        postedBy: person.id,
        postedAt: at,
        endedBy: null,
        confirmedBy: null,
        postedEntry: booked.value.entry,
        endedEntry: null,
        places,
      });
      const { list, from } = wish;
      const told = { list, version: version.version, from, to: toDay };
      const subject = fileSubjectOfList("notice", wish.key, place);
      return ok({
        value: { id: wish.key, toDay },
        notes: [{ kind: "notice", id: wish.key, facts: told }],
        // Whoever puts a list up may file its photos there: refused here, nothing of the act may stay.
        follows: async () => void must(await keepFiles(stores, person, files, subject, at)),
      });
    },
  });
}

function wrongPosting(
  { from }: PostWish,
  version: ListVersion,
  notices: readonly Notice[],
  today: string,
): PostNoticeProblem | undefined {
  if (!isDay(from) || from > today) return { code: "list.bad-day" };
  if (version.decidedOn !== null && from < version.decidedOn) {
    return { code: "notice.before-decision" };
  }
  if (notices.some(({ outcome }) => outcome === null)) return { code: "notice.hanging" };
  const whole = notices.some((one) => one.version === version.version && one.outcome === "whole");
  return whole ? { code: "notice.whole" } : undefined;
}

async function lastDay(
  stores: Pick<ListStores, "rules">,
  version: ListVersion,
  notices: readonly Notice[],
  from: string,
): Promise<string> {
  const rules = {
    leastDays: daysOf(await stores.rules.on("notices.least-days", from), LEAST_DAYS),
    leastAfterChange: daysOf(
      await stores.rules.on("objections.least-days-after-change", from),
      LEAST_AFTER_CHANGE,
    ),
  };
  // Only an upheld objection lets the days of the notice before count; anything else hangs anew from its first day.
  const earlier =
    version.reason === "objection-upheld"
      ? notices.findLast((one) => one.version < version.version)
      : undefined;
  return lastDayOf(from, rules, earlier);
}

/** The commune's office, each village that has a line, and the web. */
function placesOf(
  lines: readonly Pick<ListLine, "village">[],
  upPhoto: string | null,
): NoticePlace[] {
  const villages = [...new Set(lines.map(({ village }) => village))].toSorted();
  const empty = { upPhoto: null, downPhoto: null, minutes: null, loudspeakerDays: [] };
  return [
    { ...empty, n: 1, kind: "office", place: "", upPhoto },
    ...villages.map((place, at) => ({ ...empty, n: at + 2, kind: "village" as const, place })),
    { ...empty, n: villages.length + 2, kind: "web", place: "" },
  ];
}

function countsOf(places: readonly NoticePlace[]): Record<NoticePlace["kind"], number> {
  const count = (of: NoticePlace["kind"]) => places.filter(({ kind }) => kind === of).length;
  return { office: count("office"), village: count("village"), web: count("web") };
}
