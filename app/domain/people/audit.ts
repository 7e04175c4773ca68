import type { Seconds } from "../kernel/calendar.ts";
import type { Person } from "./may.ts";
import type { OfficeAct } from "./office-act.ts";
import type { Grant, Role } from "./role.ts";

/** What happens to sign-ins: done by nobody's role. */
export const SIGN_IN_ACTS = [
  "session.begun",
  "session.second-factor",
  "session.refused",
  "session.ended",
  "second-factor.set-up",
  "password.changed",
  "recovery-code.used",
] as const;
export type SignInAct = (typeof SIGN_IN_ACTS)[number];

/** What is done at the server by whoever runs it: nobody's role, and no person is known there. */
export const SERVER_ACTS = ["clock.corrected"] as const;
type ServerAct = (typeof SERVER_ACTS)[number];

/** Facts of an act as codes, numbers and ids: no free text, no personal data. */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null>>;

/** What somebody did, or was refused. */
export interface AuditNote {
  readonly act: OfficeAct | SignInAct | ServerAct;
  /** `campaign`, `order`, `file`, `grant`, `person`, ... */
  readonly subjectKind: string;
  readonly subject: string;
  readonly outcome: "done" | "refused";
  readonly facts: AuditFacts;
  /** Person id; null where nobody is known, such as a refused sign-in. */
  readonly person: string | null;
  /** The grant it was done under; null for sign-ins. */
  readonly grant: string | null;
  readonly role: Role | null;
  readonly organisation: string | null;
}

/** A note as it stands in the trail: numbered without gaps, never changed. */
export interface AuditLine extends AuditNote {
  readonly n: number;
  readonly at: Seconds;
}

/** Writing the trail: in the transaction of what it tells of. */
export interface AuditTrail {
  add(note: AuditNote): Promise<void>;
}

/** The note of an act of the office. */
export function noteOf(
  person: Person,
  grant: Grant,
  act: OfficeAct,
  subject: { readonly kind: string; readonly id: string },
  facts: AuditFacts = {},
): AuditNote {
  return {
    act,
    subjectKind: subject.kind,
    subject: subject.id,
    outcome: "done",
    facts,
    person: person.id,
    grant: grant.id,
    role: grant.role,
    organisation: grant.organisation,
  };
}
