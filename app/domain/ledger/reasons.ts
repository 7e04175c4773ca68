/**
 * Reasons an entry may carry, as codes: no free text is ever published (transparency-log.md 4).
 * Their words are in `locales/<language>/ledger.json` under `reason`.
 */
export const REASONS = [
  /** Papers came more than seven days after the fact. */
  "papers-late",
  /** Price over the norm: the market was higher that day. */
  "price-market",
  /** Price over the norm: the animal was bought in calf or in kid. */
  "price-pregnant",
  /** Price over the norm: carriage to the commune is in it. */
  "price-carriage",
  /** A campaign has more than it needs. */
  "surplus",
  /** A campaign ended before its money was used. */
  "campaign-ended",
  /** The donor asked for it. */
  "donor-asked",
  /** The same gift was paid twice. */
  "paid-twice",
  /** The bank took the money back. */
  "bank-returned",
  /** A gateway took the money back after the payer disputed the payment. */
  "disputed",
  /** The payer's bank gave disputed money back to us. */
  "dispute-won",
  /** The gateway did not give the money back. */
  "refund-failed",
  /** The same act had been entered twice. */
  "entered-twice",
  /** It was entered for another campaign than it was given to. */
  "wrong-campaign",
  /** The animal that owed offspring died. */
  "animal-died",
  /** Communes were merged by law. */
  "commune-merged",
  /** A bank's statement came more than seven days after the gift. */
  "late-statement",
  /** A gift was told of more than seven days after it. */
  "late-notice",
  /** The gift's own day is in a period whose books are closed. */
  "closed-period",
] as const;
export type Reason = (typeof REASONS)[number];
