/**
 * Official accounts: the only ones that receive gifts. The platform holds no money, so the registry is what a donor can
 * check a poster or a message against (features.md #87, vietnam-rules.md 4).
 */
import type { PlaceName } from "../places/unit.ts";
import type { Bilingual } from "../kernel/bilingual.ts";
import type { Day } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";

/** An official account as far as rules need it. */
export interface OfficialAccount {
  readonly id: string;
  readonly owner: "appeal" | "commune";
  /** Commune code when the owner is a commune. */
  readonly commune: string | null;
  readonly validFrom: Day;
  /** Last day; null while it has no end. */
  readonly validTo: Day | null;
}

/** A campaign whose donors are, or were, shown an account. */
interface AccountUse {
  readonly campaign: string;
  readonly slug: string;
  readonly title: Bilingual;
  readonly since: Day;
  /** Last day on which its donors were shown it; null while they are. */
  readonly until: Day | null;
}

/** An official account as the registry shows it. */
export interface AccountFile extends OfficialAccount {
  readonly holder: string;
  readonly bankName: string;
  /** Six-digit NAPAS number of the bank. */
  readonly bin: string;
  /** Capital letters and digits only. */
  readonly number: string;
  /** The owner's commune as it was when the account began; null for the appeal's. */
  readonly place: PlaceName | null;
  readonly uses: readonly AccountUse[];
}

/** The public registry. Proposals are never in it. */
export interface AccountRegistry {
  /** Every official account there ever was: those in force first, then by holder. */
  all(): Promise<AccountFile[]>;
}

export type AccountState = "coming" | "in-force" | "ended";

/** Where an account stands on a day. */
export function accountState(
  { validFrom, validTo }: Pick<OfficialAccount, "validFrom" | "validTo">,
  day: Day,
): AccountState {
  if (day < validFrom) return "coming";
  return validTo !== null && validTo < day ? "ended" : "in-force";
}

/**
 * An account number as typed or printed, without blanks, dots and dashes; undefined when it can be none. 24 signs are the
 * longest number a Vietnamese bank gives, with room.
 */
export function readNumber(typed: string): string | undefined {
  const bare = typed
    .normalize("NFKC")
    .replace(/[\s.,\-‐-―·_]+/gu, "")
    .toUpperCase();
  return /^[0-9A-Z]{6,24}$/.test(bare) ? bare : undefined;
}

/** What the registry answers to a typed number. */
export type AccountAnswer =
  | { readonly is: "official"; readonly account: AccountFile }
  /** It was ours, or will be: money must not go there today. */
  | { readonly is: "ended" | "coming"; readonly account: AccountFile }
  | { readonly is: "not-ours"; readonly number: string }
  | { readonly is: "no-number" };

/** Whether a typed number is an official account on `day`. */
export function lookUpAccount(
  accounts: readonly AccountFile[],
  typed: string,
  day: Day,
): AccountAnswer {
  const number = readNumber(typed);
  if (number === undefined) return { is: "no-number" };
  const account = accounts.find((one) => one.number === number);
  if (!account) return { is: "not-ours", number };
  const state = accountState(account, day);
  return { is: state === "in-force" ? "official" : state, account };
}

export type UnfitProblem =
  | { code: "account.unknown"; account: string }
  | { code: "account.not-then"; account: string }
  | { code: "account.other-commune"; account: string };

/**
 * Whether a campaign may name an account on `day`: an approved one in force, the appeal's or that of its own commune of
 * that day.
 */
export function fitsCampaign(
  account: OfficialAccount | undefined,
  asked: { readonly id: string; readonly commune: string | undefined; readonly day: Day },
): Result<OfficialAccount, UnfitProblem> {
  if (!account) return no({ code: "account.unknown", account: asked.id });
  if (accountState(account, asked.day) !== "in-force") {
    return no({ code: "account.not-then", account: account.id });
  }
  if (account.owner === "commune" && account.commune !== asked.commune) {
    return no({ code: "account.other-commune", account: account.id });
  }
  return ok(account);
}
