import type { Seconds } from "../kernel/calendar.ts";

/** Why something could not be looked at or done. */
export type Trouble =
  /** Nobody answers at its address, or the connection broke. */
  | "unreachable"
  /** The database has no more room on its disk. */
  | "disk-full"
  /** A database that only reads, such as a standby. */
  | "read-only"
  /** Somebody else holds what is needed. */
  | "locked"
  | "too-many-connections"
  /** Refused for want of rights. */
  | "not-permitted"
  /** The bytes that came back are not those that were written. */
  | "not-kept"
  /** Given up after its time. */
  | "timed-out"
  | "error";

/** What one look at a part came to. */
export type Seen<Value> =
  | { readonly state: "seen"; readonly value: Value; readonly milliseconds: number }
  /** Failed, and all tries before it since a moment. */
  | { readonly state: "failed"; readonly why: Trouble; readonly since: Seconds }
  /** No answer within its time; it is still being waited for. */
  | { readonly state: "silent"; readonly since: Seconds };

/** The runs of one job. */
export interface JobFacts {
  readonly name: string;
  readonly everySeconds: number;
  /** When whoever runs it first said so. */
  readonly knownSince: Seconds;
  readonly startedAt: Seconds | null;
  /** The last run that ended. */
  readonly endedAt: Seconds | null;
  readonly failed: boolean;
  /** The last run that ended well. */
  readonly doneAt: Seconds | null;
}

/** Things that wait, with the age of the oldest in seconds; null when there is none. */
export interface WaitingFacts {
  readonly count: number;
  readonly oldestSeconds: number | null;
}

/** What the database tells of the books and of what waits around them. */
export interface BookFacts {
  /** Entries in the ledger. */
  readonly entries: number;
  /** Whether the head of the ledger, which every entry needs, could be had within a second. */
  readonly headFree: boolean;
  /** Whether any process holds the sequencer's lock. */
  readonly numbered: boolean;
  /** The database takes no writes: a standby, or set so. */
  readonly readOnly: boolean;
  /** This process's clock less the database's, seconds. */
  readonly clockAhead: number;
  /** How far the last entry was recorded ahead of this process's clock, seconds: a wrong clock did that. */
  readonly recordedAhead: number;
  /** Gifts that wait for their number. */
  readonly queue: WaitingFacts;
  /** An entry was recorded since the oldest of them began to wait. */
  readonly queueMoves: boolean;
  /** Kept events of gateways without an answer. */
  readonly events: WaitingFacts;
  /** What waits for a person to look at. */
  readonly attention: WaitingFacts;
  readonly jobs: readonly JobFacts[];
}

/** The last run of the checks of the books. */
export interface CheckFacts {
  readonly ranAt: Seconds;
  readonly ok: boolean;
  /** How many checks found something. */
  readonly broken: number;
}

/** Where the files are: bytes free, unless it is a bucket. */
export interface FileStoreFacts {
  readonly freeBytes: number | null;
}

/** What became of letters since the start of this process. */
export interface MailFacts {
  readonly configured: boolean;
  /** The server takes our sign-in; null while nobody asked it. */
  readonly reachable: boolean | null;
  readonly sentAt: Seconds | null;
  readonly failedAt: Seconds | null;
}

/** Everything that was seen in one look. */
export interface HealthFacts {
  readonly at: Seconds;
  readonly startedAt: Seconds;
  /** This process holds the sequencer's lock. */
  readonly numbersHere: boolean;
  /** A page's way of reading. */
  readonly read: Seen<unknown>;
  /** A write that was committed. */
  readonly write: Seen<unknown>;
  readonly books: Seen<BookFacts>;
  /** Undefined: no run is on record. */
  readonly check: Seen<CheckFacts | undefined>;
  readonly files: Seen<FileStoreFacts>;
  readonly mail: Seen<MailFacts>;
}
