import type { Writing } from "../acts/act.ts";
import { dayOf, type Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { NOTE_LIMIT } from "../orders/order.ts";
import { type AuditTrail, noteOf } from "../people/audit.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { mayNow } from "../people/may-now.ts";
import type { People } from "../people/ports.ts";
import { ATTENTION_OUTCOMES, type AttentionDesk } from "./ports.ts";

/** What closing needs inside its transaction. */
export interface AttentionStores {
  readonly attentionDesk: AttentionDesk;
  readonly audit: AuditTrail;
  readonly people: Pick<People, "grantsOf">;
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
  return services.write(async (stores) => {
    const at = services.now();
    const act = "attention.close";
    const permitted = await mayNow(stores.people, person, act, {}, dayOf(at));
    if (!permitted.ok) return permitted;
    const closed = await stores.attentionDesk.close(form.id, { outcome, by: person.id, note, at });
    if (!closed) return no({ code: "attention.closed" });
    const subject = { kind: "attention", id: String(form.id) };
    await stores.audit.add(noteOf(person, permitted.value, act, subject, { outcome }));
    return ok(undefined);
  });
}
