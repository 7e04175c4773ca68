import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { EntryDraft, EntryKind } from "../ledger/entry.ts";
import type { BookedMovement } from "../ledger/movement.ts";
import type { Reason } from "../ledger/reasons.ts";
import type { BookedEntry, Ledger, PostProblem } from "../ledger/ports.ts";
import { evidenceOf, type Openings, type SealedPaper } from "./paper.ts";

/** What every official act carries, whatever it moves. */
export interface Act {
  /** Made before the first attempt, by the form of the person acting; the same act never gets a second one. */
  readonly key: string;
  /** When it happened, by its paper. */
  readonly on: Day;
  /** The office acting, never a person: `committee`, `commune:20446`. */
  readonly role: string;
  readonly papers: readonly SealedPaper[];
  /** Needed when late. */
  readonly reason?: Reason;
}

/** An act as booked. */
export interface Booked {
  readonly entry: number;
  /** The same act had been booked before; nothing new was written. */
  readonly again: boolean;
  readonly movements: readonly BookedMovement[];
}

/** One database transaction around `work`: everything it wrote stands, or nothing. */
export interface Writing<Stores> {
  write<Value>(work: (stores: Stores) => Promise<Value>): Promise<Value>;
}

/** What booking needs inside a transaction. */
export interface ActStores {
  readonly ledger: Ledger;
  readonly openings: Openings;
}

/** Book an act as one entry and keep what opens its papers. A refusal writes nothing. */
export async function bookAct(
  { ledger, openings }: ActStores,
  act: Act,
  kind: EntryKind,
  rest: Omit<EntryDraft, "key" | "kind" | "effectiveOn" | "evidence" | "role">,
): Promise<Result<Booked, PostProblem>> {
  const posted = await ledger.post({
    reason: act.reason,
    ...rest,
    key: act.key,
    kind,
    effectiveOn: act.on,
    role: act.role,
    evidence: evidenceOf(act.papers),
  });
  if (!posted.ok) return posted;
  const { number: entry, again, movements } = posted.value;
  if (!again) await openings.keep(act.papers);
  return ok({ entry, again, movements });
}

/**
 * The entry of an act that was booked before; undefined when its key is new. For acts whose legs follow from where money
 * rests: done again, they would find it moved. A key used for something else (`isSame` says no) is a conflict.
 */
export async function bookedBefore(
  { ledger }: Pick<ActStores, "ledger">,
  { key }: Pick<Act, "key">,
  isSame: (entry: BookedEntry) => boolean,
): Promise<Result<Booked, PostProblem> | undefined> {
  const entry = await ledger.byKey(key);
  if (!entry) return undefined;
  return isSame(entry)
    ? ok({ entry: entry.number, again: true, movements: entry.movements })
    : no({ code: "ledger.key-conflict", entry: entry.number });
}
