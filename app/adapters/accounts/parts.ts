import { createHmac } from "node:crypto";

import type { Day, Seconds } from "#app/domain/kernel/calendar.ts";
import type { Mail } from "#app/domain/letters/ports.ts";
import type { AuditNote, AuditTrail, SignInAct } from "#app/domain/people/audit.ts";
import type { Grant } from "#app/domain/people/role.ts";
import type { Database } from "#db/client.ts";

import type { Letters } from "../mail/letters.ts";
import type { SessionCookies } from "./cookies.ts";
import type { Library } from "./library.ts";

/** What sign-in is put together from. */
export interface AccountsOptions {
  /** Never a transaction: the library commits by itself. */
  readonly db: Database;
  readonly now: () => Seconds;
  readonly newId: () => string;
  /** Signs cookies, encrypts the secrets of authenticator apps, keys the hashes. */
  readonly secret: string;
  /** The site as browsers see it, without a closing slash. */
  readonly address: string;
  readonly mail: Mail;
  readonly letters: Letters;
  readonly audit: AuditTrail;
  /** Address of the page that follows a link of a letter. */
  linkTo(page: "donor" | "password", locale: "vi" | "en", token: string): string;
  /** Address of the page of a promise, with the mark of its letter. */
  promiseLink(locale: "vi" | "en", code: string, mark: string): string;
  grantsOf(person: string, day: Day): Promise<Grant[]>;
  /** Cookies that a browser takes over http too; only of the demonstration there. */
  readonly plainCookies?: boolean;
  /** What went wrong behind an answer that was given already, such as a letter. */
  onTrouble(error: unknown): void;
}

/** The same, with what the parts share. */
export interface Parts extends AccountsOptions {
  readonly cookies: SessionCookies;
  /** better-auth, loaded when the first one signs in: most visitors never do. */
  library(): Promise<Library>;
  /** Do what the answer does not wait for, so that its time tells nothing. */
  behind(work: () => Promise<void>): void;
}

/** A keyed hash: finds a thing again without keeping it. */
export function keyed(secret: string, purpose: string, value: string): string {
  return createHmac("sha256", secret).update(`${purpose}\n${value}`).digest("base64url");
}

/** The line of the trail for what happens to a sign-in; it carries no address and no e-mail. */
export function signInNote(
  act: SignInAct,
  person: string | null,
  facts: AuditNote["facts"] = {},
  outcome: AuditNote["outcome"] = "done",
): AuditNote {
  return {
    act,
    subjectKind: "person",
    subject: person ?? "unknown",
    outcome,
    facts,
    person,
    grant: null,
    role: null,
    organisation: null,
  };
}

/** Whether better-auth refused, rather than broke. A redirect of it is a refusal too: it knows no other way to say so. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || !("statusCode" in error)) return false;
  return typeof error.statusCode === "number" && error.statusCode < 500;
}
