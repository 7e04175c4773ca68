/** What somebody means who types one thing into the box of the home page. */
import { readTypedObjection } from "../kernel/objection-code.ts";
import { readChecksum } from "../lists/checksum.ts";
import { readTypedCode } from "../kernel/typed-code.ts";

/** What a text typed into the box of the home page asks for. */
export type Wanted =
  /** A code of ours, whole: a gift, a promise, a campaign's standing code. */
  | { readonly is: "code"; readonly code: string }
  /** Meant as such a code, and none: a sign is wrong. */
  | { readonly is: "wrong-code" }
  /** `YKK7F3K27`: an objection to a list. */
  | { readonly is: "objection"; readonly code: string }
  | { readonly is: "entry"; readonly number: number }
  /** `H-LD1-009` */
  | { readonly is: "household"; readonly code: string }
  /** `LD1-r2` */
  | { readonly is: "list"; readonly id: string }
  /** Checksum of a list, 64 hex signs, as a sheet prints it. */
  | { readonly is: "checksum"; readonly checksum: string }
  /** Shaped like an animal's code `LD1-0031` or a campaign's `LD1`: looked up, else words. */
  | { readonly is: "label"; readonly code: string; readonly words: string }
  | { readonly is: "words"; readonly words: string }
  | { readonly is: "nothing" };

/** Longest that is read; the rest of a longer text is words nobody has. */
const LONGEST = 100;

/** Read what was typed: with dots, blanks and small letters, as people write on paper. */
export function whereTo(typed: string): Wanted {
  const words = typed.normalize("NFC").slice(0, LONGEST).replace(/\s+/g, " ").trim();
  if (words === "") return { is: "nothing" };
  const checksum = readChecksum(words);
  if (checksum !== undefined) return { is: "checksum", checksum };
  const code = readTypedCode(words);
  if (code !== undefined) return { is: "code", code };
  const objection = readTypedObjection(words);
  if (objection !== undefined) return { is: "objection", code: objection };
  const plain = words.normalize("NFKC").toUpperCase().replace(/\s/g, "");
  const number = /^#?(\d{1,3}(?:[.,]\d{3})+|\d{1,15})$/.exec(plain)?.[1];
  if (number !== undefined) return { is: "entry", number: Number(number.replace(/[.,]/g, "")) };
  if (/^(?:QN|YK)[-.]?[A-Z0-9]{4,10}$/.test(plain)) return { is: "wrong-code" };
  if (/^H-[A-Z0-9]{2,12}-\d{3,5}$/.test(plain)) return { is: "household", code: plain };
  const list = /^([A-Z0-9]{2,12})-R(\d{1,3})$/.exec(plain);
  if (list?.[1] !== undefined) return { is: "list", id: `${list[1]}-r${Number(list[2])}` };
  if (/^[A-Z]{2,4}\d{1,3}(?:-[A-Z0-9]{1,8})*$/.test(plain)) {
    return { is: "label", code: plain, words };
  }
  return { is: "words", words };
}
