import { fold } from "../kernel/fold.ts";
import { tidy } from "../kernel/tidy.ts";
import type { KeyProblem, PersonalData, SealedTexts } from "./personal-data.ts";
import { ok, type Result } from "../kernel/result.ts";

/** Grave, acute, hook above, tilde, dot below: the tones, which some write on another vowel (`hoà`, `hòa`). */
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const NO_TONE = /[^\u0300\u0301\u0303\u0309\u0323]/gu;
/** More words than any name has: beyond it orders are not tried. */
const MOST_WORDS = 6;

/** Digests by which equal households find each other without being opened. */
export interface Marks {
  readonly nameMark: string;
  readonly bookMark: string | null;
  readonly phoneMark: string | null;
}

/**
 * What is equal for all spellings of a name, before it is marked: its letters without accents, blanks and signs, in the order
 * of the alphabet. Equal ones are only candidates: `sameName` looks closer.
 */
export function nameLetters(name: string): string {
  return [...fold(name).replaceAll(" ", "")].toSorted().join("");
}

/** A book's number as it is compared: letters and digits alone. */
export function bookSigns(book: string): string {
  return fold(book).replaceAll(" ", "");
}

/** Whether two names are one: written the same, or in another spelling; undefined when they are two. */
export function sameName(one: string, other: string): "name" | "spelling" | undefined {
  const [a, b] = [tidy(one).toLowerCase(), tidy(other).toLowerCase()];
  if (a === b) return "name";
  if (nameLetters(a) !== nameLetters(b)) return undefined;
  if (isPlain(a) || isPlain(b)) {
    // A list that was typed without accents says no more than this.
    return inAnyOrder(fold(a), fold(b), (words) => words.join("")) ? "spelling" : undefined;
  }
  return inAnyOrder(a, b, spelled) ? "spelling" : undefined;
}

/** The marks of who a household is. */
export async function marksOf(
  sealed: Pick<SealedTexts, "mark">,
  { name, book, phone }: Pick<PersonalData, "name" | "book" | "phone">,
): Promise<Result<Marks, KeyProblem>> {
  const nameMark = await sealed.mark(`name\n${nameLetters(name)}`);
  if (!nameMark.ok) return nameMark;
  const bookMark = book === "" ? ok(null) : await sealed.mark(`book\n${bookSigns(book)}`);
  if (!bookMark.ok) return bookMark;
  const phoneMark = phone === "" ? ok(null) : await sealed.mark(`phone\n${phone}`);
  if (!phoneMark.ok) return phoneMark;
  return ok({ nameMark: nameMark.value, bookMark: bookMark.value, phoneMark: phoneMark.value });
}

function isPlain(name: string): boolean {
  // No mark and no đ: nothing that a keyboard without Vietnamese leaves out.
  return !/[đ\p{M}]/u.test(name.normalize("NFD"));
}

/** Letters with their vowel signs, then the tones in the order they are spoken: the same wherever a tone is written. */
function spelled(words: readonly string[]): string {
  const text = words
    .join("")
    .normalize("NFD")
    .replace(/[^\p{L}\p{M}\p{N}]/gu, "");
  return `${text.replace(TONE, "")}|${text.replace(NO_TONE, "")}`;
}

/** Whether the words of one, in some order, are written as the other: blanks apart. */
function inAnyOrder(
  one: string,
  other: string,
  written: (words: readonly string[]) => string,
): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const some = (words: readonly string[], as: string) =>
    orders(words).some((order) => written(order) === as);
  return some(a, written(b)) || some(b, written(a));
}

const wordsOf = (name: string) => name.split(/[\s-]+/).filter((word) => word !== "");

function orders(words: readonly string[]): (readonly string[])[] {
  if (words.length <= 1 || words.length > MOST_WORDS) return [words];
  return words.flatMap((first, at) =>
    orders(words.toSpliced(at, 1)).map((rest) => [first, ...rest]),
  );
}
