/**
 * Recompute everything from what is published, as an outsider would: a second implementation that imports nothing of the
 * application. Run it against a running site or a folder of downloaded files:
 *
 *   node tests/outside/recompute.ts http://localhost:3000
 *   node tests/outside/recompute.ts ./downloaded
 *
 * Exits 0 when every promise holds, 1 when one does not, naming each thing that breaks one.
 */
import { parseArgs } from "node:util";

import { checkDescribed } from "./described.ts";
import { checkAnimalStates, followGifts, traceThings } from "./gifts.ts";
import { checkOffice } from "./office-sets.ts";
import { checkPages } from "./pages.ts";
import { checkRecords } from "./records.ts";
import { replay } from "./replay.ts";
import { folderSource, siteSource, type Source } from "./source.ts";
import { readTables } from "./tables.ts";
import { type Figures, totals } from "./totals.ts";
import { Atlas } from "./traces.ts";

/** What the recomputation found. */
export interface Recomputed {
  readonly problems: readonly string[];
  /** How many things were looked at. */
  readonly counts: Readonly<Record<string, number>>;
  readonly totals: ReadonlyMap<string, Figures>;
  /** Balance of every account after the last entry. */
  readonly balances: ReadonlyMap<string, bigint>;
}

/** Read, replay, trace, add up and compare; `pages` also reads what people see. */
export async function recompute(
  source: Source,
  options: { readonly pages?: boolean } = {},
): Promise<Recomputed> {
  const problems: string[] = [];
  const tables = await readTables(source, problems);
  const described = await checkDescribed(source, problems);
  const { moves, balances } = replay(tables, problems);
  const atlas = new Atlas(moves);
  const gifts = followGifts(tables, moves, atlas, problems);
  traceThings(tables, atlas, gifts, problems);
  checkAnimalStates(tables, problems);
  const sums = totals(tables, moves, problems);
  const records = await checkRecords(source, gifts, problems);
  const office = await checkOffice(source, tables, moves, problems);
  const figures = options.pages ? await checkPages(source, tables, sums, gifts, problems) : 0;
  return {
    problems,
    counts: {
      entries: tables.entries.length,
      movements: moves.length,
      accounts: tables.accounts.length,
      gifts: gifts.length,
      animals: tables.animals.length,
      campaigns: tables.campaigns.length,
      described,
      records,
      office,
      figures,
    },
    totals: sums,
    balances,
  };
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { pages: { type: "boolean", default: true } },
    allowNegative: true,
  });
  const [from = "http://localhost:3000"] = positionals;
  const live = /^https?:/.test(from);
  const source = live ? siteSource(from) : folderSource(from);
  const { problems, counts } = await recompute(source, { pages: live && values.pages });
  for (const [what, count] of Object.entries(counts)) console.log(`${what}: ${count}`);
  for (const problem of problems) console.log(`BROKEN ${problem}`);
  console.log(problems.length === 0 ? "every promise holds" : `${problems.length} broken`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
