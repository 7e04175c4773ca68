import { PRICE_REASONS } from "../acts/reasons.ts";

/** How a campaign can ask otherwise than by the norm (plan 9295, II.1.3). */
export const BREACHES = ["price", "heads", "lines"] as const;
export type Breach = (typeof BREACHES)[number];

/** Coded reasons that explain each kind of breach; they are public. Words: `campaign.json`, `normReason`. */
export const NORM_REASONS: Readonly<Record<Breach, readonly string[]>> = {
  price: PRICE_REASONS,
  heads: ["heads-by-means", "heads-large-households", "heads-added-to-own"],
  lines: ["with-barn-and-fodder", "with-vaccination", "with-carriage"],
};

/** Why a draft is sent back. */
export const SEND_BACK_REASONS = [
  "incomplete",
  "norm",
  "account",
  "decision",
  "households",
  "opinions",
  "text",
] as const;

/** Why a draft is given up. */
export const CANCEL_REASONS = ["not-needed", "other-source", "begun-twice"] as const;

/** Why a published campaign changes; public. Words: `campaign.json`, `amendReason`. */
export const AMEND_REASONS = [
  "correction",
  "clearer-text",
  "needs-changed",
  "households-changed",
  "account-changed",
  "office-changed",
  "extended",
  "closed-early",
  "plans-changed",
] as const;
export type AmendReason = (typeof AMEND_REASONS)[number];
