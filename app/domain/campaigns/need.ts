import type { Dong } from "../kernel/dong.ts";

/** One line of what a campaign needs. */
export interface Need {
  readonly species: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly quantity: number;
  /** đồng for one */
  readonly unitPrice: Dong;
  /** What one is counted in; absent where the thing says so itself. */
  readonly unitVi?: string;
  readonly unitEn?: string;
  /** Item of the catalogue it was taken from. */
  readonly catalogue?: string;
}
