import type { PayerMarks } from "../payments/ports.ts";

/** Cookies of browsers are for codes and references alone, which have no blank: no cookie is ever this mark. */
const subject = (code: string) => `letter ${code}`;

/**
 * The mark in the letter that was sent for a promise: whoever shows it got that letter. It is good as long as the promise is
 * open, confirms it and takes it back, and nothing of it, nor of the address it went to, is stored.
 */
export function letterMark(marks: PayerMarks, code: string): string {
  return marks.of(subject(code));
}

/** Whether a mark is that of the letter for this promise. */
export function fitsLetter(marks: PayerMarks, code: string, mark: string): boolean {
  return mark !== "" && marks.fits(subject(code), mark);
}
