import { addDays, type Day } from "../kernel/calendar.ts";
import { FIRST_ROLES, type FirstRole } from "./first-grant.ts";
import { inForce, type Organisation } from "./organisation.ts";
import type { GrantFile } from "./ports.ts";
import { heldOn } from "./role.ts";

/** Why an organisation in which people hold roles cannot be changed as asked. */
export type HeldFault =
  | { readonly code: "organisation.kind-held"; readonly field: "kind" }
  | { readonly code: "organisation.place-held"; readonly field: "place" }
  | { readonly code: "organisation.begins-after-grant"; readonly field: "validFrom" }
  | { readonly code: "organisation.ends-in-past"; readonly field: "validTo" }
  /** Nobody could give or approve a role any more. */
  | { readonly code: "organisation.last-one"; readonly field: "validTo"; readonly role: FirstRole }
  /** So many grants would end with it: that is only done for a body that takes its tasks over. */
  | {
      readonly code: "organisation.successor-needed";
      readonly field: "successor";
      readonly count: number;
    };

/** What everybody holds, or was proposed for, and where. */
interface Held {
  readonly grants: readonly GrantFile[];
  readonly organisations: readonly Organisation[];
  readonly today: Day;
}

/**
 * What is wrong with making `after` of the organisation `before`, as people hold roles in it: its kind and place are those
 * the roles were given for, it does not begin after a role in it did, and it does not end under people in the past, without
 * a successor, or so that nobody is left who could give or approve a role.
 */
export function heldFaults(before: Organisation, after: Organisation, held: Held): HeldFault[] {
  const given = held.grants.filter((one) => one.organisation === before.id && wasGiven(one));
  if (given.length === 0) return [];
  const faults: HeldFault[] = [];
  if (after.kind !== before.kind) faults.push({ code: "organisation.kind-held", field: "kind" });
  if (after.place !== before.place) {
    faults.push({ code: "organisation.place-held", field: "place" });
  }
  const later = after.validFrom > before.validFrom;
  if (later && given.some(({ from }) => from < after.validFrom)) {
    faults.push({ code: "organisation.begins-after-grant", field: "validFrom" });
  }
  const count = given.filter((one) => isCut(one, before, after)).length;
  if (count === 0) return faults;
  if (after.validTo !== null && after.validTo < held.today) {
    faults.push({ code: "organisation.ends-in-past", field: "validTo" });
  } else {
    const role = FIRST_ROLES.find((one) => leavesNobody(one, after, held));
    if (role) faults.push({ code: "organisation.last-one", field: "validTo", role });
  }
  if (after.successor === null) {
    faults.push({ code: "organisation.successor-needed", field: "successor", count });
  }
  return faults;
}

/** A proposal that came to nothing binds nobody. */
function wasGiven({ state, decidedBy }: GrantFile): boolean {
  return state !== "refused" && (state !== "withdrawn" || decidedBy !== null);
}

/** Whether an approved grant would count for less time in `after` than in `before`. */
function isCut(grant: GrantFile, before: Organisation, after: Organisation): boolean {
  const end = lastDay(grant, before);
  return grant.state === "approved" && grant.from <= end && lastDay(grant, after) < end;
}

const NEVER: Day = "9999-12-31";

function lastDay({ to }: GrantFile, { validTo }: Organisation): Day {
  const [first = NEVER] = [to ?? NEVER, validTo ?? NEVER].toSorted();
  return first;
}

/** Whether there is a day from today on that has a holder of `role` now and would have none. */
function leavesNobody(role: FirstRole, after: Organisation, held: Held): boolean {
  const now = new Map(held.organisations.map((one) => [one.id, one]));
  const then = new Map([...now, [after.id, after]]);
  const grants = held.grants.filter((one) => one.state === "approved" && one.role === role);
  const isHeld = (organisations: ReadonlyMap<string, Organisation>, day: Day) =>
    grants.some((one) => {
      const organisation = organisations.get(one.organisation);
      return organisation !== undefined && heldOn(one, day) && inForce(organisation, day);
    });
  // Only on these days does somebody begin or cease to hold it.
  const days = grants.flatMap((one) => {
    const organisation = then.get(one.organisation);
    const ends = [one.to, organisation?.validTo ?? null];
    const began = [one.from, organisation?.validFrom ?? one.from];
    return [...began, ...ends.flatMap((day) => (day === null ? [] : [addDays(day, 1)]))];
  });
  return [held.today, ...days].some(
    (day) => day >= held.today && isHeld(now, day) && !isHeld(then, day),
  );
}
