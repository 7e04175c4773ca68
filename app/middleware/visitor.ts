import { createContext, data, type RouterContextProvider } from "react-router";

import { may, type Person, type Subject } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";
import type { Visitor } from "#app/domain/people/ports.ts";
import type { Grant } from "#app/domain/people/role.ts";

/** Who asks; found when first asked for, once a request. */
export const visitorContext = createContext<() => Promise<Visitor>>(async () => ({
  person: undefined,
  locale: undefined,
}));

/** Who stands at a door that let them in, and under which grant. */
export interface Admitted {
  readonly person: Person;
  readonly grant: Grant;
}

/**
 * The door of an office address: every loader and every action of the office asks it first, once for the act and, when
 * the subject is known, again with it. Whoever may not is answered 403 with nothing about the subject; ask for the act
 * before looking the subject up, so that a 404 tells nothing either.
 */
export async function officeDoor(
  context: Readonly<RouterContextProvider>,
  act: OfficeAct,
  subject?: Subject,
): Promise<Admitted> {
  const { person } = await context.get(visitorContext)();
  const permitted = may(person, act, subject);
  if (permitted.ok && person) return { person, grant: permitted.value };
  const code = permitted.ok ? "people.signed-out" : permitted.problem.code;
  throw data({ code }, { status: 403 });
}
