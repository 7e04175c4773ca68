import type { Day, Seconds } from "../kernel/calendar.ts";
import type { AuditLine } from "./audit.ts";
import type { Person } from "./may.ts";
import type { Grant, Role } from "./role.ts";

/** Who asks, told by the session cookie. */
export interface Visitor {
  /** Undefined: nobody is signed in. A donor has no grants. */
  readonly person: Person | undefined;
  /** Language the person chose for the office; undefined: none chosen. */
  readonly locale: "vi" | "en" | undefined;
}

/** Sign-in, behind which a library stands (`app/adapters/accounts`). Domain rules never see a password. */
export interface Accounts {
  /** The person of a session; `cookie` is the request's cookie header. */
  visitor(cookie: string | null): Promise<Visitor>;
}

/** A body with its period: people appear in public only as these. */
export interface Organisation {
  readonly id: string;
  readonly kind:
    | "committee"
    | "department"
    | "district-office"
    | "commune-committee"
    | "twinned-unit"
    | "company";
  readonly nameVi: string;
  readonly nameEn: string;
  readonly place: string | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly successor: string | null;
}

/** A grant on its way: proposed, approved by another, perhaps withdrawn. */
export interface GrantFile extends Grant {
  readonly person: string;
  readonly personName: string;
  readonly state: "proposed" | "approved" | "refused" | "withdrawn";
  readonly proposedBy: string;
  readonly proposedAt: Seconds;
  readonly decidedBy: string | null;
  readonly withdrawnBy: string | null;
}

/** Storing people and what they hold. */
export interface People {
  organisations(): Promise<Organisation[]>;
  organisation(id: string): Promise<Organisation | undefined>;
  /** Names by person id, for the office's own pages. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Approved grants of `role` in force on `day`, with who holds them. */
  holders(role: Role, day: Day): Promise<{ readonly person: string; readonly grant: Grant }[]>;
}

/** What a page of the trail is asked for. */
export interface AuditFilter {
  readonly person?: string;
  readonly act?: string;
  readonly subject?: string;
  readonly from?: Day;
  readonly to?: Day;
}

/** Reading the trail, newest first. */
export interface AuditReading {
  list(filter: AuditFilter, before: number | undefined, size: number): Promise<AuditLine[]>;
}
