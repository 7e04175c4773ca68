import type { Day, Seconds } from "../kernel/calendar.ts";
import type { EntryKind } from "../ledger/entry.ts";
import type { Piece } from "../ledger/trace.ts";
import type { Row } from "./column.ts";
import type { CountedSet } from "./overview.ts";
import type { SetName } from "./sets.ts";

/** A gift as published: no name, no text of its payer. */
export interface OpenGift {
  readonly donation: string;
  readonly entry: number;
  readonly campaign: string | null;
  readonly channel: string;
  readonly account: string;
  readonly lo: bigint;
  /** đồng */
  readonly amount: bigint;
  readonly receivedOn: Day;
}

/** A gift with its forward trace. */
export interface TracedGift extends OpenGift {
  readonly pieces: readonly Piece[];
  /** Kind of each entry on the way. */
  readonly kinds: ReadonlyMap<number, EntryKind>;
}

/** A text file of a ZIP, as it is made. */
export interface ZippedFile {
  readonly name: string;
  readonly parts: AsyncIterable<string> | Iterable<string>;
}

/** Puts text files together as one ZIP while it is read; `at` is the time they bear, UTC seconds. */
export type ZipFiles = (files: Iterable<ZippedFile>, at: Seconds) => AsyncGenerator<Uint8Array>;

/** Reading what is published. */
export interface OpenDataReading {
  /** Number of the last entry; 0 while the books are empty. */
  head(): Promise<number>;
  /**
   * The rows of a table as of entry `head`, in the order of its key or of the ledger, a page at a time: never the whole
   * table in memory.
   */
  pages(set: SetName, head: number): AsyncIterable<readonly Row[]>;
  /** How long each table is as of entry `head`, with its first rows. */
  counted(head: number): Promise<readonly CountedSet[]>;
  /** A gift by its code, as of entry `head`; undefined when there is none. */
  gift(code: string, head: number): Promise<TracedGift | undefined>;
}
