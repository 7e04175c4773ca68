import { own } from "../kernel/own.ts";
import type { Dong } from "../kernel/dong.ts";
import {
  CODE_ALPHABET,
  CODE_LENGTH,
  CODE_PREFIX,
  isReferenceCode,
} from "../kernel/reference-code.ts";

/**
 * Which pledge or campaign a bank line is for (payments.md 4.2, rules 1 to 6). The first rule that fits decides:
 *
 *   2 the code stands as a word      3 it appears when blanks are taken out      4 one look-alike sign exchanged
 *   5 only a campaign's own code     6 nothing: suspense, for a person
 *
 * A name alone never matches anything.
 */

/** A pledge whose money is booked for it: open, or expired and paid all the same. */
export interface OpenPledge {
  readonly code: string;
  readonly campaign: string;
  /** đồng promised */
  readonly amount: Dong;
  /** Some payment of it has been seen already. */
  readonly paid: boolean;
}

/** What the codes in a text stand for; filled from the database for all lines of a file part at once. */
export interface CodeBook {
  /** The open pledge with this code. */
  pledge(code: string): OpenPledge | undefined;
  /** The campaign whose standing code this is. */
  campaign(code: string): string | undefined;
}

/** Where a credit line belongs. */
export type Placement =
  | {
      readonly rule: 2 | 3 | 4;
      readonly code: string;
      readonly campaign: string;
      readonly needsLook: boolean;
    }
  | {
      readonly rule: 5;
      readonly code: string;
      readonly campaign: string;
      readonly needsLook: boolean;
    }
  | { readonly rule: 6; readonly needsLook: false };

/** Longest text looked at; banks quote at most some 210 signs, hostile files more. */
const LONGEST_TEXT = 2_000;

/** Rule 1: no diacritics, đ to D, capitals, every other sign to one blank. */
export function normaliseMemo(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[đĐ]/g, "D")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, " ")
    .trim();
}

/** Place a credit line of `amount` đồng by its text. */
export function placeLine(text: string, amount: Dong, book: CodeBook): Placement {
  const memo = normaliseMemo(text);
  const squeezed = memo.replaceAll(" ", "");
  const words = codesAsWords(memo);
  const inside = codesInside(squeezed);

  const named = openOnes(words, book);
  const first = named[0];
  if (first) return matched(2, first, amount, named.length > 1);

  const broken = openOnes(inside, book);
  const only = broken[0];
  if (only && broken.length === 1) return matched(3, only, amount, false);

  const misread = openOnes(codesAlike(squeezed), book);
  const alike = misread[0];
  if (alike && misread.length === 1) return matched(4, alike, amount, true);

  return byCampaign(words, inside, book) ?? { rule: 6, needsLook: false };
}

function matched(rule: 2 | 3 | 4, pledge: OpenPledge, amount: Dong, doubt: boolean): Placement {
  const needsLook = doubt || pledge.paid || pledge.amount !== amount;
  return { rule, code: pledge.code, campaign: pledge.campaign, needsLook };
}

function byCampaign(
  words: readonly string[],
  inside: readonly string[],
  book: CodeBook,
): Placement | undefined {
  for (const codes of [words, inside]) {
    const hits = codes.flatMap((code) => {
      const campaign = book.campaign(code);
      return campaign === undefined ? [] : [{ code, campaign }];
    });
    const hit = hits[0];
    if (hit && hits.length === 1) return { rule: 5, ...hit, needsLook: false };
    // Two campaigns named: nobody can tell which was meant.
    if (hits.length > 1) return undefined;
  }
  return undefined;
}

function openOnes(codes: readonly string[], book: CodeBook): OpenPledge[] {
  return codes.flatMap((code) => book.pledge(code) ?? []);
}

/** Every code that `placeLine` may ask the book for; all have a right check sign. */
export function codesToLookUp(text: string): string[] {
  const memo = normaliseMemo(text);
  const squeezed = memo.replaceAll(" ", "");
  return distinct([...codesAsWords(memo), ...codesInside(squeezed), ...codesAlike(squeezed)]);
}

function codesAsWords(memo: string): string[] {
  return distinct(memo.split(" ").filter(isReferenceCode));
}

function codesInside(squeezed: string): string[] {
  return distinct(windows(squeezed).filter(isReferenceCode));
}

/** Pairs of signs that look alike; 0, O, 1 and I are in no code, but people type them. */
const ALIKE: Readonly<Record<string, string>> = {
  "5": "S",
  S: "5",
  "8": "B",
  B: "8",
  "2": "Z",
  Z: "2",
  "0": "QD",
  O: "QD",
  "1": "LJ",
  I: "LJ",
};

function codesAlike(squeezed: string): string[] {
  return distinct(windows(squeezed).flatMap(exchanged).filter(isReferenceCode));
}

/** The text with one sign exchanged, in every way; nothing when more than one sign would have to change. */
function exchanged(window: string): string[] {
  const strangers = [...window].filter((sign) => !CODE_ALPHABET.includes(sign)).length;
  if (strangers > 1) return [];
  const results: string[] = [];
  for (let at = 0; at < window.length; at += 1) {
    for (const sign of own(ALIKE, window.charAt(at)) ?? "") {
      const result = window.slice(0, at) + sign + window.slice(at + 1);
      if (result.startsWith(CODE_PREFIX)) results.push(result);
    }
  }
  return results;
}

function windows(text: string): string[] {
  const found: string[] = [];
  // Every code has N as its second sign, also when the Q before it was mistyped.
  for (let n = text.indexOf("N", 1); n !== -1; n = text.indexOf("N", n + 1)) {
    const window = text.slice(n - 1, n - 1 + CODE_LENGTH);
    if (window.length === CODE_LENGTH) found.push(window);
  }
  return found;
}

function distinct(codes: readonly string[]): string[] {
  return [...new Set(codes)];
}
