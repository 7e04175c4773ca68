/** A day as `YYYY-MM-DD`, always the day in Viet Nam (GMT+7, no summer time). */
export type Day = string;
/** A moment in whole UTC seconds since 1970. */
export type Seconds = number;

const OFFSET_SECONDS = 7 * 3600;
const DAY_SECONDS = 86_400;

/** The Vietnamese day on which a moment falls. */
export function dayOf(moment: Seconds): Day {
  const number = Math.floor((moment + OFFSET_SECONDS) / DAY_SECONDS);
  // Gifts are mostly of one day, and writing its name takes longer than the rest of what is asked of it.
  if (number !== lastAsked.number) {
    lastAsked = {
      number,
      day: new Date(number * DAY_SECONDS * 1000).toISOString().slice(0, 10),
    };
  }
  return lastAsked.day;
}

let lastAsked: { readonly number: number; readonly day: Day } = { number: 0, day: "1970-01-01" };

/** Midnight in Viet Nam at the start of `day`, in UTC seconds. */
export function startOf(day: Day): Seconds {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / 1000) - OFFSET_SECONDS;
}

/** `day` moved by whole days, backwards when negative. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_SECONDS * 1000)
    .toISOString()
    .slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  if (from === to) return 0;
  return Math.round(
    (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (DAY_SECONDS * 1000),
  );
}

/** Whether the text is a real day in the form `YYYY-MM-DD`. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** `yyyyMMddHHmmss` in GMT+7, as VNPay writes moments. */
export function compactMoment(moment: Seconds): string {
  return new Date((moment + OFFSET_SECONDS) * 1000)
    .toISOString()
    .slice(0, 19)
    .replace(/[-:T]/g, "");
}

/** The ISO week of a day, such as `2026-W48`: a week belongs to the year of its Thursday. */
export function weekOf(day: Day): string {
  const date = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000);
  const year = thursday.getUTCFullYear();
  const week = Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7);
  return `${year}-W${String(week).padStart(2, "0")}`;
}
