import type { Writing } from "../acts/act.ts";
import type { Seconds } from "../kernel/calendar.ts";
import { no, type Result } from "../kernel/result.ts";
import { carryOut, done, nothing, rightTo, type TrailStores } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { confirmedBy, type ConfirmProblem } from "./confirm-pledge.ts";
import type { Pledges } from "./ports.ts";

/** Longest note on a call. */
export const CALL_NOTE_LIMIT = 500;
/** A note says at least with whom: shorter ones say nothing. */
const CALL_NOTE_LEAST = 10;

/** What confirming by phone needs inside its transaction. */
export interface PledgeDeskStores extends TrailStores {
  readonly pledgeDesk: Pick<Pledges, "confirm">;
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
  return carryOut({ official: services, now: services.now }, person, {
    find: nothing,
    right: (now) => rightTo(now, "pledge.confirm", {}),
    work: async ({ stores: { pledgeDesk }, at }) => {
      const hand = { way: "office", person: person.id, note, at } as const;
      const confirmed = await confirmedBy(pledgeDesk, form.code, hand);
      if (!confirmed.ok) return confirmed;
      if (confirmed.value.again) return done(confirmed.value);
      return done({ again: false }, { kind: "pledge", id: form.code });
    },
  });
}
