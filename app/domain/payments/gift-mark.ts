import type { PayerMarks } from "./ports.ts";

/** Name of the cookie that says which entry a browser's own gift became. */
export const GIFT_COOKIE = "kn-gift";

/** How long it is worth something, seconds: by then every page has been made anew. */
export const GIFT_COOKIE_SECONDS = 1_800;

const subject = (entry: number) => `gift ${entry}`;

/**
 * What a browser is given once its gift is booked: the entry's number, which is public, with our mark. Pages older than
 * that entry are then made anew for it first; nobody can ask so for an entry that is not theirs to ask for.
 */
export function giftMark(marks: PayerMarks, entry: number): string {
  return `${entry}.${marks.of(subject(entry))}`;
}

/** The entry a cookie line tells; undefined when it tells none, or not with our mark. */
export function readGiftMark(marks: PayerMarks, cookies: string): number | undefined {
  const start = cookies.indexOf(`${GIFT_COOKIE}=`);
  if (start === -1) return undefined;
  const value = cookies.slice(start + GIFT_COOKIE.length + 1).split(";", 1)[0] ?? "";
  const dot = value.indexOf(".");
  const number = value.slice(0, dot);
  if (dot === -1 || !/^\d{1,15}$/.test(number)) return undefined;
  const entry = Number(number);
  return marks.fits(subject(entry), value.slice(dot + 1).trim()) ? entry : undefined;
}
