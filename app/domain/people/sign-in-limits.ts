/** What is counted against guessing, and how long that is kept. */

/** So many tries in so many seconds. */
export interface Limit {
  readonly name: string;
  readonly tries: number;
  readonly seconds: number;
}

/** Against guessing. Stored, so that a restart forgives nothing; all servers count together. */
export const LIMITS = {
  /** One account from one address: what somebody who mistypes meets. */
  here: { name: "here", tries: 8, seconds: 900 },
  /** One account from everywhere it did not sign in from lately: strangers' tries lock nobody out of their own office. */
  account: { name: "account", tries: 40, seconds: 3600 },
  /** Any accounts from one address; an office shares one. */
  address: { name: "address", tries: 80, seconds: 900 },
  /** Codes of one person's second factor. */
  factor: { name: "factor", tries: 6, seconds: 900 },
  factorDay: { name: "factor-day", tries: 30, seconds: 86_400 },
  /** Letters to one e-mail address, and asked for from one address. */
  letters: { name: "letters", tries: 4, seconds: 3600 },
  lettersFrom: { name: "letters-from", tries: 30, seconds: 3600 },
} as const satisfies Record<string, Limit>;

/** How long an address is known for an account that signed in from it, seconds. */
export const KNOWN_PLACE_LIVES = 30 * 86_400;

/** What is over is swept away once a day (`sweep-sign-ins`): so much longer it may still be there, seconds. */
const SWEPT_EVERY = 86_400;

/** Longest that a count of tries is kept, seconds. */
export const TRIES_LIVE =
  Math.max(...Object.values(LIMITS).map(({ seconds }) => seconds)) + SWEPT_EVERY;
