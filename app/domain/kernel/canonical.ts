/**
 * RFC 8785 canonical JSON, for the values the ledger publishes: objects, arrays, NFC strings,
 * booleans and whole numbers within ±(2^53 − 1). No floats, no null, no undefined:
 * what is absent is left out (transparency-log.md, section 4).
 */
export type Canonical =
  | string
  | boolean
  | number
  | bigint
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** The canonical text of `value`; throws on anything the format does not allow. */
export function canonicalText(value: Canonical): string {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole safe number: ${value}`);
      return Object.is(value, -0) ? "0" : String(value);
    case "bigint":
      if (value > LARGEST || value < -LARGEST) throw new RangeError(`too large: ${value}`);
      return value.toString();
    case "object":
      return isList(value) ? `[${value.map(canonicalText).join(",")}]` : objectText(value);
    default:
      throw new TypeError(`no canonical form for ${typeof value}`);
  }
}

function isList(value: object): value is readonly Canonical[] {
  return Array.isArray(value);
}

function objectText(value: { readonly [key: string]: Canonical | undefined }): string {
  let text = "";
  for (const key of inOrder(Object.keys(value))) {
    const field = own(value, key);
    if (field === undefined) continue;
    if (text !== "") text += ",";
    text += `${quoted(key)}:${canonicalText(field)}`;
  }
  return `{${text}}`;
}

/** By UTF-16 code units, the order RFC 8785 asks for; what was written in that order is not sorted again. */
function inOrder(keys: string[]): string[] {
  for (let n = 1; n < keys.length; n++) {
    if (keys[n - 1]! > keys[n]!) return keys.sort();
  }
  return keys;
}

/** Printable ASCII without quote or backslash: nothing to escape, NFC as it is. Nearly all codes are such. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError("lone surrogate");
  if (text !== text.normalize("NFC")) throw new TypeError("text is not in NFC");
  return JSON.stringify(text);
}
import { own } from "./own.ts";
