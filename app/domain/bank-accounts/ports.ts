import type { Writing } from "../acts/act.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { AuditTrail } from "../people/audit.ts";
import type { People } from "../people/ports.ts";
import type { Places } from "../places/ports.ts";
import type { OfficialAccount } from "./account.ts";

/** What is proposed: to open an account, or to end one. */
export interface AccountChange {
  readonly id: string;
  readonly kind: "open" | "end";
  readonly bankAccount: string;
  readonly holder: string;
  readonly bankName: string;
  readonly bin: string;
  readonly number: string;
  readonly owner: "appeal" | "commune";
  readonly commune: string | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  /** Why, in words of the office. */
  readonly reason: string;
  readonly paperNumber: string;
  readonly paperDate: Day;
  readonly proposedBy: string;
  /** Organisation it was proposed in. */
  readonly organisation: string;
  readonly proposedAt: Seconds;
}

/** What somebody else decided. */
interface AccountDecision {
  readonly outcome: "approved" | "refused";
  readonly reason: string | null;
  readonly decidedBy: string;
  readonly organisation: string;
  readonly decidedAt: Seconds;
}

/** A change with its decision; null while it waits. */
export interface AccountChangeFile extends AccountChange {
  readonly decision: AccountDecision | null;
}

/** An account with its number, for the rules of the office. */
export interface KnownAccount extends OfficialAccount {
  readonly holder: string;
  readonly bankName: string;
  readonly bin: string;
  readonly number: string;
}

/** Storing accounts and what leads to them, within a transaction. */
export interface AccountChanges {
  account(id: string): Promise<KnownAccount | undefined>;
  byNumber(number: string): Promise<KnownAccount | undefined>;
  change(id: string): Promise<AccountChangeFile | undefined>;
  /** Undecided changes of this kind about this number. */
  waiting(kind: "open" | "end", number: string): Promise<AccountChangeFile[]>;
  /** `false`: a form with this key was stored before; nothing was written. */
  propose(change: AccountChange, key: string): Promise<boolean>;
  /** The id of the change that a form with this key made. */
  byKey(key: string): Promise<string | undefined>;
  decide(change: string, decision: AccountDecision): Promise<void>;
  /** Put an approved account into the registry. */
  open(change: AccountChange): Promise<void>;
  /** Give an account its last day. */
  end(account: string, lastDay: Day): Promise<void>;
  /** Campaigns that still take gifts after `day` into this account, by id. */
  campaignsAfter(account: string, day: Day): Promise<string[]>;
}

/** Reading changes for the office's pages. */
export interface AccountChangeReading {
  /** Newest first; those that wait before those decided. */
  accountChanges(): Promise<AccountChangeFile[]>;
}

/** What the verbs on official accounts need. */
export interface AccountDesk {
  readonly official: Writing<{
    readonly accountChanges: AccountChanges;
    readonly people: Pick<People, "grantsOf">;
    readonly places: Places;
    readonly audit: AuditTrail;
  }>;
  now(): Seconds;
  newId(): string;
}
