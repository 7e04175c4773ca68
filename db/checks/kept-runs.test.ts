import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { headFolder } from "#app/adapters/heads.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { bookByHand } from "../../tests/support/hand-made-books.ts";
import { sealBooks } from "../seals/seal-books.ts";
import { checkStore, runAndKeep } from "./kept-runs.ts";
import { CHECK_NAMES, runChecks } from "./run.ts";

describe.each(databaseKinds())("runs of the checks on %s", (kind) => {
  let test: TestDatabase;
  let folder: string;
  let at = 1_714_618_800;
  const now = () => (at += 1);

  beforeAll(async () => {
    test = await testDatabase(kind);
    folder = await mkdtemp(join(tmpdir(), "ketnghia-heads-"));
    await bookByHand(test.db);
  });
  afterAll(async () => {
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("end between two checks when they are given up, and keep nothing", async () => {
    const giveUp = new AbortController();
    giveUp.abort(new Error("given up"));
    const run = runAndKeep(test.db, "full", { now, signal: giveUp.signal });
    await expect(run).rejects.toThrow("given up");
    expect(await checkStore(test.db).last()).toBeUndefined();
  });

  it("are told of nothing before the first, and look at everything then, whatever was asked", async () => {
    const heads = headFolder(folder);
    expect(await checkStore(test.db).last()).toBeUndefined();
    await sealBooks(test.db, now, heads);
    const report = await runAndKeep(test.db, "incremental", { now, heads });
    expect(report).toMatchObject({ kind: "full", ok: true });
    expect(report?.results.map(({ name }) => name)).toEqual(CHECK_NAMES);
    expect(report?.results.filter(({ whole }) => !whole)).toEqual([]);
    expect(await checkStore(test.db).last()).toMatchObject({
      kind: "full",
      ok: true,
      endedAt: report?.endedAt,
      fullAt: report?.endedAt,
      entry: report?.entry,
    });
  });

  it("look at what is new, and whole at what was broken, until it is mended", async () => {
    const heads = headFolder(folder);
    await test.db.script(`alter table bank_account disable trigger noted_update`);
    await test.db.script(`update bank_account set number = number || '9' where id = 'KN'`);
    const kinds = async (kind: "full" | "incremental") => {
      const report = await runAndKeep(test.db, kind, { now, heads });
      const rows = report?.results.find(({ name }) => name === "sealed-rows");
      return { ok: rows?.ok, whole: rows?.whole };
    };
    // What lies behind the last run is the full run's to find.
    expect(await kinds("incremental")).toEqual({ ok: true, whole: false });
    expect(await kinds("full")).toEqual({ ok: false, whole: true });
    expect(await kinds("incremental")).toEqual({ ok: false, whole: true });
    expect(await checkStore(test.db).last()).toMatchObject({ kind: "incremental", ok: false });
    await test.db.script(`update bank_account set number = left(number, -1) where id = 'KN'`);
    await test.db.script(`alter table bank_account enable always trigger noted_update`);
    expect(await kinds("incremental")).toEqual({ ok: true, whole: true });
    expect(await kinds("incremental")).toEqual({ ok: true, whole: false });
  });

  it("store no key of a row that holds what people wrote", async () => {
    const heads = headFolder(folder);
    await test.db.script(`alter table pledge disable trigger noted_update`);
    await test.db.script(`update pledge set donor_name = donor_name || 'x' where code = 'QNPART'`);
    const report = await runAndKeep(test.db, "full", { now, heads });
    const broken = report?.results
      .filter(({ ok }) => !ok)
      .find(({ name }) => name === "sealed-rows");
    expect(broken?.offenders).toEqual([
      { subject: "pledge", key: '["QNPART"]', fact: "is not as it was sealed" },
    ]);
    expect(JSON.stringify(await checkStore(test.db).last())).not.toContain("QNPART");
    await test.db.script(
      `update pledge set donor_name = left(donor_name, -1) where code = 'QNPART'`,
    );
    await test.db.script(`alter table pledge enable always trigger noted_update`);
  });

  it("are one at a time, also over processes, where there are some", async () => {
    const other = await test.db.session();
    await other.rows(`select pg_advisory_lock(7269, 17)`);
    // The embedded database has one connection, which holds the lock itself.
    const report = await runAndKeep(test.db, "full", { now });
    expect(report === undefined).toBe(kind === "postgres");
    await other.rows(`select pg_advisory_unlock(7269, 17)`);
    await other.release();
    expect(await runAndKeep(test.db, "full", { now })).toBeDefined();
  });

  it("name a check that cannot be run, and run the others", async () => {
    const lame = {
      orm: () => test.db.orm(),
      rows: <Row>(text: string, params?: readonly unknown[]) =>
        text.includes("audit_text")
          ? Promise.reject<Row[]>(new Error("no such thing"))
          : test.db.rows<Row>(text, params),
    };
    const results = await runChecks(lame, now);
    expect(results.find(({ name }) => name === "audit-trail")).toMatchObject({
      ok: false,
      offenders: [{ subject: "check audit-trail", fact: "could not be run: no such thing" }],
    });
    expect(results.map(({ name }) => name)).toEqual(CHECK_NAMES);
  });
});
