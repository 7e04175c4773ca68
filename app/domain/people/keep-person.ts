import type { Seconds } from "../kernel/calendar.ts";
import type { EmailProblem } from "../kernel/email.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { noteOf } from "./audit.ts";
import { carryOut, done, nothing, rightTo } from "./carry-out.ts";
import type { MayProblem, Person } from "./may.ts";
import type { PeopleNeeds } from "./propose-role.ts";
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
  const permitted = await carryOut(needs, person, {
    find: nothing,
    right: (now) => rightTo(now, "person.keep"),
    work: async ({ grant }) => done(grant),
  });
  if (!permitted.ok) return permitted;
  const name = tidy(given.name);
  if (name === "" || name.length > LONGEST_NAME) return no({ code: "people.no-name" });
  // Accounts are kept by their own adapter, outside our transaction; an account alone opens no door. What it made is noted
  // under the right it was asked for with, also where that was withdrawn meanwhile.
  const enrolled = await needs.accounts.enrolment.enrol({ ...given, name });
  if (!enrolled.ok) return enrolled;
  const subject = { kind: "person", id: enrolled.value.id };
  await needs.official.write(({ audit }) =>
    audit.add(noteOf(person, permitted.value, "person.keep", subject, { new: true })),
  );
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
  const helped = await carryOut(needs, person, {
    find: nothing,
    right: (now) => rightTo(now, "person.keep"),
    work: async () =>
      // Whoever holds one factor of an administrator must not be able to drop the other.
      help === "clear-factor" && whom === person.id
        ? no({ code: "people.not-for-oneself" })
        : done(undefined, { kind: "person", id: whom, facts: { help } }),
  });
  if (!helped.ok) return helped;
  const { enrolment } = needs.accounts;
  await (help === "invite" ? enrolment.invite(whom) : enrolment.clearFactor(whom));
  return ok(undefined);
}
