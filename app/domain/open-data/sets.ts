/**
 * Every table published under `/data/v1/`. Columns are only ever added behind those that are there; a changed meaning
 * is a new version of the address.
 */
import type { SetSpec } from "./column.ts";
import { LEDGER_SETS } from "./ledger-sets.ts";
import { OFFICE_SETS } from "./office-sets.ts";
import { PLAN_SETS } from "./plan-sets.ts";

const ALL = { ...LEDGER_SETS, ...PLAN_SETS, ...OFFICE_SETS };

/** Name of a published table: `/data/v1/<name>.csv`. */
export type SetName = keyof typeof ALL;

export const SETS: Readonly<Record<SetName, SetSpec>> = ALL;

export const SET_NAMES = Object.keys(ALL) as readonly SetName[];

/** Forms in which a table can be had. */
const FORMATS = ["csv", "json"] as const;
export type Format = (typeof FORMATS)[number];

/** The table and form that a file name such as `movements.csv` asks for. */
export function fileAsked(file: string): { set: SetName; format: Format } | undefined {
  const match = /^([a-z_]+)\.(csv|json)$/.exec(file);
  const set = SET_NAMES.find((name) => name === match?.[1]);
  const format = FORMATS.find((name) => name === match?.[2]);
  return set && format && { set, format };
}
