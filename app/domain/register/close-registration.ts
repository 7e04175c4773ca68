import { dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { noteOf } from "../people/audit.ts";
import { mayNow } from "../people/may-now.ts";
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
  { official, now }: RegisterNeeds,
  person: Person,
  wish: { readonly registration: string; readonly state: string },
): Promise<Result<Registration, CloseProblem>> {
  return official.write(async ({ register, people, audit }) => {
    const registration = await register.registration(wish.registration);
    const household = registration && (await register.household(registration.household));
    const subject = household && subjectOfHousehold(household);
    const permitted = await mayNow(people, person, "register.keep", subject, dayOf(now()));
    if (!permitted.ok) return permitted;
    if (!registration) return no({ code: "register.unknown" });
    const state = (["withdrawn", "declined"] as const).find((one) => one === wish.state);
    if (!state) return no({ code: "register.no-way", field: "state" });
    if (registration.state !== "open") return no({ code: "register.not-open" });
    await register.setState(registration.id, state);
    await audit.add(
      noteOf(
        person,
        permitted.value,
        "register.keep",
        { kind: "household", id: registration.household },
        { registration: registration.id, state },
      ),
    );
    return ok({ ...registration, state });
  });
}
