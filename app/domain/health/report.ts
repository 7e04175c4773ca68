import type { Seconds } from "../kernel/calendar.ts";
import type {
  CheckFacts,
  FileStoreFacts,
  JobFacts,
  MailFacts,
  Trouble,
  WaitingFacts,
} from "./facts.ts";

export const HEALTH_STATES = ["ok", "degraded", "failing"] as const;
/** `failing`: it does not do its work. `degraded`: somebody should look. */
export type HealthState = (typeof HEALTH_STATES)[number];

export const HEALTH_PARTS = [
  "database",
  "ledger",
  "sequencer",
  "clock",
  "events",
  "attention",
  "checks",
  "jobs",
  "files",
  "mail",
] as const;
export type HealthPart = (typeof HEALTH_PARTS)[number];

/** What is wrong with a part, as a key of `office-health.json`. */
export type HealthWord =
  | Trouble
  | "silent"
  | "blocked"
  | "waits-long"
  | "stuck"
  | "nobody-numbers"
  | "clock-apart"
  | "clock-refused"
  | "check-failed"
  | "check-old"
  | "job-failed"
  | "job-late"
  | "no-jobs"
  | "little-room"
  | "not-sent"
  | "not-reachable"
  | "unknown";

/** One part: `why` says what is wrong with it. */
export interface PartReport {
  readonly status: HealthState;
  readonly why?: HealthWord;
  /** Since when, where that is known. */
  readonly since?: Seconds;
}

/** How a job is doing. */
export interface JobReport extends JobFacts, PartReport {}

/** Who gives gifts their numbers. */
type Numbering = "this" | "another" | "nobody" | "unknown";

/** How the site is: what is known of each part is null where it could not be asked. */
export interface HealthReport {
  readonly status: HealthState;
  readonly at: Seconds;
  readonly parts: {
    readonly database: PartReport & { readonly read: PartReport; readonly write: PartReport };
    readonly ledger: PartReport & { readonly entries: number | null };
    readonly sequencer: PartReport & {
      readonly numbering: Numbering;
      readonly queue: WaitingFacts | null;
    };
    readonly clock: PartReport & { readonly aheadSeconds: number | null };
    readonly events: PartReport & { readonly unanswered: WaitingFacts | null };
    readonly attention: PartReport & { readonly open: WaitingFacts | null };
    readonly checks: PartReport & { readonly last: CheckFacts | null };
    readonly jobs: PartReport & { readonly runs: readonly JobReport[] | null };
    readonly files: PartReport & { readonly freeBytes: FileStoreFacts["freeBytes"] };
    readonly mail: PartReport & { readonly letters: MailFacts | null };
  };
}
