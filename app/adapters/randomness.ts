import { randomBytes } from "node:crypto";

import type { DrawSigns } from "#app/domain/kernel/reference-code.ts";

/** Signs of a reference code from the system's randomness: five bits of a byte each. */
export const drawSigns: DrawSigns = (count) => [...randomBytes(count)].map((byte) => byte % 32);

/** Bytes asked of the system at once: asking for a few costs as much as asking for thousands. */
const STOCK = 4096;
let stock = Buffer.alloc(0);
let used = 0;

/** That many random bytes as hexadecimal digits; no byte is given twice. */
export function randomHex(bytes: number): string {
  if (bytes > STOCK) return randomBytes(bytes).toString("hex");
  if (used + bytes > stock.length) {
    stock = randomBytes(STOCK);
    used = 0;
  }
  used += bytes;
  return stock.toString("hex", used - bytes, used);
}

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/** A new id that nobody can guess: 128 random bits as 26 signs of lower-case base32. */
export function newId(): string {
  let bits = BigInt(`0x${randomHex(16)}`) << 2n;
  let id = "";
  for (let sign = 0; sign < 26; sign += 1) {
    id = BASE32.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return id;
}
