import type { IntakeGift } from "#app/domain/ledger/intake.ts";

/** A gift as the text of its queue row: JSON with the amount as decimal digits. */
export function giftForQueue(gift: IntakeGift): string {
  return JSON.stringify({ ...gift, amount: gift.amount.toString() });
}

/** Read a queue row back; our own writing, so a broken one is a bug. */
export function giftFromQueue(text: string): IntakeGift {
  const row = JSON.parse(text) as Omit<IntakeGift, "amount"> & { amount: string };
  return { ...row, amount: BigInt(row.amount) };
}
