import type { Seconds } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import type { Confirmation, ConfirmFacts, Pledges } from "./ports.ts";

/** Why a promise cannot be confirmed. */
export type ConfirmProblem =
  | { readonly code: "pledge.not-found" }
  | { readonly code: "pledge.no-promise" }
  | { readonly code: "pledge.over" }
  | { readonly code: "pledge.above-missing"; readonly missing: Dong };

/** What confirming needs. */
export interface ConfirmServices {
  now(): Seconds;
  readonly pledges: Pick<Pledges, "confirm">;
}

/**
 * Let a promise count: whoever made it stands for it by the letter's address or signed in. One above what its campaign still
 * lacks counts only once an official has spoken with whoever made it (decision 0019). Done again, it stays as it was.
 */
export async function confirmPledge(
  services: ConfirmServices,
  code: string,
  by: { readonly way: "link" } | { readonly way: "person"; readonly person: string },
): Promise<Result<{ readonly again: boolean }, ConfirmProblem>> {
  return confirmedBy(services.pledges, code, { ...by, at: services.now() });
}

/** Confirm, whoever does; the rules are `refusesConfirmation`. */
export async function confirmedBy(
  pledges: Pick<Pledges, "confirm">,
  code: string,
  confirmation: Confirmation,
): Promise<Result<{ readonly again: boolean }, ConfirmProblem>> {
  const done = await pledges.confirm(code, confirmation, (facts) =>
    refusesConfirmation(facts, confirmation.way),
  );
  if (done === "not-found") return no({ code: "pledge.not-found" });
  if (done === "done" || done === "again") return ok({ again: done === "again" });
  return no(done);
}

/** The first rule against confirming a promise; undefined when there is none. */
export function refusesConfirmation(
  facts: ConfirmFacts,
  way: Confirmation["way"],
): ConfirmProblem | undefined {
  if (facts.intent !== "promised") return { code: "pledge.no-promise" };
  if (facts.state !== "open" || facts.open === 0n) return { code: "pledge.over" };
  if (way !== "office" && facts.open > facts.missing) {
    return { code: "pledge.above-missing", missing: facts.missing };
  }
  return undefined;
}
