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

/** What was refused in this request, for the audit trail: the door notes it, and actions note what their verb refused. */
export interface Refused {
  readonly act: OfficeAct;
  readonly code: string;
  /** Kind and id of what it was about, where the action knows it. */
  readonly subject: { readonly kind: string; readonly id: string } | undefined;
}

/** One note a request; the office's frame makes it and reads it when the request is answered. */
export const refusalContext = createContext<{ refused: Refused | undefined }>({
  refused: undefined,
});

/** An action tells that its verb refused the person: two approvers at once, a role withdrawn meanwhile. */
export function noteRefusal(context: Readonly<RouterContextProvider>, refused: Refused): void {
  context.get(refusalContext).refused = refused;
}

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
  const note = context.get(refusalContext);
  note.refused = { act, code, subject: undefined };
  throw data({ code, act }, { status: 403 });
}

/** The door of a form that several acts may open, such as giving an order up: by whoever asked, or by whoever decides. */
export async function officeDoorAny(
  context: Readonly<RouterContextProvider>,
  acts: readonly [OfficeAct, ...OfficeAct[]],
  subject?: Subject,
): Promise<Admitted & { readonly act: OfficeAct }> {
  const { person } = await context.get(visitorContext)();
  const act = acts.find((one) => may(person, one, subject).ok) ?? acts[0];
  return { ...(await officeDoor(context, act, subject)), act };
}
