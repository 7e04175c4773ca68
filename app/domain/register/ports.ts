import type { Seconds } from "../kernel/calendar.ts";
import { no } from "../kernel/result.ts";
import type { SealedTexts } from "./personal-data.ts";

/** A key of the register as the database has it: wrapped by the key outside. */
export interface WrappedKey {
  readonly id: string;
  readonly wrapped: Uint8Array;
  readonly madeAt: Seconds;
  /** Null for the one that seals now. */
  readonly retiredAt: Seconds | null;
}

/** The wrapped keys. */
export interface RegisterKeys {
  /** All, the newest first. */
  all(): Promise<WrappedKey[]>;
  /** One more; one of this id that is there already stays as it is. */
  add(id: string, wrapped: Uint8Array): Promise<void>;
}

/** What keeps the keys in order. */
export interface RegisterKeyDesk extends RegisterKeys {
  /** All but these no longer seal. */
  retireOthers(stay: readonly string[]): Promise<void>;
  /** The same key under another wrap. */
  rewrap(id: string, wrapped: Uint8Array): Promise<void>;
}

/** Sealing with keys from a database or a transaction. */
export type SealingOver = (keys: RegisterKeys) => SealedTexts;

/** The answer where the key is another, or gone. */
export const LOST = no({ code: "register.key-lost" });

/** Where no key was given: nothing is sealed, and nothing opened. */
export const noSealing: SealingOver = () => ({
  seal: () => Promise.resolve(LOST),
  open: () => Promise.resolve(LOST),
  mark: () => Promise.resolve(LOST),
});
