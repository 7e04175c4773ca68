/**
 * Every table published under `/data/v1/`. Columns are only ever added behind those that are there; a changed meaning
 * is a new version of the address.
 */
import type { SetSpec } from "./column.ts";
import { LEDGER_SETS } from "./ledger-sets.ts";
import { LIST_SETS } from "./list-sets.ts";
import { OFFICE_SETS } from "./office-sets.ts";
import { PLAN_SETS } from "./plan-sets.ts";

const ALL = { ...LEDGER_SETS, ...PLAN_SETS, ...LIST_SETS, ...OFFICE_SETS };

/** Name of a published table: `/data/v1/<name>.csv`. */
export type SetName = keyof typeof ALL;

export const SETS: Readonly<Record<SetName, SetSpec>> = ALL;

export const SET_NAMES = Object.keys(ALL) as readonly SetName[];

/** Forms in which a table can be had; text as it is read from the books, a spreadsheet put together in memory. */
const FORMATS = ["csv", "json", "xlsx"] as const;
export type Format = (typeof FORMATS)[number];
export type TextFormat = Exclude<Format, "xlsx">;

/** All tables in one file, with the README and the description: `/data/v1/<this>`. */
export const ZIP_NAME = "ketnghia.zip";

/** The tables by what a reader looks for; each stands in one group. */
export const SET_GROUPS = {
  money: [
    "donations",
    "pledges",
    "movements",
    "entries",
    "accounts",
    "evidence",
    "orders",
    "bank_accounts",
    "account_uses",
  ],
  animals: [
    "animals",
    "animal_events",
    "households",
    "household_counts",
    "progress_statements",
    "norms",
    "catalogue",
  ],
  lists: ["lists", "list_lines", "notices", "objections", "groups"],
  places: [
    "campaigns",
    "campaign_versions",
    "need_lines",
    "places",
    "plan_targets",
    "twins",
    "twinning_pairs",
    "twinning_promises",
    "twinning_goods",
  ],
} as const satisfies Readonly<Record<string, readonly SetName[]>>;

/** The table and form that a file name such as `movements.csv` asks for. */
export function fileAsked(file: string): { set: SetName; format: Format } | undefined {
  const match = /^([a-z_]+)\.(csv|json|xlsx)$/.exec(file);
  const set = SET_NAMES.find((name) => name === match?.[1]);
  const format = FORMATS.find((name) => name === match?.[2]);
  return set && format && { set, format };
}
