import { no, ok, type Result } from "../kernel/result.ts";
import type { PasswordProblem } from "./sign-in.ts";

/** Fewest signs of a password, and most; a sentence of some words is fine. */
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;

/**
 * What people and programs try first: keyboard rows, counting, the words for "password" and "welcome", names of this place
 * and of this site. A password made of these alone is refused however long it is.
 */
const TRIED_FIRST = [
  "password|passwort|passcode|matkhau|pass|word|login|dangnhap|secret|bimat|access|master|admin|administrator|root|user",
  "welcome|xinchao|hello|letmein|changeme|default|temp|test|demo|guest|office|vanphong|system|server",
  "qwertyuiop|asdfghjkl|zxcvbnm|qwerty|asdf|zxcv|qazwsxedc|qazwsx|abcdefghijkl|abcdef|abcd|abc|xyz",
  "iloveyou|anhyeuem|emyeuanh|yeuem|love|football|bongda|baseball|dragon|monkey|sunshine|princess|superman|batman|shadow",
  "ketnghia|quangnam|danang|vietnam|vietnam|xa|huyen|tinh|uyban|ubnd|dantoc|bandantoc|nhandan|hoian|tamky|trami|tramy",
  "nguyen|tran|le|pham|hoang|google|facebook|zalo|microsoft|windows|internet|computer|maytinh",
]
  .join("|")
  .split("|")
  .toSorted((a, b) => b.length - a.length);

/** Signs that stand for letters in passwords. */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map([
  ["0", "o"],
  ["1", "i"],
  ["3", "e"],
  ["4", "a"],
  ["5", "s"],
  ["7", "t"],
  ["@", "a"],
  ["$", "s"],
  ["!", "i"],
]);

/** Letters and digits that have to be left when everything that is tried first is taken away. */
const OWN_SIGNS = 6;

/** Whether a password is fit for staff. `about`: the person's name and e-mail address, which are tried first too. */
export function fitPassword(
  password: string,
  about: readonly string[] = [],
): Result<void, PasswordProblem> {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.least) {
    return no({ code: "password.short", least: PASSWORD_LENGTH.least });
  }
  if (length > PASSWORD_LENGTH.most) {
    return no({ code: "password.long", most: PASSWORD_LENGTH.most });
  }
  const own = about
    .flatMap((text) => bare(text).split(/[^a-z0-9]+/))
    .filter((part) => part.length > 2);
  const plain = bare(password);
  const readable = [...plain].map((sign) => LOOKS_LIKE.get(sign) ?? sign).join("");
  if (left(plain, own) < OWN_SIGNS || left(readable, own) < OWN_SIGNS) {
    return no({ code: "password.common" });
  }
  return ok(undefined);
}

/** Lower case without accents; other signs stay, as some stand for letters. */
function bare(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
}

/** Different letters and digits that are left without what is tried first, without years, counting and repeats. */
function left(text: string, own: readonly string[]): number {
  let rest = text;
  for (const word of [...own, ...TRIED_FIRST]) rest = rest.replaceAll(word, " ");
  rest = rest
    .replace(/(19|20)\d\d/g, " ")
    .replace(/0?123456789?0?|98765432?1?0?|12345|1234|123|4321|321/g, " ");
  return new Set(withoutRepeats(rest).replace(/[^a-z0-9]/g, "")).size;
}

/** Each run of signs that stands three times or more in a row, once. */
function withoutRepeats(text: string): string {
  let kept = "";
  let at = 0;
  while (at < text.length) {
    const { unit, times } = repeatAt(text, at);
    kept += unit;
    at += unit.length * times;
  }
  return kept;
}

/** The shortest run at `at` that stands there three times or more; else the one sign, once. */
function repeatAt(text: string, at: number): { unit: string; times: number } {
  for (let length = 1; at + 3 * length <= text.length; length++) {
    const unit = text.slice(at, at + length);
    let times = 1;
    while (text.startsWith(unit, at + times * length)) times += 1;
    if (times >= 3) return { unit, times };
  }
  return { unit: text.charAt(at), times: 1 };
}
