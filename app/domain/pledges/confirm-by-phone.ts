import type { Writing } from "../acts/act.ts";
import { dayOf, type Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { type AuditTrail, noteOf } from "../people/audit.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { mayNow } from "../people/may-now.ts";
import type { People } from "../people/ports.ts";
import { confirmedBy, type ConfirmProblem } from "./confirm-pledge.ts";
import type { Pledges } from "./ports.ts";

/** Longest note on a call. */
export const CALL_NOTE_LIMIT = 500;
/** A note says at least with whom: shorter ones say nothing. */
export const CALL_NOTE_LEAST = 10;

/** What confirming by phone needs inside its transaction. */
export interface PledgeDeskStores {
  readonly pledgeDesk: Pick<Pledges, "confirm">;
  readonly audit: AuditTrail;
  readonly people: Pick<People, "grantsOf">;
}

export type CallProblem =
  | MayProblem
  | ConfirmProblem
  | { readonly code: "pledge.note-missing"; readonly least: number }
  | { readonly code: "pledge.note-too-long"; readonly limit: number };

/**
 * An official has spoken with whoever made a promise and stands for that: it counts, also above what the campaign lacks. The
 * note stays with the promise and is private; the trail says who and of which promise.
 */
export async function confirmByPhone(
  services: Writing<PledgeDeskStores> & { now(): Seconds },
  person: Person,
  form: { readonly code: string; readonly note: string },
): Promise<Result<{ readonly again: boolean }, CallProblem>> {
  const note = form.note.normalize("NFC").trim();
  const length = [...note].length;
  if (length < CALL_NOTE_LEAST) return no({ code: "pledge.note-missing", least: CALL_NOTE_LEAST });
  if (length > CALL_NOTE_LIMIT) return no({ code: "pledge.note-too-long", limit: CALL_NOTE_LIMIT });
  return services.write(async (stores) => {
    const at = services.now();
    const act = "pledge.confirm";
    const permitted = await mayNow(stores.people, person, act, {}, dayOf(at));
    if (!permitted.ok) return permitted;
    const hand = { way: "office", person: person.id, note, at } as const;
    const confirmed = await confirmedBy(stores.pledgeDesk, form.code, hand);
    if (!confirmed.ok || confirmed.value.again) return confirmed;
    const subject = { kind: "pledge", id: form.code };
    await stores.audit.add(noteOf(person, permitted.value, act, subject));
    return ok({ again: false });
  });
}
