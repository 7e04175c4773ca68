import type { EmailProblem } from "../kernel/email.ts";
import type { Seconds } from "../kernel/calendar.ts";
import type { Result } from "../kernel/result.ts";

/** How long things of sign-in live, seconds. */
export const LIVES = {
  /** Between the password and the second factor. */
  firstStep: 600,
  /** A session that nobody uses. */
  idle: 3_600,
  /** A session, however much it is used. */
  session: 43_200,
  /** A donor's one-time link. */
  donorLink: 900,
  /** A link that sets a password. */
  passwordLink: 3_600,
  /** An invitation of the office: the first password. */
  invitation: 259_200,
} as const;

/**
 * How far ahead of our clock what another server wrote is still believed, seconds: two servers may each be five minutes off
 * the database's clock (decision 0012). A session outlives its time by no more.
 */
export const CLOCK_LEEWAY = 600;

/** How the second factor was shown. */
export type Factor = "totp" | "recovery";

/** Who asks, and from where: what limits and sessions go by. */
export interface Caller {
  /** The request's cookie header. */
  readonly cookie: string | null;
  readonly address: string;
  /** What the browser says it is; shown in the list of sessions. */
  readonly device: string;
}

/** Where a sign-in goes on. */
export type NextStep = "second-step" | "set-up" | "office" | "mine";

/** A step that was passed: `Set-Cookie` lines for the answer, and where to go. */
export interface Passed {
  readonly cookies: readonly string[];
  readonly next: NextStep;
}

/** Why a step was refused. Nothing here tells whether an account exists. */
export type SignInProblem =
  | { code: "sign-in.wrong" }
  | { code: "sign-in.too-many"; minutes: number }
  | { code: "sign-in.over" }
  | { code: "sign-in.link-over" };

/** Why a password may not be one. */
export type PasswordProblem =
  | { code: "password.short"; least: number }
  | { code: "password.long"; most: number }
  | { code: "password.common" };

/** Where a session stands. `over`: none, or none that is still good. */
export type Standing =
  | { readonly at: "nobody" }
  | { readonly at: "second-step" | "set-up" | "office" | "mine"; readonly email: string };

/** What an authenticator app takes in: the secret as text (base32), and the same as an `otpauth:` address. */
interface FactorSecret {
  readonly secret: string;
  readonly uri: string;
}

/** A session as its owner sees it. */
export interface SessionFile {
  readonly id: string;
  readonly begunAt: Seconds;
  readonly seenAt: Seconds;
  readonly device: string;
  readonly factor: Factor | null;
  /** The one that asks. */
  readonly here: boolean;
}

/** What a person sees about their own sign-in. */
interface OwnSignIn {
  readonly name: string;
  readonly email: string;
  readonly sessions: readonly SessionFile[];
  readonly recoveryCodesLeft: number;
  readonly locale: "vi" | "en" | null;
}

/** What the letter for a promise says. */
export interface PromiseLetter {
  readonly code: string;
  readonly mark: string;
  readonly locale: "vi" | "en";
  /** As the reader's language writes it. */
  readonly amount: string;
  readonly day: string;
  /** Title of the campaign. */
  readonly campaign: string;
}

/** The steps of signing in and what a person does with their own account. */
export interface SignIn {
  /** Where the session of a cookie stands. */
  standing(cookie: string | null): Promise<Standing>;
  /** First step of staff. The same answer, at the same cost, for a wrong password and for an address nobody has. */
  withPassword(
    caller: Caller,
    given: { readonly email: string; readonly password: string },
  ): Promise<Result<Passed, SignInProblem>>;
  /** The secret to set up, the same one until it is confirmed; refused when a factor is set up already. */
  factorSecret(caller: Caller): Promise<Result<FactorSecret, SignInProblem>>;
  /** Confirm the new factor with a code of it; the recovery codes are told this once. */
  confirmFactor(
    caller: Caller,
    code: string,
  ): Promise<Result<Passed & { readonly recoveryCodes: readonly string[] }, SignInProblem>>;
  /** Second step: a code of the authenticator app, or a recovery code. Each is good once. */
  withFactor(
    caller: Caller,
    given: { readonly method: Factor; readonly code: string },
  ): Promise<Result<Passed, SignInProblem>>;
  /** End the session of the caller; answers the cookies that forget it. */
  out(caller: Caller): Promise<readonly string[]>;

  /** Send a one-time link to a donor. The answer is the same whoever asks, also when nothing is sent. */
  sendDonorLink(caller: Caller, email: string, locale: "vi" | "en"): Promise<void>;
  /**
   * Send a letter whose address confirms a promise (`mark`: `letterMark`). The answer is the same whoever asks; the limits are
   * those of a donor's link, so that nobody's mailbox is filled.
   */
  sendPromiseLink(caller: Caller, email: string, promise: PromiseLetter): Promise<void>;
  /** Follow a donor's link, once. */
  withDonorLink(caller: Caller, token: string): Promise<Result<Passed, SignInProblem>>;

  /** Send a link that sets a password, if staff has this address. Always the same answer. */
  sendPasswordLink(caller: Caller, email: string, locale: "vi" | "en"): Promise<void>;
  /** Set a password by such a link, once; ends every session of the person. */
  setPassword(
    caller: Caller,
    given: { readonly token: string; readonly password: string },
  ): Promise<Result<void, SignInProblem | PasswordProblem>>;

  /** The caller's own account; undefined without a whole session. */
  own(cookie: string | null): Promise<OwnSignIn | undefined>;
  /** End one of the caller's own sessions. False: no such session. */
  endSession(caller: Caller, session: string): Promise<boolean>;
  /** Change the password; every other session ends. */
  changePassword(
    caller: Caller,
    given: { readonly current: string; readonly password: string },
  ): Promise<Result<Passed, SignInProblem | PasswordProblem>>;
  /** Ten new recovery codes for a code of the app; the old ones are void. */
  newRecoveryCodes(caller: Caller, code: string): Promise<Result<readonly string[], SignInProblem>>;
  /** Remember the language of the office; answers the cookies. */
  chooseLocale(caller: Caller, locale: "vi" | "en"): Promise<readonly string[]>;
}

/** Giving people accounts. */
export interface Enrolment {
  /** A new account of the office, without password: `invite` sends the link that sets it. */
  enrol(person: {
    readonly name: string;
    readonly email: string;
    readonly locale: "vi" | "en";
  }): Promise<Result<{ readonly id: string }, { code: "people.email-taken" } | EmailProblem>>;
  /** The link that sets a password, for `bin/grant` to print where no letter can be sent yet; undefined: not staff. */
  inviteLink(person: string): Promise<string | undefined>;
  /** Send the link that sets the first password; it is good for three days. */
  invite(person: string): Promise<void>;
  /** Take away the second factor of somebody who lost it and its recovery codes: they set up another at the next sign-in. */
  clearFactor(person: string): Promise<void>;
}
