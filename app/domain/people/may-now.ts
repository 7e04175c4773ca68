import type { Day } from "../kernel/calendar.ts";
import type { Result } from "../kernel/result.ts";
import { may, type MayProblem, type Person, type Subject } from "./may.ts";
import type { OfficeAct } from "./office-act.ts";
import type { People } from "./ports.ts";
import type { Grant } from "./role.ts";

/** The person with what they hold now: a role withdrawn a moment ago counts no more. Asked inside the transaction. */
export async function personNow(
  people: Pick<People, "grantsOf">,
  person: Person,
  day: Day,
): Promise<Person> {
  return { ...person, grants: await people.grantsOf(person.id, day) };
}

/**
 * `may`, with what the person holds read again inside the transaction: a role withdrawn since the page was opened, or since
 * the session began, counts no more.
 */
export async function mayNow(
  people: Pick<People, "grantsOf">,
  person: Person,
  act: OfficeAct,
  subject: Subject | undefined,
  day: Day,
): Promise<Result<Grant, MayProblem>> {
  return may(await personNow(people, person, day), act, subject);
}
