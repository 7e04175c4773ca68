import type { Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { subjectOfHousehold } from "./household.ts";
import {
  DUPLICATE_DECISIONS,
  DUPLICATE_REASONS,
  type DuplicateCheck,
  type DuplicateMatch,
  type Match,
} from "./matters.ts";
import { type Marks, sameName } from "./names.ts";
import type { KeyProblem, PersonalData } from "./personal-data.ts";
import type { AlikeHousehold, Register, RegisterNeeds, RegisterStores } from "./ports.ts";

/** A household as it is compared. */
export interface Compared extends Marks {
  readonly id: string;
  readonly name: string;
  /** Code of its commune. */
  readonly commune: string;
}

/** Matches by the name alone that are proposed for one household, at most: in a whole province many are called the same. */
const MOST_BY_NAME = 20;

/** What is equal in a household and a candidate, whose name was opened. */
export function matchesOf(one: Compared, other: AlikeHousehold, name: string): Match[] {
  const found: Match[] = [];
  if (one.bookMark !== null && one.bookMark === other.bookMark) found.push("book");
  if (one.phoneMark !== null && one.phoneMark === other.phoneMark) found.push("phone");
  const same = one.nameMark === other.nameMark ? sameName(one.name, name) : undefined;
  if (same) found.push(same);
  return found;
}

/** Whether what is equal is worth a look: a name alone is not, where each has its own book in the same commune. */
export function isWorthALook(
  one: Omit<Compared, "id" | "name">,
  other: Pick<AlikeHousehold, "bookMark" | "communes" | "commune">,
  matches: readonly Match[],
): boolean {
  if (matches.length === 0) return false;
  if (!isByName(matches)) return true;
  const here = other.communes.includes(one.commune) || other.commune === one.commune;
  return !here || one.bookMark === null || other.bookMark === null;
}

const isByName = (matches: readonly Match[]) =>
  matches.every((match) => match === "name" || match === "spelling");

/**
 * Propose what may be a duplicate of a household that was just registered, corrected or read in: whoever it has a book, phone or
 * name in common with, in whatever commune, campaign or round. A person judges.
 */
export async function proposeDuplicates(
  { register, sealed }: Pick<RegisterStores, "register" | "sealed">,
  households: readonly Compared[],
  { at, newId }: { readonly at: Seconds; newId(): string },
): Promise<Result<number, KeyProblem>> {
  const byId = new Map(households.map((one) => [one.id, one]));
  const candidates = await register.alike(households);
  const names = await namesOf(sealed, candidates);
  if (!names.ok) return names;
  const proposed: DuplicateMatch[] = [];
  for (const one of byId.values()) {
    let byName = 0;
    for (const other of candidates) {
      if (other.id === one.id) continue;
      const matches = matchesOf(one, other, names.value.get(other.id) ?? "");
      if (!isWorthALook(one, other, matches)) continue;
      if (isByName(matches)) {
        byName += 1;
        if (byName > MOST_BY_NAME) continue;
      }
      // Of two that came together, each would propose the other.
      if (byId.has(other.id) && other.id > one.id) continue;
      proposed.push({ id: newId(), one: other.id, other: one.id, matches, proposedAt: at });
    }
  }
  return ok(await register.propose(proposed));
}

async function namesOf(
  sealed: RegisterStores["sealed"],
  candidates: readonly AlikeHousehold[],
): Promise<Result<ReadonlyMap<string, string>, KeyProblem>> {
  const names = new Map<string, string>();
  for (const { id, sealed: text } of candidates) {
    const opened = await sealed.open(text);
    if (!opened.ok) return opened;
    names.set(id, (JSON.parse(opened.value) as PersonalData).name);
  }
  return ok(names);
}

export type JudgeProblem =
  | MayProblem
  | { code: "duplicate.unknown" }
  | { code: "duplicate.judged-already" }
  | { code: "duplicate.no-decision"; field: "decision" }
  | { code: "duplicate.no-reason"; field: "reason" };

/** Judge a match: two households, one, or one that may take part twice. Both rows stay, and so does the match. */
export async function judgeDuplicate(
  needs: RegisterNeeds,
  person: Person,
  wish: { readonly check: string; readonly decision: string; readonly reason: string },
): Promise<Result<DuplicateCheck, JudgeProblem>> {
  const decision = DUPLICATE_DECISIONS.find((one) => one === wish.decision);
  const reasons: readonly string[] = decision ? DUPLICATE_REASONS[decision] : [];
  return carryOut(needs, person, {
    find: async ({ register }) => {
      const check = await register.check(wish.check);
      return ok({ check, subject: check && (await subjectOfCheck(register, check)) });
    },
    right: (now, { subject }) => rightTo(now, "register.judge", subject),
    work: async ({ stores: { register }, found: { check }, at }) => {
      if (!check) return no({ code: "duplicate.unknown" });
      if (check.decision !== null) return no({ code: "duplicate.judged-already" });
      if (!decision) return no({ code: "duplicate.no-decision", field: "decision" });
      if (!reasons.includes(wish.reason))
        return no({ code: "duplicate.no-reason", field: "reason" });
      const judged: DuplicateCheck = {
        ...check,
        decision,
        reason: wish.reason,
        decidedBy: person.id,
        decidedAt: at,
      };
      await register.judge(judged);
      const facts = { decision, reason: wish.reason, one: check.one, other: check.other };
      return done(judged, { kind: "duplicate", id: check.id, facts });
    },
  });
}

/** A match is the matter of the communes of both households. */
async function subjectOfCheck(
  register: Pick<Register, "household">,
  { one, other }: Pick<DuplicateMatch, "one" | "other">,
) {
  const found = await Promise.all([register.household(one), register.household(other)]);
  const both = found.flatMap((household) => (household ? [household] : []));
  const [first] = both;
  return {
    ...(first ? subjectOfHousehold(first) : {}),
    communes: both.flatMap(({ communes }) => communes),
  };
}
