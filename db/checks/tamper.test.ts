import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { headFolder } from "#app/adapters/heads.ts";
import type { HeadStore } from "#app/domain/transparency/seal.ts";

import { testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { bookByHand } from "../../tests/support/hand-made-books.ts";
import { sealBooks } from "../seals/seal-books.ts";
import { runChecks } from "./run.ts";
import { type Outcome, tamperings, tryTampering } from "./tamper.ts";

const now = () => 1_714_618_800;
let books: TestDatabase;
let folder: string;
let heads: HeadStore;

beforeAll(async () => {
  books = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), "ketnghia-heads-"));
  heads = headFolder(folder);
  await bookByHand(books.db);
  await books.db.rows(
    `insert into audit_line (at, act, subject_kind, subject, outcome, facts)
     values (1, 'session.begun', 'person', 'somebody', 'done', '{}')`,
  );
  await sealBooks(books.db, now, heads);
});
afterAll(async () => {
  await books.close();
  await rm(folder, { recursive: true, force: true });
});

test("every column of every table with a row, a row of each and all of them: named, refused, or listed with its reason", async () => {
  expect((await runChecks(books.db, now, { heads })).filter(({ ok }) => !ok)).toEqual([]);
  const { all } = await tamperings(books.db);
  const outcomes: Outcome[] = [];
  for (const one of all) outcomes.push(await tryTampering(books.db, one, { now, heads }));
  const came = (which: Outcome["came"]) => outcomes.filter((one) => one.came === which);
  expect(came("unseen").map(({ table, what }) => `${table}.${what}`)).toEqual([]);
  expect(came("named").length).toBeGreaterThan(200);
  // Nothing of it stays.
  expect((await runChecks(books.db, now, { heads })).filter(({ ok }) => !ok)).toEqual([]);
}, 600_000);
