/**
 * An entry is one act, told in movements; it is never edited, only answered by another entry (ledger.md 3.4-3.6).
 * Verbs build an `EntryDraft`; the ledger gives it numbers (`lay-out.ts`), a place, and its public bytes.
 */
import { type Canonical, canonicalText } from "../kernel/canonical.ts";
import type { Day, Seconds } from "../kernel/calendar.ts";
import type { Sha256 } from "../kernel/digest.ts";
import type { Range } from "./axis.ts";
import type { Movement } from "./movement.ts";
import type { Reason } from "./reasons.ts";

/** All kinds of entry (ledger.md 3.5). */
export const ENTRY_KINDS = [
  /** A gateway says paid: world:donor → clearing. */
  "donation-reported",
  /** The bank shows a reported gift: clearing → fund (net), clearing → fee. */
  "donation-confirmed",
  /** The bank shows a gift without a gateway: world:donor → fund. */
  "donation-received",
  /** A reported gift that never came: clearing → world:donor. */
  "donation-expired",
  /** Money straight into the commune's account: world:donor → commune. */
  "direct-gift",
  /** Money whose purpose is not known: world:donor → suspense. */
  "suspense-received",
  /** A person found its purpose: suspense → fund or commune. */
  "suspense-assigned",
  /** Fund → commune, lowest numbers first. */
  "disbursement",
  /** Commune → proc. */
  "advance",
  /** proc → delivered, one movement a thing at its real price; heads market → herd. */
  "purchase",
  /** A gift of animals: heads market → herd, no đồng. */
  "gift-in-kind",
  /** proc → commune. */
  "unspent-advance",
  /** Commune → fund. */
  "returned-money",
  /** The donor's own range → refund:payable → world:refund. */
  "refund",
  /** A gateway took money back: recorded whatever is left. */
  "chargeback",
  /** What a chargeback left owed is paid: due → world:due. */
  "due-settled",
  /** delivered → loss; heads herd → world:death. */
  "loss",
  /** world:compensation → fund. */
  "compensation",
  /** Heads world:birth → herd. */
  "birth",
  /** Heads herd of one round → herd of the next; owed falls. */
  "pass-on",
  /** A group's duty to pass on is waived: owed → world:duty. */
  "duty-waived",
  /** Axis of one campaign → axis of another. */
  "redesignation",
  /** Each movement of one entry, turned round. */
  "reversal",
  /** A merged commune's accounts move to its successor and close. */
  "succession",
  /** No movement; balances as assertions, and no effective date up to its day any more. */
  "period-close",
  /** No movement: entries before it that are recorded later than it were recorded by a wrong clock (decision 0012). */
  "clock-corrected",
  /** No movement: a list of households was decided, with its checksum. */
  "list-decided",
  /** No movement: a list hangs out. */
  "notice-posted",
  /** No movement: a list came down, whole or too early. */
  "notice-ended",
  /** No movement: somebody objects to a line or a list. */
  "objection-opened",
  /** No movement: an objection was decided. */
  "objection-decided",
  /** No movement: a group was founded, with its rules. */
  "group-founded",
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Kinds that move nothing and tell what was decided, by their `facts`. */
export const TELLING_KINDS = [
  "list-decided",
  "notice-posted",
  "notice-ended",
  "objection-opened",
  "objection-decided",
  "group-founded",
] as const satisfies readonly EntryKind[];
export type TellingKind = (typeof TELLING_KINDS)[number];

/** The one kind of entry at which recorded times may go back. */
export const CLOCK_CORRECTED = "clock-corrected" satisfies EntryKind;

/** What one leg of a draft takes: the lowest numbers there, named numbers, or what an earlier leg brought. */
export type Take = "lowest" | readonly Range[] | { readonly broughtBy: number };

/** A wish to move money or heads; the ledger turns it into one movement or several. */
export interface Leg {
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
  /** Default `lowest`; without meaning where `from` is no axis. */
  readonly take?: Take;
  readonly animal?: string;
}

/** A thing that an entry brings into the register. */
export interface NewAnimal {
  readonly code: string;
  /** BO, DE, TB, LH, TC */
  readonly species: string;
  readonly campaign: string;
  readonly commune: string;
  readonly round: number;
  readonly dam?: string;
  readonly bornOn?: Day;
  readonly sex?: "F" | "M";
  /** Salted commitment to the ear tag number, 64 hex signs. */
  readonly tagCommitment?: string;
  readonly priceReason?: string;
}

/** Something that happened to an animal in this entry. */
export interface NewAnimalEvent {
  readonly animal: string;
  readonly kind: "handed-over" | "born" | "died" | "passed-on" | "replaced" | "returned";
  readonly on: Day;
  /** Public household code. */
  readonly household?: string;
  readonly other?: string;
  readonly cause?: string;
}

/** A paper behind an entry: only its salted digest is published. */
export interface Evidence {
  /** statement-line, contract, acceptance-minutes, photo, payment-order, decision, invoice */
  readonly kind: string;
  /** 64 hex signs: SHA-256 over 32 salt bytes and the content. */
  readonly digest: string;
}

/** What an entry tells beside its movements, published as it is. */
export type EntryFacts = { readonly [key: string]: Canonical };

/** What a verb asks the ledger to write. */
export interface EntryDraft {
  /** Idempotency key, made by the outermost party before the first attempt; never lapses. */
  readonly key: string;
  readonly kind: EntryKind;
  /** When it happened: bank value date, minutes date. */
  readonly effectiveOn: Day;
  readonly legs: readonly Leg[];
  readonly reverses?: number;
  /** Coded; needed when late, over the norm, re-designated, reversed. */
  readonly reason?: Reason;
  readonly evidence?: readonly Evidence[];
  /** What an entry without movements tells: codes, numbers, days and digests, never a name or free text. */
  readonly facts?: EntryFacts;
  /** Salted commitments, 64 hex signs each. */
  readonly commitments?: readonly string[];
  /** Office acting, never a person: `commune:20455`, `committee`. */
  readonly role?: string;
  /** Gift code, where the entry is about one gift. */
  readonly donation?: string;
  readonly animals?: readonly NewAnimal[];
  readonly animalEvents?: readonly NewAnimalEvent[];
  /** Accounts that end with this entry; each must be empty then. */
  readonly closes?: readonly string[];
  /** Balances stated by a period close. */
  readonly assertions?: readonly { readonly account: string; readonly balance: bigint }[];
}

/** An entry with its movements laid out and its place given. */
export interface LaidOutEntry {
  readonly number: number;
  readonly draft: EntryDraft;
  readonly recordedAt: Seconds;
  readonly movements: readonly Movement[];
  readonly units: readonly string[];
  readonly opens: readonly string[];
}

/** Days an entry may be recorded after it happened without a reason code (ledger.md 3.12). */
export const LATE_AFTER_DAYS = 7;

/** Prefix that makes a key digest ours (it is salted, as a bank reference can be known to a payer). */
const KEY_LABEL = "ketnghia/key/v1";

/** The digest of an idempotency key that is published in place of the key. */
export function keyDigest(sha256: Sha256, key: string, saltHex: string): string {
  return sha256(`${KEY_LABEL}\0${saltHex}\0${key}`);
}

/** The text that is published for an entry: RFC 8785, codes and digests only, no free text (transparency-log.md 4). */
export function publicText(entry: LaidOutEntry, digestOfKey: string): string {
  const { draft } = entry;
  // In the order of the text, so that nothing is sorted.
  const value: Canonical = {
    animals: some(draft.animals?.map(animalValue)),
    assertions: some(draft.assertions?.map(({ account, balance }) => ({ account, balance }))),
    closes: some(draft.closes),
    commitments: some(draft.commitments),
    donation: draft.donation,
    effective: draft.effectiveOn,
    entry: entry.number,
    evidence: some(draft.evidence?.map(({ digest }) => digest)),
    facts: draft.facts,
    key: digestOfKey,
    kind: draft.kind,
    movements: entry.movements.map((movement, n) =>
      movementValue(movement, entry.units[n] ?? "VND"),
    ),
    opens: some(entry.opens),
    reason: draft.reason,
    recorded: entry.recordedAt,
    reverses: draft.reverses,
    role: draft.role,
    v: 1,
  };
  return canonicalText(value);
}

/** SHA-256 of what was asked for, so that a reused key with another request is caught (ledger.md 3.10). */
export function requestDigest(sha256: Sha256, draft: EntryDraft): string {
  const { key: _, ...asked } = draft;
  // A draft holds canonical values only, which its type cannot say; anything else is refused there.
  return sha256(canonicalText(asked as unknown as Canonical));
}

/** RFC 6962 leaf: H(0x00 ‖ bytes). */
export function leafHash(sha256: Sha256, text: string): string {
  return sha256(`\0${text}`);
}

function movementValue(movement: Movement, unit: string): Canonical {
  return {
    amount: movement.amount,
    animal: movement.animal,
    from: movement.from,
    fromLo: movement.fromLo,
    to: movement.to,
    toLo: movement.toLo,
    unit,
  };
}

function animalValue(animal: NewAnimal): Canonical {
  return {
    code: animal.code,
    species: animal.species,
    campaign: animal.campaign,
    commune: animal.commune,
    round: animal.round,
    dam: animal.dam,
    tag: animal.tagCommitment,
    priceReason: animal.priceReason,
  };
}

function some<Item>(items: readonly Item[] | undefined): readonly Item[] | undefined {
  return items && items.length > 0 ? items : undefined;
}
