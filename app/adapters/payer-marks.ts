import { createHmac, timingSafeEqual } from "node:crypto";

import type { PayerMarks } from "#app/domain/payments/ports.ts";

/** Marks of payers' browsers under the secret of this site; another secret forgets them all, which costs nobody money. */
export function payerMarks(secret: string): PayerMarks {
  const digest = (subject: string) =>
    createHmac("sha256", secret).update(`payer\n${subject}`).digest();
  return {
    of: (subject) => digest(subject).toString("base64url"),
    fits(subject, mark) {
      const given = Buffer.from(mark, "base64url");
      const ours = digest(subject);
      return given.length === ours.length && timingSafeEqual(given, ours);
    },
  };
}
