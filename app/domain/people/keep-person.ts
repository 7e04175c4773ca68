import type { Seconds } from "../kernel/calendar.ts";
import { dayOf } from "../kernel/calendar.ts";
import type { EmailProblem } from "../kernel/email.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { type AuditFacts, noteOf } from "./audit.ts";
import { mayNow } from "./may-now.ts";
import type { MayProblem, Person } from "./may.ts";
import type { PeopleNeeds } from "./propose-role.ts";
import type { Grant } from "./role.ts";
import type { Enrolment } from "./sign-in.ts";

/** What keeping people needs beside their roles. */
export interface PersonNeeds extends PeopleNeeds {
  readonly accounts: { readonly enrolment: Enrolment };
  now(): Seconds;
}

export type EnrolProblem =
  | MayProblem
  | EmailProblem
  | { code: "people.email-taken" | "people.no-name" };

const LONGEST_NAME = 120;

/** Give somebody an account of the office and send the letter that lets them set a password. They may do nothing yet. */
export async function enrolPerson(
  needs: PersonNeeds,
  person: Person,
  given: { readonly name: string; readonly email: string; readonly locale: "vi" | "en" },
): Promise<Result<{ person: string }, EnrolProblem>> {
  const permitted = await permittedNow(needs, person);
  if (!permitted.ok) return permitted;
  const name = tidy(given.name);
  if (name === "" || name.length > LONGEST_NAME) return no({ code: "people.no-name" });
  // Accounts are kept by their own adapter, outside our transaction; an account alone opens no door.
  const enrolled = await needs.accounts.enrolment.enrol({ ...given, name });
  if (!enrolled.ok) return enrolled;
  await told(needs, person, permitted.value, enrolled.value.id, { new: true });
  await needs.accounts.enrolment.invite(enrolled.value.id);
  return ok({ person: enrolled.value.id });
}

/** Help somebody to sign in: send the invitation again, or clear a second factor that was lost. */
export async function helpPerson(
  needs: PersonNeeds,
  person: Person,
  whom: string,
  help: "invite" | "clear-factor",
): Promise<Result<undefined, MayProblem | { code: "people.not-for-oneself" }>> {
  const permitted = await permittedNow(needs, person);
  if (!permitted.ok) return permitted;
  // Whoever holds one factor of an administrator must not be able to drop the other.
  if (help === "clear-factor" && whom === person.id) return no({ code: "people.not-for-oneself" });
  await told(needs, person, permitted.value, whom, { help });
  const { enrolment } = needs.accounts;
  await (help === "invite" ? enrolment.invite(whom) : enrolment.clearFactor(whom));
  return ok(undefined);
}

function permittedNow({ official, now }: PersonNeeds, person: Person) {
  return official.write(({ people }) =>
    mayNow(people, person, "person.keep", undefined, dayOf(now())),
  );
}

function told(
  { official }: PersonNeeds,
  person: Person,
  grant: Grant,
  whom: string,
  facts: AuditFacts,
): Promise<void> {
  return official.write(({ audit }) =>
    audit.add(noteOf(person, grant, "person.keep", { kind: "person", id: whom }, facts)),
  );
}
