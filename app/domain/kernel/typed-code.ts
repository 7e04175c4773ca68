import { isReferenceCode, pledgeCodeIn } from "./reference-code.ts";

/**
 * A gift code as people type it: in small letters, with blanks, dots or dashes in it, with or without the number of a further
 * payment (`qn k7f3-k27`, `QNK7F3K27-2`). Undefined when it cannot be one.
 */
export function readTypedCode(typed: string): string | undefined {
  if (typed.length > 64) return undefined;
  const text = typed.normalize("NFKC").toUpperCase().trim();
  const [, body, further] = /^(.*?)(-[1-9]\d{0,4})?$/.exec(text) ?? [];
  for (const [code, tail] of [
    [body ?? "", further ?? ""],
    [text, ""],
  ] as const) {
    const plain = code.replace(/[\s.\-_–]+/g, "");
    if (isReferenceCode(plain) && pledgeCodeIn(plain + tail) !== undefined) return plain + tail;
  }
  return undefined;
}
