import type { Figure } from "./goals.ts";

/** What a part of the bench is given. */
export interface Bench {
  /** How many interleaved rounds: three or more. */
  readonly rounds: number;
  /** Also the book of ten million movements. */
  readonly large: boolean;
  /** First of thirty ports on 127.0.0.1 that are ours. */
  readonly port: number;
  /** Progress, one line. */
  say(line: string): void;
  /** Register what must end when the bench ends, however it ends; answers how to end it now. */
  onEnd(end: () => Promise<void>): () => Promise<void>;
}

/** One part of the bench measures some goals. */
export type Part = (bench: Bench) => Promise<Figure[]>;
