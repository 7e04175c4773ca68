import { expect, it } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { runChecks } from "#db/checks/run.ts";

import { replayTools } from "./replay-tools.ts";
import { databaseKinds, testDatabase } from "../../tests/support/database.ts";
import { replay } from "./replay.ts";

/** Far enough for every way of giving, a purchase, births to come, and a closed half-year. */
const LAST_DAY = "2022-10-31";

interface Played {
  readonly entries: number;
  readonly leaves: string;
  readonly bytes: string;
  readonly files: readonly string[];
  readonly failed: readonly string[];
}

async function play(kind: "embedded" | "postgres"): Promise<Played> {
  const books = await testDatabase(kind);
  try {
    const files: string[] = [];
    const tools = replayTools({
      keepFile: async (name, text) => {
        files.push(`${name} ${sha256Hex(text)}`);
      },
    });
    const { entries } = await replay(books.db, tools, LAST_DAY);
    const [row] = await books.db.rows<{ leaves: string; bytes: string }>(
      `select string_agg(encode(leaf_hash, 'hex'), '' order by number) as leaves,
              string_agg(convert_from(bytes, 'UTF8'), '' order by number) as bytes from entry`,
    );
    const checked = await runChecks(books.db, () => 1_700_000_000);
    expect(checked.length).toBeGreaterThan(10);
    return {
      entries,
      leaves: sha256Hex(row?.leaves ?? ""),
      bytes: row?.bytes ?? "",
      files,
      failed: checked.filter(({ ok }) => !ok).map(({ name }) => name),
    };
  } finally {
    await books.close();
  }
}

it("replays to the same bytes each time and on each kind of database, with whole books", async () => {
  const runs: Played[] = [];
  for (const kind of ["embedded" as const, ...databaseKinds()]) runs.push(await play(kind));
  const [first, ...others] = runs;
  expect(others.length).toBeGreaterThan(0);
  for (const other of others) {
    expect(other.leaves).toBe(first?.leaves);
    expect(other.files).toEqual(first?.files);
  }
  expect(runs.flatMap(({ failed }) => failed)).toEqual([]);
  expect(first?.entries).toBeGreaterThan(150);
  expect(first?.files.length).toBeGreaterThan(20);
  // What is published holds codes, digests, dates and numbers: no blank, and no letter beyond ASCII, so no name.
  expect(first?.bytes).toMatch(/^[\x21-\x7e]+$/);
}, 240_000);
