import type { Writing } from "../acts/act.ts";
import type { Seconds } from "../kernel/calendar.ts";
import { no, type Result } from "../kernel/result.ts";
import { NOTE_LIMIT } from "../orders/order.ts";
import { carryOut, done, nothing, rightTo, type TrailStores } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { ATTENTION_OUTCOMES, type AttentionDesk } from "./ports.ts";

/** What closing needs inside its transaction. */
export interface AttentionStores extends TrailStores {
  readonly attentionDesk: AttentionDesk;
}

export type CloseProblem =
  | MayProblem
  | { readonly code: "attention.no-outcome" }
  | { readonly code: "attention.note-too-long" }
  | { readonly code: "attention.closed" };

/** Say what came of something that had to be looked at; it stays on record. */
export async function closeAttention(
  services: Writing<AttentionStores> & { now(): Seconds },
  person: Person,
  form: { readonly id: number; readonly outcome: string; readonly note: string },
): Promise<Result<void, CloseProblem>> {
  const outcome = ATTENTION_OUTCOMES.find((known) => known === form.outcome);
  if (!outcome) return no({ code: "attention.no-outcome" });
  const note = form.note.normalize("NFC").trim();
  if ([...note].length > NOTE_LIMIT) return no({ code: "attention.note-too-long" });
  return carryOut({ official: services, now: services.now }, person, {
    find: nothing,
    right: (now) => rightTo(now, "attention.close", {}),
    work: async ({ stores: { attentionDesk }, at }) => {
      const closed = await attentionDesk.close(form.id, { outcome, by: person.id, note, at });
      if (!closed) return no({ code: "attention.closed" });
      return done(undefined, { kind: "attention", id: String(form.id), facts: { outcome } });
    },
  });
}
