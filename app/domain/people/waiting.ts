/**
 * What waits for somebody: every matter that some act would move on, as far as this person may do that act there. The home of
 * the office lists them; a kind of matter is one query of `db/stores/waiting.ts` and one line in `locales/<language>/office-home.json`.
 */
import { type Day, dayOf, type Seconds } from "../kernel/calendar.ts";
import { may, type Person, type Subject } from "./may.ts";
import type { OfficeAct } from "./office-act.ts";

export const WAITING_KINDS = [
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
] as const;
export type WaitingKind = (typeof WAITING_KINDS)[number];

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

/** What waits for this person: what is late first, then what waits longest. */
export async function waitingFor(
  { waiting, now }: { readonly waiting: Waiting; now(): Seconds },
  person: Person,
): Promise<Matter[]> {
  const matters = await waiting.matters(dayOf(now()));
  return matters
    .filter(({ acts, subject }) => acts.some((act) => may(person, act, subject).ok))
    .toSorted((a, b) => Number(b.dueOn !== null) - Number(a.dueOn !== null) || a.since - b.since);
}
