import type { Result } from "../kernel/result.ts";
import type { Person } from "../people/may.ts";
import type { OfficeAct } from "../people/office-act.ts";
import type { Grant } from "../people/role.ts";

/** Who a household is: kept sealed, never public (law 91/2025/QH15). */
export interface PersonalData {
  /** Head of the household, one field, as on the book. */
  readonly name: string;
  /** Empty where unknown. */
  readonly phone: string;
  /** Number of the household's book or of the head's personal number; empty where unknown. */
  readonly book: string;
  readonly members: readonly {
    readonly name: string;
    /** Coded: `spouse`, `child`, `parent`, `other`. */
    readonly relation: string;
    readonly birthYear: number | null;
  }[];
  /** Official ethnic group by its code, and as the household calls itself; only with consent, else empty. */
  readonly ethnicGroup: string;
  readonly selfName: string;
}

/** What a person looks at personal data for; the trail keeps it with the look. */
const LOOK_PURPOSES = [
  "keep",
  "search",
  "judge-duplicate",
  "answer-request",
  "compile",
  "decide",
  "sheet",
  "objection",
  "commitment",
] as const;
type LookPurpose = (typeof LOOK_PURPOSES)[number];

/** A look: noted in the audit trail before anything is opened. */
export interface Look {
  readonly person: Person;
  readonly grant: Grant;
  readonly act: OfficeAct;
  readonly purpose: LookPurpose;
}

/** The key outside the database is another, or gone: what was sealed stays shut, everything else goes on. */
export interface KeyProblem {
  readonly code: "register.key-lost";
}

/** Sealing texts at rest with a key that is not in the database. */
export interface SealedTexts {
  /** Two seals of one text differ. */
  seal(text: string): Promise<Result<Uint8Array, KeyProblem>>;
  open(sealed: Uint8Array): Promise<Result<string, KeyProblem>>;
  /** A keyed digest that is equal for equal texts and tells nothing to who lacks the key, hex. */
  mark(folded: string): Promise<Result<string, KeyProblem>>;
}

/** The names of households, for who may look. */
export interface RegisterNames {
  /** Personal data by registration; each that is opened is a line in the trail, about its household. Erased ones are not in the answer. */
  ofRegistrations(
    registrations: readonly string[],
    look: Look,
  ): Promise<Result<ReadonlyMap<string, PersonalData>, KeyProblem>>;
  /** The same by the household's id. */
  ofHouseholds(
    households: readonly string[],
    look: Look,
  ): Promise<Result<ReadonlyMap<string, PersonalData>, KeyProblem>>;
}
