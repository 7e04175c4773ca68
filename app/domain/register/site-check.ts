import { own } from "../kernel/own.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { readPastDay, subjectOfHousehold } from "./household.ts";
import {
  PRESENT_CAPACITIES,
  SITE_QUESTIONS,
  type SiteCheck,
  type SiteQuestion,
} from "./matters.ts";
import type { RegisterNeeds } from "./ports.ts";

/** What was typed. */
export interface SiteCheckWish {
  readonly registration: string;
  readonly onDay: string;
  readonly present: readonly string[];
  readonly answers: Readonly<Partial<Record<SiteQuestion, string>>>;
  readonly fit: string;
}

export type SiteCheckProblem =
  | MayProblem
  | { code: "register.unknown" }
  | { code: "register.not-open" }
  | { code: "register.no-day" | "register.day-to-come"; field: "onDay" }
  | { code: "site-check.nobody"; field: "present" }
  | { code: "site-check.unanswered"; field: string }
  | { code: "site-check.no-finding"; field: "fit" };

/** Note a visit: who was there, what was asked and seen, and whether the household can keep what it asks for. */
export async function recordSiteCheck(
  needs: RegisterNeeds,
  person: Person,
  wish: SiteCheckWish,
): Promise<Result<SiteCheck, SiteCheckProblem>> {
  return carryOut(needs, person, {
    find: async ({ register }) => {
      const registration = await register.registration(wish.registration);
      const household = registration && (await register.household(registration.household));
      return ok({ registration, household });
    },
    right: (now, { household }) =>
      rightTo(now, "register.keep", household && subjectOfHousehold(household)),
    work: async ({ stores: { register }, found: { registration }, at, today }) => {
      if (!registration) return no({ code: "register.unknown" });
      if (registration.state !== "open") return no({ code: "register.not-open" });
      const read = readSiteCheck(wish, today);
      if (!read.ok) return read;
      const before = await register.siteChecks([registration.id]);
      const check: SiteCheck = {
        ...read.value,
        registration: registration.id,
        n: before.length + 1,
        checkedBy: person.id,
        checkedAt: at,
      };
      await register.addSiteCheck(check);
      const { n, fit, onDay } = check;
      const facts = { siteCheck: n, registration: registration.id, fit, on: onDay };
      return done(check, { kind: "household", id: registration.household, facts });
    },
  });
}

function readSiteCheck(
  wish: SiteCheckWish,
  today: Day,
): Result<Pick<SiteCheck, "onDay" | "present" | "answers" | "fit">, SiteCheckProblem> {
  const onDay = readPastDay(wish.onDay, today);
  if (!onDay.ok) return no({ code: onDay.problem.code, field: "onDay" });
  const present = PRESENT_CAPACITIES.filter((one) => wish.present.includes(one));
  // The household alone is no check.
  if (!present.some((one) => one !== "household")) {
    return no({ code: "site-check.nobody", field: "present" });
  }
  const answers: Record<string, boolean> = {};
  for (const question of SITE_QUESTIONS) {
    const answer = own(wish.answers, question);
    if (answer !== "yes" && answer !== "no") {
      return no({ code: "site-check.unanswered", field: question });
    }
    answers[question] = answer === "yes";
  }
  if (wish.fit !== "yes" && wish.fit !== "no")
    return no({ code: "site-check.no-finding", field: "fit" });
  return ok({ onDay: onDay.value, present, answers, fit: wish.fit === "yes" });
}
