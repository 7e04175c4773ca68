/**
 * What waits for somebody: every matter that some act would move on, as far as this person may do that act there. The home of
 * the office lists them; a kind of matter is one query of `db/stores/waiting.ts` and one line in `locales/<language>/office-home.json`.
 */
import { type Day, dayOf, daysBetween, type Seconds } from "../kernel/calendar.ts";
import { may, type Person, type Subject } from "./may.ts";
import type { OfficeAct } from "./office-act.ts";

const WAITING_KINDS = [
  "role-approve",
  "draft-finish",
  "draft-opine",
  "draft-review",
  "order-change",
  "order-approve",
  "order-book",
  "attention",
  "pledge-confirm",
  "account-approve",
  "promise-confirm",
  "progress-late",
  "list-opine",
  "list-decide",
  "list-post",
  "notice-down",
  "notice-confirm",
  "objection-answer",
  "group-decide",
  "request-answer",
  "request-act",
  "request-erase",
  "duplicate-judge",
] as const;
type WaitingKind = (typeof WAITING_KINDS)[number];

/** One matter that waits for whoever may do `act` about `subject`. */
export interface Matter {
  readonly kind: WaitingKind;
  /** Any of them moves it on. */
  readonly acts: readonly OfficeAct[];
  readonly subject: Subject;
  /** What the page's address takes: an id of an order, of a draft, of a person. */
  readonly id: string;
  /** What it is called, as the office knows it: a title, a name, a number. */
  readonly title: { readonly vi: string; readonly en: string };
  /** đồng, where it is about money. */
  readonly amount: bigint | null;
  /** Since when it waits. */
  readonly since: Seconds;
  /** Day it was due; null where nothing says. */
  readonly dueOn: Day | null;
}

/** Reading everything that waits, for whomever. */
export interface Waiting {
  matters(day: Day): Promise<Matter[]>;
}

/** Days a matter without a due day may wait before it counts as late: two weeks, as for a paper without a legal term. */
const WAITS_AT_MOST = 14;

/** Days by which a matter is late on a day: past its due day, or past the time anything may wait. 0: it is not. */
export function daysLate({ dueOn, since }: Pick<Matter, "dueOn" | "since">, today: Day): number {
  const late =
    dueOn === null ? daysBetween(dayOf(since), today) - WAITS_AT_MOST : daysBetween(dueOn, today);
  return Math.max(0, late);
}

/** What waits for this person: what is late first, then what waits longest. */
export async function waitingFor(
  { waiting, now }: { readonly waiting: Waiting; now(): Seconds },
  person: Person,
): Promise<Matter[]> {
  const today = dayOf(now());
  const matters = await waiting.matters(today);
  const late = (matter: Matter) => Number(daysLate(matter, today) > 0);
  return matters
    .filter(({ acts, subject }) => acts.some((act) => may(person, act, subject).ok))
    .toSorted((a, b) => late(b) - late(a) || a.since - b.since);
}
