import { data, type RouterContextProvider } from "react-router";

import type { OfficeAct } from "#app/domain/people/office-act.ts";

import { noteRefusal } from "./visitor.ts";

/**
 * A verb refused the person although the door let them in: a role was withdrawn meanwhile, or the matter turned out to be
 * their own. Noted for the trail and answered 403; any other problem is for the page.
 */
export function refuseIfPerson(
  context: Readonly<RouterContextProvider>,
  problem: { readonly code: string },
  act: OfficeAct,
  subject: { readonly kind: string; readonly id: string },
): void {
  if (!problem.code.startsWith("people.")) return;
  noteRefusal(context, { act, code: problem.code, subject });
  throw data({ code: problem.code, act }, { status: 403 });
}
