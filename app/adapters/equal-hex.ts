import { timingSafeEqual } from "node:crypto";

/** Whether a given signature is ours, in a time that tells nothing; both hexadecimal, in either case of letters. */
export function equalHex(ours: string, given: string): boolean {
  if (!/^[0-9a-f]+$/i.test(given) || given.length !== ours.length) return false;
  return timingSafeEqual(Buffer.from(ours, "hex"), Buffer.from(given, "hex"));
}
