import type { Seconds } from "../kernel/calendar.ts";
import type { Role } from "../people/role.ts";

/** What a body beside the commune said to a list before it was decided. */
export interface Opinion {
  readonly list: string;
  readonly version: number;
  readonly n: number;
  readonly capacity: OpinionCapacity;
  /** Id of the organisation. */
  readonly organisation: string;
  readonly agrees: boolean;
  /** For the office's eyes. */
  readonly text: string;
  readonly saidBy: string;
  readonly saidAt: Seconds;
}

/** Bodies that are asked. */
const OPINION_CAPACITIES = ["twin", "front", "union", "district"] as const;
export type OpinionCapacity = (typeof OPINION_CAPACITIES)[number];

/** In which capacity somebody speaks, by the role it is said under. */
export function capacityOf(role: Role): OpinionCapacity {
  if (role === "twin-officer") return "twin";
  if (role === "front-officer") return "front";
  return role === "union-officer" ? "union" : "district";
}
