import { type Day, isDay } from "./calendar.ts";

/** A day as people type it, `23/11/2026`, `23-11-2026`, `23.11.2026` or `2026-11-23`; undefined when it is none. */
export function readTypedDay(typed: string): Day | undefined {
  const text = typed.trim();
  const own = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const iso = own
    ? `${own[3]}-${(own[2] ?? "").padStart(2, "0")}-${(own[1] ?? "").padStart(2, "0")}`
    : text;
  return isDay(iso) ? iso : undefined;
}

/** The same for a rule that refuses what is no day: that is handed on as it was typed. */
export function typedDay(typed: string): string {
  return readTypedDay(typed) ?? typed.trim();
}
