import { data, type RouterContextProvider } from "react-router";

import { isRefusal, type MayProblem } from "#app/domain/people/may.ts";
import type { OfficeAct } from "#app/domain/people/office-act.ts";

import { noteRefusal, type Refused } from "./visitor.ts";

/**
 * How every action of the office ends that calls a verb: when the verb refused the person although the door let them in (a
 * role was withdrawn meanwhile, or the matter turned out to be their own), it is noted for the trail and answered 403; any
 * other problem is for the page. `subject` is what the verb would have noted, of the same kind; undefined where it is not
 * made yet, and the trail then names the address.
 */
export function refuseIfPerson<Problem extends { readonly code: string }>(
  context: Readonly<RouterContextProvider>,
  problem: Problem,
  act: OfficeAct,
  subject: Refused["subject"],
): asserts problem is Exclude<Problem, MayProblem> {
  if (isRefusal(problem)) refuse(context, { act, code: problem.code, subject });
}

/** Note a refusal of the person for the trail, and answer 403. */
export function refuse(context: Readonly<RouterContextProvider>, refused: Refused): never {
  noteRefusal(context, refused);
  throw data({ code: refused.code, act: refused.act }, { status: 403 });
}
