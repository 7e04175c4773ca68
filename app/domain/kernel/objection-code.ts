/** The code by which an objection is followed: `YK` (ý kiến), six drawn signs and the check sign of `reference-code.ts`. */
import { drawCodeOf, type DrawSigns, isCodeOf } from "./reference-code.ts";

/** What every such code begins with. */
const OBJECTION_PREFIX = "YK";

/** Whether the text is exactly one code of an objection, in capitals, with the right check sign. */
export function isObjectionCode(text: string): boolean {
  return isCodeOf(OBJECTION_PREFIX, text);
}

/** A new code. The caller makes sure that no objection has it yet. */
export function drawObjectionCode(draw: DrawSigns): string {
  return drawCodeOf(OBJECTION_PREFIX, draw);
}

/** A code as people type it, in small letters, with blanks, dots or dashes in it; undefined when it cannot be one. */
export function readTypedObjection(typed: string): string | undefined {
  if (typed.length > 64) return undefined;
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s.\-_–]+/g, "");
  return isObjectionCode(plain) ? plain : undefined;
}
