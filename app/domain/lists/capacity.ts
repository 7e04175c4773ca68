import type { Day, Seconds } from "../kernel/calendar.ts";

/** Capacities in which somebody sits in a working group, chairs a meeting or signs. */
export const CAPACITIES = [
  "chair",
  "commune",
  "twin",
  "front",
  "women",
  "farmers",
  "youth",
  "veterinary",
  "village",
] as const;

/** A decision on the working group of a commune (Tổ công tác kết nghĩa): bodies and capacities, no names of people. */
export interface WorkingGroup {
  readonly commune: string;
  readonly n: number;
  readonly decisionNumber: string;
  readonly decisionDate: Day;
  /** File of the office. */
  readonly paper: string;
  readonly members: readonly { readonly body: string; readonly capacity: string }[];
  readonly keptBy: string;
  readonly keptAt: Seconds;
}
