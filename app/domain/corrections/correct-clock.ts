import type { Writing } from "../acts/act.ts";
import { dayOf, type Seconds } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { CLOCK_CORRECTED } from "../ledger/entry.ts";
import type { Ledger, PostProblem } from "../ledger/ports.ts";
import type { AuditTrail } from "../people/audit.ts";

export type CorrectClockProblem =
  | PostProblem
  | { code: "entry.unknown"; entry: number }
  /** Entries came after it: look again which is the last. */
  | { code: "clock.not-the-last"; entry: number };

/** What correcting a clock needs. */
export interface ClockStores {
  readonly ledger: Ledger;
  readonly audit: AuditTrail;
}

/**
 * Answer the last entry when a wrong clock recorded it ahead of now: an entry without movements says so in public, and
 * recorded times go on from the right clock. The wrong ones stay as they are. The entry it answers is its key: done again, it
 * is the same one. Refused while the clock of this server is off, or where the last entry is not ahead.
 */
export async function correctClock(
  { official, now }: { readonly official: Writing<ClockStores>; now(): Seconds },
  last: number,
): Promise<Result<{ readonly entry: number; readonly again: boolean }, CorrectClockProblem>> {
  const key = `clock-corrected:${last}`;
  return official.write(async ({ ledger, audit }) => {
    const before = await ledger.byKey(key);
    if (before) return ok({ entry: before.number, again: true });
    const wrong = await ledger.find(last);
    if (!wrong) return no({ code: "entry.unknown", entry: last });
    if (await ledger.find(last + 1)) return no({ code: "clock.not-the-last", entry: last });
    const at = now();
    const posted = await ledger.post({
      key,
      kind: CLOCK_CORRECTED,
      effectiveOn: dayOf(at),
      legs: [],
    });
    if (!posted.ok) return posted;
    const { number: entry } = posted.value;
    await audit.add({
      act: "clock.corrected",
      subjectKind: "entry",
      subject: String(entry),
      outcome: "done",
      facts: { by: "bin/correct-clock", last, seconds: wrong.recordedAt - at },
      person: null,
      grant: null,
      role: null,
      organisation: null,
    });
    return ok({ entry, again: false });
  });
}
