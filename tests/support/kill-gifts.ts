import { dayOf } from "#app/domain/kernel/calendar.ts";
import type { IntakeGift } from "#app/domain/ledger/intake.ts";

/** The nth gift of the tests that kill processes: the same one in every process. */
export function killGift(n: number): IntakeGift {
  return {
    key: `bank:kill:${n}`,
    // Every third is a further gift of the same pledge.
    code: `QN${n - (n % 3)}`,
    pledge: `QN${n - (n % 3)}`,
    campaign: "LD1",
    channel: "bank",
    to: n % 5 === 0 ? "fund:LD2" : "fund:LD1",
    amount: BigInt(1000 + n),
    receivedOn: dayOf(Math.floor(Date.now() / 1000)),
    evidence: [],
    ...(n % 2 === 0 ? { outcome: { ref: `QN${n}-1`, providerCode: "00", inbox: n } } : {}),
  };
}
