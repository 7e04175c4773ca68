import { randomBytes } from "node:crypto";

import type { DrawSigns } from "#app/domain/payments/reference-code.ts";

/** Signs of a reference code from the system's randomness: five bits of a byte each. */
export const drawSigns: DrawSigns = (count) => [...randomBytes(count)].map((byte) => byte % 32);

/** That many random bytes as hexadecimal digits. */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}
