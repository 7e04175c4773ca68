import type { Day } from "../kernel/calendar.ts";

/**
 * What changed in the published files since version 1 began, newest first: a reader's program that opened them before may
 * have to change. What each means is said in `locales/`.
 */
export const FORMAT_CHANGES: readonly { readonly on: Day; readonly what: string }[] = [
  { on: "2026-12-01", what: "sheets" },
  { on: "2026-12-01", what: "confirmed" },
  { on: "2026-11-30", what: "smallGroups" },
  { on: "2026-11-30", what: "quotes" },
];
