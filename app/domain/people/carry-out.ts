/**
 * How every verb of the office is carried out, told once:
 *
 *   find     what it is about, read inside the transaction
 *   right    by what right the person does it, with the roles held at this moment
 *   work     what stands against it (an old form, a state, the books), and the change
 *   trail    a line of the audit trail, in the same transaction, under that right
 */
import type { Writing } from "../acts/act.ts";
import { type Day, dayOf, type Seconds } from "../kernel/calendar.ts";
import { ok, type Result } from "../kernel/result.ts";
import { type AuditFacts, type AuditTrail, noteOf } from "./audit.ts";
import { may, type MayProblem, type Person, type Subject } from "./may.ts";
import type { OfficeAct } from "./office-act.ts";
import type { People } from "./ports.ts";
import type { Grant } from "./role.ts";

/** What any verb of the office reaches inside its transaction. */
export interface TrailStores {
  readonly people: Pick<People, "grantsOf">;
  readonly audit: AuditTrail;
}

/** What carrying out needs: the transaction and the clock. */
export interface Carrying<Stores> {
  readonly official: Writing<Stores>;
  now(): Seconds;
}

/** By what right something is done. */
export interface Right {
  readonly act: OfficeAct;
  readonly grant: Grant;
}

/** Everything a verb is decided on, read inside its transaction. */
export interface Moment<Stores, Found> extends Right {
  readonly stores: Stores;
  readonly at: Seconds;
  readonly today: Day;
  /** With the roles held at this moment. */
  readonly person: Person;
  readonly found: Found;
}

/** A line for the audit trail: of what, and the facts. */
export interface TrailNote {
  readonly kind: string;
  readonly id: string;
  readonly facts?: AuditFacts;
}

/** What came of it. */
export interface Done<Value> {
  readonly value: Value;
  /** Empty where nothing new was done: the same form sent twice. */
  readonly notes: readonly TrailNote[];
  /** Where it was done by another right than that to what was found. */
  readonly right?: Right;
  /** What comes after the lines in the trail, in the same transaction, with lines of its own. */
  readonly follows?: () => Promise<void>;
}

/** What a verb says of itself. `Finding` and `Working` are the answers of `find` and `work`. */
interface Undertaking<Stores, Finding, Working> {
  find(stores: Stores, today: Day): Promise<Finding>;
  right(person: Person, found: Gained<Finding>): Result<Right, MayProblem>;
  work(moment: Moment<Stores, Gained<Finding>>): Promise<Working>;
}

type Answer = Result<unknown, { code: string }>;
type Gained<Given> = Given extends { readonly ok: true; readonly value: infer Value }
  ? Value
  : never;
type Refused<Given> = Given extends { readonly ok: false; readonly problem: infer Problem }
  ? Problem
  : never;
type Came<Given> = Gained<Given> extends Done<infer Value> ? Value : never;

/** What carrying out answers: the value of `work`, or what refused on the way to it. */
type Outcome<Finding, Working> =
  | { readonly ok: true; readonly value: Came<Working> }
  | { readonly ok: false; readonly problem: MayProblem | Refused<Finding> | Refused<Working> };

/** Carry out one verb in a transaction of its own. A refusal writes nothing. */
export function carryOut<
  Stores extends TrailStores,
  Finding extends Answer,
  Working extends Result<Done<unknown>, { code: string }>,
>(
  { official, now }: Carrying<Stores>,
  asking: Person,
  undertaking: Undertaking<Stores, Finding, Working>,
): Promise<Outcome<Finding, Working>> {
  return official.write((stores) => carryOutIn(stores, asking, now(), undertaking));
}

/** The same as a part of another act: inside its transaction. */
export async function carryOutIn<
  Stores extends TrailStores,
  Finding extends Answer,
  Working extends Result<Done<unknown>, { code: string }>,
>(
  stores: Stores,
  asking: Person,
  at: Seconds,
  { find, right, work }: Undertaking<Stores, Finding, Working>,
): Promise<Outcome<Finding, Working>> {
  const today = dayOf(at);
  // A role withdrawn since the page was opened, or since the session began, counts no more.
  const person = { ...asking, grants: await stores.people.grantsOf(asking.id, today) };
  const found = await find(stores, today);
  if (!found.ok) return refusal(found.problem);
  const permitted = right(person, found.value as Gained<Finding>);
  if (!permitted.ok) return permitted;
  const moment = { stores, at, today, person, found: found.value as Gained<Finding> };
  const worked = await work({ ...moment, ...permitted.value });
  if (!worked.ok) return refusal(worked.problem);
  const { value, notes, right: taken = permitted.value, follows } = worked.value;
  for (const { kind, id, facts } of notes) {
    await stores.audit.add(noteOf(person, taken.grant, taken.act, { kind, id }, facts));
  }
  await follows?.();
  return { ok: true, value: value as Came<Working> };

  function refusal(problem: { code: string }): Outcome<Finding, Working> {
    return { ok: false, problem: problem as Refused<Finding> | Refused<Working> };
  }
}

/** The right to an act, as the table of permissions says; without a subject: to do it somewhere. */
export function rightTo(
  person: Person | undefined,
  act: OfficeAct,
  subject?: Subject,
): Result<Right, MayProblem> {
  const permitted = may(person, act, subject);
  return permitted.ok ? ok({ act, grant: permitted.value }) : permitted;
}

/** Nothing has to be found first. */
export async function nothing(): Promise<{ readonly ok: true; readonly value: undefined }> {
  return ok(undefined);
}

/** Done, with its lines in the audit trail; without any, nothing new was done. */
export function done<Value>(
  value: Value,
  ...notes: readonly TrailNote[]
): { readonly ok: true; readonly value: Done<Value> } {
  return ok({ value, notes });
}
