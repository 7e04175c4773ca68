import type { Day, Seconds } from "../kernel/calendar.ts";
import type { AuditLine, AuditNote } from "./audit.ts";
import type { DonorGifts } from "./donor-gifts.ts";
import type { Person } from "./may.ts";
import type { Organisation } from "./organisation.ts";
import type { Grant, Role } from "./role.ts";
import type { Enrolment, SignIn } from "./sign-in.ts";

/** Who asks, told by the session cookie. */
export interface Visitor {
  /** Undefined: nobody is signed in. A donor has no grants. */
  readonly person: Person | undefined;
  /** Language the person chose for the office; undefined: none chosen. */
  readonly locale: "vi" | "en" | undefined;
}

/** Sign-in, behind which a library stands (`app/adapters/accounts`). Domain rules never see a password. */
export interface Accounts {
  readonly signIn: SignIn;
  readonly enrolment: Enrolment;
  readonly donorGifts: DonorGifts;
  /** The person of a session; `cookie` is the request's cookie header. */
  visitor(cookie: string | null): Promise<Visitor>;
}

export type { Organisation } from "./organisation.ts";

/** A grant on its way: proposed, decided by another, perhaps withdrawn. */
export interface GrantFile extends Grant {
  readonly person: string;
  readonly state: "proposed" | "approved" | "refused" | "withdrawn";
  readonly proposedBy: string;
  readonly proposedAt: Seconds;
  readonly decidedBy: string | null;
  readonly decidedAt: Seconds | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: Seconds | null;
  readonly version: number;
}

/** The step a grant takes next. */
export interface GrantStep {
  readonly state: "approved" | "refused" | "withdrawn";
  readonly by: string;
  readonly at: Seconds;
}

/** Storing what people hold, and where. Names come from the accounts. */
export interface People {
  organisations(): Promise<Organisation[]>;
  organisation(id: string): Promise<Organisation | undefined>;
  /** Add an organisation; its version is 1. */
  addOrganisation(organisation: Omit<Organisation, "version">): Promise<void>;
  /** False: another version is stored than the one given. */
  changeOrganisation(organisation: Organisation): Promise<boolean>;
  /** Names by person id, for the office's own pages; whoever has no account is left out. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Approved grants of `role` in force on `day`, with who holds them. */
  holders(role: Role, day: Day): Promise<{ readonly person: string; readonly grant: Grant }[]>;
  /**
   * What a person holds on `day`: approved, in its period, in an organisation that is in force that day. An organisation that
   * ended takes its grants with it; its successor's people are granted anew.
   */
  grantsOf(person: string, day: Day): Promise<Grant[]>;
  grant(id: string): Promise<GrantFile | undefined>;
  /** All that was ever proposed for one person, or for anybody, newest first. */
  grants(person?: string): Promise<GrantFile[]>;
  propose(
    grant: Grant & { person: string; proposedBy: string; proposedAt: Seconds },
  ): Promise<void>;
  /** False: another version is stored than `version`. */
  step(id: string, version: number, step: GrantStep): Promise<boolean>;
}

/** Somebody with an account, as the office lists them. */
export interface PersonCard {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Reading people outside a transaction. */
export interface PeopleReading extends Pick<
  People,
  "organisations" | "organisation" | "names" | "grant" | "grants" | "grantsOf" | "holders"
> {
  /** Everybody with an account that holds, held or may hold a role, by name. */
  cards(): Promise<PersonCard[]>;
  card(id: string): Promise<PersonCard | undefined>;
}

/** What a page of the trail is asked for. */
export interface AuditFilter {
  readonly person?: string;
  readonly act?: string;
  readonly subject?: string;
  readonly outcome?: "done" | "refused";
  readonly from?: Day;
  readonly to?: Day;
}

/** Reading the trail, newest first, and adding what no act of the office adds: a refusal at the door. */
export interface AuditReading {
  list(
    filter: AuditFilter,
    before: number | undefined,
    size: number,
    skip?: number,
  ): Promise<AuditLine[]>;
  /** How many lines match. */
  count(filter: AuditFilter): Promise<number>;
  add(note: AuditNote): Promise<void>;
}
