import type { RouterContextProvider } from "react-router";

import { may } from "#app/domain/people/may.ts";

import { servicesContext } from "./services.ts";
import { type Refused, refusalContext, visitorContext } from "./visitor.ts";

/**
 * Answer a form and write down what it was refused: an attempt of somebody signed in as staff is a line of the audit trail,
 * also when nothing else came of it. People without a role, such as donors, are not staff.
 */
export async function keepRefusal(
  context: Readonly<RouterContextProvider>,
  address: string,
  next: () => Promise<Response>,
): Promise<Response> {
  const note: { refused: Refused | undefined } = { refused: undefined };
  context.set(refusalContext, note);
  const response = await next();
  const { refused } = note;
  if (!refused) return response;
  const { person } = await context.get(visitorContext)();
  if (!person || person.grants.length === 0) return response;
  const held = may(person, refused.act);
  const grant = held.ok ? held.value : person.grants[0];
  await context.get(servicesContext).audit.add({
    act: refused.act,
    subjectKind: refused.subject?.kind ?? "address",
    subject: refused.subject?.id ?? address.slice(0, 200),
    outcome: "refused",
    facts: { code: refused.code },
    person: person.id,
    grant: grant?.id ?? null,
    role: grant?.role ?? null,
    organisation: grant?.organisation ?? null,
  });
  return response;
}
