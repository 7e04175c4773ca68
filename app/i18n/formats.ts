import type { Day, Seconds } from "#app/domain/kernel/calendar.ts";
import { dayOf, weekOf } from "#app/domain/kernel/calendar.ts";
import { type Dong, groupDigits } from "#app/domain/kernel/dong.ts";

import type { Locale } from "./paths.ts";

/** A space at which a line never breaks: an amount stays whole. */
export const NO_BREAK = "\u00a0";

/** `1234567n` as `1.234.567 đ`; English uses commas. */
export function money(locale: Locale, amount: Dong): string {
  return `${number(locale, amount)}${NO_BREAK}đ`;
}

/** A whole number with separators after thousands. */
export function number(locale: Locale, value: bigint | number): string {
  return groupDigits(BigInt(value), locale === "vi" ? "." : ",");
}

const BILLION = 1_000_000_000n;
const MILLION = 1_000_000n;

/**
 * An amount for narrow places, cut (never rounded up): `1,285 tỷ đ`, `888,3 triệu đ`; under a million in full.
 * The full figure has to stand in the title or a table beside it.
 */
export function shortMoney(locale: Locale, amount: Dong): string {
  const size = amount < 0n ? -amount : amount;
  if (size >= BILLION) return scaled(locale, amount, BILLION, 3, locale === "vi" ? "tỷ đ" : "bn đ");
  if (size >= MILLION)
    return scaled(locale, amount, MILLION, 1, locale === "vi" ? "triệu đ" : "m đ");
  return money(locale, amount);
}

function scaled(locale: Locale, amount: Dong, unit: bigint, places: number, word: string): string {
  const size = amount < 0n ? -amount : amount;
  const fraction = ((size % unit) * 10n ** BigInt(places)) / unit;
  let digits = fraction.toString().padStart(places, "0");
  while (digits.endsWith("0")) digits = digits.slice(0, -1);
  const point = locale === "vi" ? "," : ".";
  const whole = number(locale, size / unit);
  const sign = amount < 0n ? "−" : "";
  return `${sign}${whole}${digits === "" ? "" : point + digits}${NO_BREAK}${word.replace(" ", NO_BREAK)}`;
}

/** `2026-11-23` as `23/11/2026`, in both languages. */
export function day(value: Day): string {
  return `${value.slice(8, 10)}/${value.slice(5, 7)}/${value.slice(0, 4)}`;
}

/**
 * The week of a day, `tuần 48/2026`: what happened to a household's animal is told by week wherever it is told, as in
 * `animal_events.csv`, for a neighbour who saw the day would know the household's code by it.
 */
export function week(locale: Locale, value: Day): string {
  const [year = "", number = ""] = weekOf(value).split("-W");
  return `${locale === "vi" ? "tuần" : "week"}${NO_BREAK}${Number(number)}/${year}`;
}

/** A moment as its Vietnamese day, `23/11/2026`. */
export function dayAt(moment: Seconds): string {
  return day(dayOf(moment));
}

/** A moment as the time of day in Viet Nam, `09:05`. */
export function clockAt(moment: Seconds): string {
  return new Date((moment + 7 * 3600) * 1000).toISOString().slice(11, 16);
}

/** A share as whole percent, cut, so that 100 % means all of it. */
export function percent(part: bigint, whole: bigint): string {
  return `${percentNumber(part, whole)}%`;
}

/** A share in percent with one digit after the comma where it is not 0, cut: `3,4`, without the sign. */
export function tenths(locale: Locale, part: bigint, whole: bigint): string {
  const share = whole <= 0n ? 0n : (part * 1_000n) / whole;
  const rest = share % 10n;
  return `${share / 10n}${rest === 0n ? "" : `${locale === "vi" ? "," : "."}${rest}`}`;
}

/** A share in whole percent, cut; 0 when there is nothing to share. */
export function percentNumber(part: bigint, whole: bigint): number {
  return whole <= 0n ? 0 : Number((part * 100n) / whole);
}

const collators = {
  vi: new Intl.Collator("vi", { numeric: true }),
  en: new Intl.Collator("en", { numeric: true }),
};

/** Order of two texts as a Vietnamese (or English) reader expects: d before đ, tones last. */
export function compareText(locale: Locale, left: string, right: string): number {
  return collators[locale].compare(left, right);
}
