import { no, ok, type Result } from "./result.ts";

/** Why typed text is not taken as an e-mail address. */
export type EmailProblem =
  | { readonly code: "email.wrong" }
  /** A letter outside ASCII before the @, such as in `hồng@example.com`: mail servers refuse it, and nobody would be told. */
  | { readonly code: "email.letters" };

/** Something, an @, and names with a dot between them: dots part the names, so that nothing can be read in two ways. */
const EMAIL = /^[^\s\p{C}@<>,;:"]{1,64}@[^\s\p{C}@<>,;:".]+(?:\.[^\s\p{C}@<>,;:".]+)+$/u;
/** RFC 5321 4.5.3.1.3, without the brackets. */
const LONGEST = 254;

/**
 * An e-mail address as it is kept and written to: trimmed, in small letters. A domain with accents is taken, as it is sent as
 * punycode; what stands before the @ is sent as it is (docs/stack.md, nodemailer).
 */
export function readEmail(typed: string): Result<string, EmailProblem> {
  const email = typed.trim().normalize("NFC").toLowerCase();
  if (email.length > LONGEST || !EMAIL.test(email)) return no({ code: "email.wrong" });
  const before = email.slice(0, email.indexOf("@"));
  return /^[\x21-\x7e]+$/.test(before) ? ok(email) : no({ code: "email.letters" });
}
