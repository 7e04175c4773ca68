import { no, ok, type Result } from "../kernel/result.ts";
import { carryOut, done, rightTo } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { type Registration, subjectOfHousehold } from "./household.ts";
import type { RegisterNeeds } from "./ports.ts";

export type CloseProblem =
  | MayProblem
  | { code: "register.unknown" }
  | { code: "register.not-open" }
  | { code: "register.no-way"; field: "state" };

/** A household takes its request back, or declines what it was elected for; a list that has it as a line is its own matter. */
export async function closeRegistration(
  needs: RegisterNeeds,
  person: Person,
  wish: { readonly registration: string; readonly state: string },
): Promise<Result<Registration, CloseProblem>> {
  return carryOut(needs, person, {
    find: async ({ register }) => {
      const registration = await register.registration(wish.registration);
      const household = registration && (await register.household(registration.household));
      return ok({ registration, household });
    },
    right: (now, { household }) =>
      rightTo(now, "register.keep", household && subjectOfHousehold(household)),
    work: async ({ stores: { register }, found: { registration } }) => {
      if (!registration) return no({ code: "register.unknown" });
      const state = (["withdrawn", "declined"] as const).find((one) => one === wish.state);
      if (!state) return no({ code: "register.no-way", field: "state" });
      if (registration.state !== "open") return no({ code: "register.not-open" });
      await register.setState(registration.id, state);
      const closed: Registration = { ...registration, state };
      const facts = { registration: registration.id, state };
      return done(closed, { kind: "household", id: registration.household, facts });
    },
  });
}
