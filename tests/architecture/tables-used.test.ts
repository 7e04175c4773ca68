import { getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";

import * as tables from "../../db/tables.ts";
import { sourceFiles, textOf } from "../support/source-tree.ts";

/** Tables that raw SQL alone reads and writes, each with what leaves the builder no statement on it. */
const RAW_ALONE: Readonly<Record<string, string>> = {
  campaign_account: "written by a trigger; read as spans of days, by window, for a page and a file",
  free_range:
    "what is left of an axis: written in batches by every booking that opens or spends one",
  health_write: "its one write also spills to the disk, in the same statement",
  inbox_told: "counted and kept with the event in one statement, before a gateway's gift is booked",
  job: "written at a start; read on the watch's own session, with the last runs of each",
  migration: "made and asked before every start",
  row_salt: "drawn, dropped and read in the statements that hash many rows",
  sequencer_queue: "the line of gifts: measured (docs/performance.md, L1 to L8)",
};

/** A table in a call of the builder, and in the seed's own insert of many rows. */
const ASKED = /\.(?:from|insert|update|delete|\$count|innerJoin|leftJoin)\(\s*t\.(\w+)/g;
const SEEDED = /\binsertAll\(tx, (\w+)/g;

const built = new Set(
  sourceFiles()
    .filter((path) => /^(app|db|bin)\/.*\.ts$/.test(path) && !path.endsWith(".test.ts"))
    .flatMap((path) => {
      const text = textOf(path);
      return [
        ...(text.includes("building(") ? text.matchAll(ASKED) : []),
        ...(path === "db/seeds/plan.ts" ? text.matchAll(SEEDED) : []),
      ];
    })
    .map(([, name = ""]) => name),
);

test("each table of db/schema is read or written by the builder, but for those that name why not", () => {
  const described = Object.entries(tables).flatMap(([name, table]) =>
    is(table, PgTable) ? [{ name, table: getTableName(table) }] : [],
  );
  expect(described.length).toBeGreaterThan(70);
  const raw = described.filter(({ name }) => !built.has(name)).map(({ table }) => table);
  expect(raw.toSorted()).toEqual(Object.keys(RAW_ALONE).toSorted());
});
