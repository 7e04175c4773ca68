import type { Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { linesWithout } from "./compile.ts";
import { newVersion, notFitNow } from "./compile-list.ts";
import { noteOfList } from "./list-verb.ts";
import {
  type AnewReason,
  atWork,
  CLERK_REASONS,
  inForce,
  type ListLine,
  type ListVersion,
  readListId,
} from "./list-version.ts";
import { placeOfCampaign, subjectOfList } from "./place.ts";
import type { ListBook, ListServices } from "./ports.ts";

export type AnewProblem =
  | MayProblem
  | { code: "list.unknown"; list: string }
  | { code: "list.not-decided"; list: string }
  | { code: "list.at-work"; version: number }
  | { code: "list.bad-reason" }
  | { code: "list.empty" };

/** What a version after the first is about. */
export interface AnewWish {
  readonly list: string;
  /** Code of the line that leaves; null: the list as it is goes back to the clerk. */
  readonly without: string | null;
  readonly reason: AnewReason;
  readonly at: Seconds;
}

/**
 * A version more of a decided list, in the transaction of `stores`: a copy without the line, the first reserve moved up. Where
 * somebody works at a version already, the line leaves that one, which is compiled again. What is in force stays in force
 * until the new one is decided.
 */
export async function listAnew(
  stores: { readonly lists: ListBook },
  { list, without, reason, at }: AnewWish,
): Promise<Result<ListVersion, AnewProblem>> {
  const versions = await stores.lists.versions(list);
  const id = readListId(list);
  const before = inForce(versions);
  if (!id || versions.length === 0) return no({ code: "list.unknown", list });
  if (!before) return no({ code: "list.not-decided", list });
  const gone = new Set(without === null ? [] : [without]);
  const open = atWork(versions);
  const from = open ?? before;
  const lines = linesWithout(await stores.lists.lines(list, from.version), gone);
  const version: ListVersion = open
    ? { ...open, state: "compiling", submittedOn: null, revision: open.revision + 1, changedAt: at }
    : { ...newVersion({ now: () => at }, list, id, versions), reason };
  await (open ? stores.lists.keepVersion(version) : stores.lists.addVersion(version));
  await stores.lists.keepLines(list, version.version, lines);
  return ok(version);
}

/** A clerk begins a version more: a household declined, or something has to be put right. */
export async function beginAnew(
  services: ListServices,
  person: Person,
  wish: { readonly list: string; readonly version: number; readonly reason: string },
): Promise<Result<ListVersion, AnewProblem | { code: "office.stale"; version: number }>> {
  return carryOut(services, person, {
    find: async (stores, today) => {
      const id = readListId(wish.list);
      const place = id && (await placeOfCampaign(stores, id.campaign, today));
      return id && place ? ok({ id, place }) : no({ code: "list.unknown", list: wish.list });
    },
    right: (now, { place }) => rightTo(now, "list.compile", subjectOfList(place)),
    work: async ({ stores, found: { id }, at }) => {
      const reason = CLERK_REASONS.find((one) => one === wish.reason);
      if (!reason) return no({ code: "list.bad-reason" });
      const versions = await stores.lists.versions(wish.list);
      const open = atWork(versions);
      if (open) return no({ code: "list.at-work", version: open.version });
      const before = inForce(versions);
      if (before && before.version !== wish.version) {
        return no({ code: "office.stale", version: before.version });
      }
      const begun = await listAnew(stores, {
        list: wish.list,
        without: null,
        reason,
        at,
      });
      if (!begun.ok) return begun;
      const lines = await stores.lists.lines(wish.list, begun.value.version);
      const standing = await withoutGone(stores, lines, id);
      if (standing.every(({ reserve }) => reserve)) return no({ code: "list.empty" });
      await stores.lists.keepLines(wish.list, begun.value.version, standing);
      const version = { ...begun.value, compiledBy: [person.id] };
      await stores.lists.keepVersion(version);
      const facts = { step: "anew", reason, lines: standing.length };
      return done(version, noteOfList(version, facts));
    },
  });
}

/** Lines of households that are still there: for those that withdrew or declined the first reserves move up. */
async function withoutGone(
  stores: { readonly lists: ListBook },
  lines: readonly ListLine[],
  { campaign, round }: { readonly campaign: string; readonly round: number },
): Promise<ListLine[]> {
  const gone = await notFitNow(stores, lines, campaign, round);
  return linesWithout(lines, new Set(gone.map(({ code }) => code)));
}
