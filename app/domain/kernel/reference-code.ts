/**
 * The code a donor writes into a transfer (payments.md 4.2):
 *
 *   Q N K 7 F 3 K 2 7
 *   └┬┘ └────┬────┘ └ check sign: Luhn mod 32 over the six signs
 *  prefix  six signs drawn at random, never used again
 *
 * The check sign catches every single wrong sign and nearly every swap of neighbours.
 */

/** 32 signs without 0, 1, I and O, which people misread. */
export const CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/** What every code begins with. */
export const CODE_PREFIX = "QN";
/** Random signs in a code, without prefix and check sign. */
const CODE_BODY_LENGTH = 6;
/** Signs of a whole code. */
export const CODE_LENGTH = CODE_PREFIX.length + CODE_BODY_LENGTH + 1;

/** Draws `count` whole numbers from 0 to 31, each equally likely; an adapter or a seeded stream gives it. */
export type DrawSigns = (count: number) => readonly number[];

const BASE = CODE_ALPHABET.length;
const PLACES = new Map([...CODE_ALPHABET].map((sign, place) => [sign, place]));

/** The check sign of a body; undefined when the body holds a sign outside the alphabet. */
export function checkSign(body: string): string | undefined {
  let sum = 0;
  let factor = 2;
  for (let at = body.length - 1; at >= 0; at -= 1) {
    const place = PLACES.get(body.charAt(at));
    if (place === undefined) return undefined;
    const product = place * factor;
    sum += Math.floor(product / BASE) + (product % BASE);
    factor = factor === 2 ? 1 : 2;
  }
  return CODE_ALPHABET.charAt((BASE - (sum % BASE)) % BASE);
}

/** Whether the text is exactly one code, in capitals, with the right check sign. */
export function isReferenceCode(text: string): boolean {
  return isCodeOf(CODE_PREFIX, text);
}

/** Whether the text is exactly one code of a prefix of two signs, in capitals, with the right check sign. */
export function isCodeOf(prefix: string, text: string): boolean {
  if (text.length !== CODE_LENGTH || !text.startsWith(prefix)) return false;
  const body = text.slice(CODE_PREFIX.length, -1);
  return checkSign(body) === text.at(-1);
}

/** The code of six drawn signs (numbers from 0 to 31). */
export function referenceCodeOf(signs: readonly number[]): string {
  return codeOf(CODE_PREFIX, signs);
}

function codeOf(prefix: string, signs: readonly number[]): string {
  if (signs.length !== CODE_BODY_LENGTH) throw new RangeError("a code has six drawn signs");
  const body = signs.map((sign) => CODE_ALPHABET.charAt(sign)).join("");
  const check = body.length === CODE_BODY_LENGTH ? checkSign(body) : undefined;
  if (check === undefined) throw new RangeError("a drawn sign is not from 0 to 31");
  return prefix + body + check;
}

/** A new code. The caller makes sure that no pledge, gift or campaign has it yet. */
export function drawReferenceCode(draw: DrawSigns): string {
  return referenceCodeOf(draw(CODE_BODY_LENGTH));
}

/** A new code of another prefix of two signs. */
export function drawCodeOf(prefix: string, draw: DrawSigns): string {
  return codeOf(prefix, draw(CODE_BODY_LENGTH));
}

/**
 * The code told by 30 of the first 48 bits of a hexadecimal digest: for gifts that come without a code of their own, so
 * that the same bank line always gets the same code.
 */
export function codeFromDigest(digest: string): string {
  if (!/^[0-9a-f]{12}/.test(digest)) throw new RangeError("not a hexadecimal digest");
  // Two hexadecimal digits a sign, of which the last five bits are used.
  const signs = Array.from(
    { length: CODE_BODY_LENGTH },
    (_, n) => Number.parseInt(digest.slice(n * 2, n * 2 + 2), 16) % BASE,
  );
  return referenceCodeOf(signs);
}

/** Whether a gateway's text can be one of our payment references: it is looked up only then. */
export function looksLikeReference(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,100}$/.test(text);
}

/** The pledge code inside a payment reference or gift code such as `QNK7F3K27-2`; undefined when there is none. */
export function pledgeCodeIn(reference: string): string | undefined {
  const code = reference.slice(0, CODE_LENGTH);
  return isReferenceCode(code) && /^(-[1-9]\d{0,4})?$/.test(reference.slice(CODE_LENGTH))
    ? code
    : undefined;
}
