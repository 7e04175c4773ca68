import { type Day, dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { inForce } from "./organisation.ts";
import type { PeopleNeeds } from "./propose-role.ts";
import { ROLE_HOMES } from "./role-rules.ts";

/** As whom `bin/grant` acts: no person, and no id that a person could have. */
export const SET_UP = "bin/grant";

/** Roles that nobody can give while nobody has them: one proposes, the other approves. */
export const FIRST_ROLES = ["administrator", "committee-leader"] as const;
export type FirstRole = (typeof FIRST_ROLES)[number];

export type FirstGrantProblem =
  | { code: "grant.held-already"; role: FirstRole; holders: number }
  | { code: "grant.unknown-organisation" }
  | { code: "grant.wrong-organisation"; organisation: string };

/**
 * Give the first administrator, or the first committee leader, by hand from the machine the site runs on. Refused as soon as
 * somebody holds the role, except in a recovery, which says why: both stand in the audit trail.
 */
export async function firstGrant(
  { official, now }: PeopleNeeds,
  given: {
    readonly id: string;
    readonly person: string;
    readonly role: FirstRole;
    readonly organisation: string;
    /** First day on which it counts; today where none is said. */
    readonly from?: Day;
    /** Why, when somebody holds the role already; undefined: refuse then. */
    readonly recovery: string | undefined;
  },
): Promise<Result<{ grant: string }, FirstGrantProblem>> {
  const at = now();
  const today = dayOf(at);
  return official.write(async ({ people, audit }) => {
    const holders = await people.holders(given.role, today);
    if (holders.length > 0 && given.recovery === undefined) {
      return no({ code: "grant.held-already", role: given.role, holders: holders.length });
    }
    const organisation = await people.organisation(given.organisation);
    if (!organisation) return no({ code: "grant.unknown-organisation" });
    const { kinds } = ROLE_HOMES[given.role];
    if (!kinds.includes(organisation.kind) || !inForce(organisation, today)) {
      return no({ code: "grant.wrong-organisation", organisation: organisation.id });
    }
    await people.propose({
      id: given.id,
      person: given.person,
      role: given.role,
      organisation: organisation.id,
      place: null,
      from: given.from ?? today,
      to: null,
      proposedBy: SET_UP,
      proposedAt: at,
    });
    await people.step(given.id, 1, { state: "approved", by: SET_UP, at });
    await audit.add({
      act: "role.approve",
      subjectKind: "grant",
      subject: given.id,
      outcome: "done",
      facts: {
        by: SET_UP,
        person: given.person,
        role: given.role,
        organisation: organisation.id,
        ...(given.recovery === undefined ? {} : { recovery: given.recovery }),
      },
      person: null,
      grant: null,
      role: null,
      organisation: null,
    });
    return ok({ grant: given.id });
  });
}
