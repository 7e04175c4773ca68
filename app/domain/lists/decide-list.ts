import { keepFiles, type PreparedFile } from "../files/add-files.ts";
import { daysBetween, isDay } from "../kernel/calendar.ts";
import { must, no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { type EntryFacts, LATE_AFTER_DAYS } from "../ledger/entry.ts";
import type { PostProblem } from "../ledger/ports.ts";
import { done } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { KeyProblem } from "../register/personal-data.ts";
import { bookFiled } from "../acts/matter.ts";
import { checksumOf, type SheetLine } from "./checksum.ts";
import { notFitNow } from "./compile-list.ts";
import { endReplaced } from "./end-notice.ts";
import {
  type AtList,
  keepVersion,
  type ListAsSeen,
  type ListRefusal,
  noteOfList,
  workOnList,
} from "./list-verb.ts";
import { inForce, type ListLine, type ListVersion, totalsOf } from "./list-version.ts";
import { fileSubjectOfList, roleOf } from "./place.ts";
import type { ListServices } from "./ports.ts";

/** Why a list goes back to who compiled it. */
export const BACK_REASONS = ["opinion", "line-wrong", "paper-wrong", "meeting-wrong"] as const;

/** Send a submitted list back: it is compiled again. */
export function sendListBack(
  services: ListServices,
  person: Person,
  wish: ListAsSeen & { readonly reason: string },
): Promise<Result<{ readonly version: number }, ListRefusal | { code: "list.bad-reason" }>> {
  const asked = { act: "list.decide", states: ["submitted"] } as const;
  type Problem = ListRefusal | { code: "list.bad-reason" };
  return workOnList<{ version: number }, Problem>(services, person, asked, wish, async (at) => {
    const reason = BACK_REASONS.find((one) => one === wish.reason);
    if (!reason) return no({ code: "list.bad-reason" });
    await keepVersion(services, at, { state: "compiling", submittedOn: null });
    const facts = { step: "sent-back", reason };
    return done({ version: at.version.version }, noteOfList(at.version, facts));
  });
}

/** The decision on a list, by its paper. */
export interface ListDecision extends ListAsSeen {
  readonly decisionNumber: string;
  /** Day on the paper. */
  readonly on: string;
}

export type DecideProblem =
  | ListRefusal
  | MayProblem
  | KeyProblem
  | PostProblem
  | { code: "list.no-decision" }
  | { code: "list.bad-day" }
  | { code: "list.no-paper" }
  | { code: "list.not-fit-any-more"; lines: number }
  /** Names that were erased since: there is no sheet to decide on. */
  | { code: "list.no-name"; lines: number };

const LONGEST_NUMBER = 120;

/**
 * Decide a list: it is in force, and the one before it is replaced. Its checksum over the sheet with names is published with
 * codes, heads and amounts, and with nothing that says who anybody is.
 */
export function decideList(
  services: ListServices,
  person: Person,
  decision: ListDecision,
  files: readonly PreparedFile[],
): Promise<Result<{ readonly version: ListVersion }, DecideProblem>> {
  const asked = { act: "list.decide", states: ["submitted"] } as const;
  type Value = { readonly version: ListVersion };
  return workOnList<Value, DecideProblem>(services, person, asked, decision, async (at) => {
    const { stores, place, today } = at;
    const { list, version: n, campaign, round } = at.version;
    const decisionNumber = tidy(decision.decisionNumber);
    const fits = decisionNumber !== "" && decisionNumber.length <= LONGEST_NUMBER;
    if (!fits) return no({ code: "list.no-decision" });
    const { on } = decision;
    if (!isDay(on) || on > today) return no({ code: "list.bad-day" });
    const [paper] = files;
    if (!paper) return no({ code: "list.no-paper" });
    const lines = await stores.lists.lines(list, n);
    const gone = await notFitNow(stores, lines, campaign, round);
    if (gone.length > 0) return no({ code: "list.not-fit-any-more", lines: gone.length });
    const named = await namedLines(at, lines);
    if (!named.ok) return named;
    const sheetNumber = services.newId();
    const sheet = { list, version: n, sheet: sheetNumber, lines: named.value };
    const checksum = checksumOf(services.sha256, sheet);

    const before = inForce(at.versions);
    const role = roleOf(place);
    if (before) {
      await keepVersion(services, { stores, version: before }, { state: "replaced" });
      const ended = await endReplaced(services, { stores, person, role, list, on: today });
      if (!ended.ok) return ended;
    }
    const late = daysBetween(on, today) > LATE_AFTER_DAYS;
    const booked = await bookFiled(
      stores,
      {
        key: `list-decided:${list}:${n}`,
        on,
        role,
        evidence: [{ kind: "decision", digest: paper.digest }],
      },
      {
        kind: "list-decided",
        legs: [],
        facts: decidedFacts({ list, version: n, checksum }, lines),
        ...(late ? { reason: "papers-late" } : {}),
      },
    );
    if (!booked.ok) return booked;
    const version = await keepVersion(services, at, {
      state: "decided",
      decidedBy: person.id,
      decidedOn: on,
      decisionNumber,
      paper: paper.id,
      sheetNumber,
      checksum,
      entry: booked.value.entry,
    });
    const facts = { step: "decided", entry: booked.value.entry, checksum };
    const subject = fileSubjectOfList("list", list, place);
    return ok({
      value: { version },
      notes: [noteOfList(version, facts)],
      // Whoever decides may file the paper there: refused here, nothing of the act may stay.
      follows: async () => void must(await keepFiles(stores, person, files, subject, at.at)),
    });
  });
}

/** The lines with the names that the sheet prints; each look is in the trail. */
async function namedLines(
  { stores, person, grant }: AtList,
  lines: readonly ListLine[],
): Promise<Result<SheetLine[], KeyProblem | { code: "list.no-name"; lines: number }>> {
  const names = await stores.registerNames.ofRegistrations(
    lines.map(({ registration }) => registration),
    { person, grant, act: "list.decide", purpose: "decide" },
  );
  if (!names.ok) return names;
  const named = lines.flatMap((line) => {
    const name = names.value.get(line.registration)?.name;
    return name === undefined ? [] : [{ ...line, name }];
  });
  return named.length === lines.length
    ? ok(named)
    : no({ code: "list.no-name", lines: lines.length - named.length });
}

/** What the entry tells: codes, numbers, sums, and the checksum. */
export function decidedFacts(
  of: { readonly list: string; readonly version: number; readonly checksum: string },
  lines: readonly Pick<ListLine, "code" | "heads" | "amount" | "reserve">[],
): EntryFacts {
  return {
    ...of,
    ...totalsOf(lines),
    lines: lines.map(({ code, heads, amount, reserve }) => ({
      code,
      heads,
      amount,
      ...(reserve ? { reserve } : {}),
    })),
  };
}
