import { RouterContextProvider } from "react-router";
import { expect, test } from "vitest";

import { no } from "#app/domain/kernel/result.ts";
import { may } from "#app/domain/people/may.ts";

import { refuseIfPerson } from "./office-refusal.ts";
import { type Refused, refusalContext } from "./visitor.ts";

function contextOf() {
  const note: { refused: Refused | undefined } = { refused: undefined };
  const context = new RouterContextProvider();
  context.set(refusalContext, note);
  return { context, note };
}

test("a person whom the verb refused is noted with what it was about, and answered 403", () => {
  const { context, note } = contextOf();
  const clerk = { id: "c", name: "C", grants: [], secondFactor: true };
  const refused = may(clerk, "campaign.tell");
  const problem = refused.ok ? no({ code: "none" }).problem : refused.problem;
  const subject = { kind: "campaign", id: "TB1" };
  let thrown: unknown;
  try {
    refuseIfPerson(context, problem, "campaign.tell", subject);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    data: { code: "people.not-your-role", act: "campaign.tell" },
    init: { status: 403 },
  });
  expect(note.refused).toEqual({ act: "campaign.tell", code: "people.not-your-role", subject });
});

test.each(["email.wrong", "people.no-name", "people.email-taken", "news.empty", "toString"])(
  "%s is for the page: nobody was refused",
  (code) => {
    const { context, note } = contextOf();
    expect(() => refuseIfPerson(context, { code }, "person.keep", undefined)).not.toThrow();
    expect(note.refused).toBeUndefined();
  },
);
