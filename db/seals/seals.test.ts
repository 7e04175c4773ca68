import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { headFolder } from "#app/adapters/heads.ts";
import type { HeadStore } from "#app/domain/transparency/seal.ts";

import { bookByHand } from "../../tests/support/hand-made-books.ts";
import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import type { Db } from "../client.ts";
import { COVER } from "./cover.ts";
import { keepHead } from "./keep-head.ts";
import { tablesNow } from "./shape.ts";
import { sweep } from "./sweep.ts";
import { SEAL_CHECKS, type SealsSince } from "./verify.ts";

const now = () => 1_714_618_800;

describe.each(databaseKinds())("seals on %s", (kind) => {
  let test: TestDatabase;
  let folder: string;
  let heads: HeadStore;

  beforeAll(async () => {
    test = await testDatabase(kind);
    folder = await mkdtemp(join(tmpdir(), "ketnghia-heads-"));
    heads = headFolder(folder);
    await bookByHand(test.db);
    await sweep(test.db, now);
    await keepHead(test.db, heads);
  });

  afterAll(async () => {
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Everything that is wrong, as `check: subject: fact`. */
  async function wrong(db: Db, since?: SealsSince): Promise<string[]> {
    const all: string[] = [];
    for (const check of Object.values(SEAL_CHECKS)) {
      const { name, offenders } = await check(db, {
        most: 20,
        heads,
        ...(since ? { since } : {}),
      });
      for (const { subject, fact, key } of offenders) {
        all.push(`${name}: ${subject}${key ? ` ${key}` : ""}: ${fact}`);
      }
    }
    return all;
  }

  /** What is wrong after `change`, which is undone. */
  async function wrongAfter(change: (tx: Db) => Promise<unknown>, since?: SealsSince) {
    let found: string[] = [];
    await test.db
      .begin(async (tx) => {
        await change(tx);
        found = await wrong(tx, since);
        throw new Error("undo");
      })
      .catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== "undo") throw error;
      });
    return found;
  }

  const behindBack = async (tx: Db, tables: readonly string[], sql: string) => {
    for (const table of tables) await tx.script(`alter table "${table}" disable trigger all`);
    await tx.script(sql);
  };

  it("hold on books that nobody touched, and another sweep has nothing to do", async () => {
    expect(await wrong(test.db)).toEqual([]);
    expect(await sweep(test.db, now)).toEqual({ seals: 0, rows: 0, busy: false });
    expect(await keepHead(test.db, heads)).toBeUndefined();
  });

  it("know every table of the database", async () => {
    const { tables, undecided } = await tablesNow(test.db);
    expect(undecided).toEqual([]);
    expect([...COVER.keys()].filter((name) => !tables.has(name))).toEqual([]);
  });

  it("watch every table that is sealed by notice, whoever changes it", async () => {
    const rows = await test.db.rows<{ tab: string; triggers: bigint }>(
      `select c.relname as tab, count(*) as triggers from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where t.tgname in ('noted_insert', 'noted_update', 'noted_delete') and t.tgenabled = 'A' group by 1`,
    );
    const watched = new Map(rows.map(({ tab, triggers }) => [tab, Number(triggers)]));
    const noticed = [...COVER].filter(([, { by }]) => by === "notice").map(([name]) => name);
    expect(watched).toEqual(new Map(noticed.map((name) => [name, 3])));
  });

  it("name a row that was changed with triggers off", async () => {
    const found = await wrongAfter((tx) =>
      behindBack(tx, ["bank_account"], `update bank_account set number = '999' where id = 'KN'`),
    );
    expect(found).toEqual(['sealed-rows: bank_account ["KN"]: is not as it was sealed']);
  });

  it("let through what goes by the triggers, and seal it", async () => {
    const found = await wrongAfter(async (tx) => {
      await tx.script(`update bank_account set number = '999' where id = 'KN'`);
      expect(await wrong(tx)).toEqual([]);
      expect((await sweep(tx, now)).seals).toBe(1);
    });
    expect(found).toEqual([]);
  });

  it("name the range of a salt, of a removed movement, of an entry put in between", async () => {
    expect(
      await wrongAfter((tx) =>
        behindBack(tx, ["entry"], `update entry set key_salt = '\\x00' where number = 3`),
      ),
    ).toEqual([
      expect.stringMatching(/^sealed-ranges: entry, number 1 to \d+: its \d+ rows are not/),
    ]);
    expect(
      await wrongAfter((tx) =>
        behindBack(tx, ["movement"], `delete from movement where entry = 3 and n = 0`),
      ),
    ).toEqual([expect.stringMatching(/^sealed-ranges: movement, entry 1 to .* were sealed, /)]);
    expect(
      await wrongAfter((tx) =>
        tx.script(`insert into evidence (entry, n, kind, digest) values (1, 99, 'minutes', 'ab')`),
      ),
    ).toEqual([expect.stringMatching(/^sealed-ranges: evidence, entry 1 to /)]);
  });

  it("name a chain that was emptied with all it sealed, by the head kept outside", async () => {
    const found = await wrongAfter((tx) =>
      behindBack(
        tx,
        ["seal", "row_seal", "seal_shape"],
        `delete from seal; delete from row_seal; delete from seal_shape`,
      ).then(() => tx.script(`delete from row_change`)),
    );
    expect(found).toContainEqual(
      expect.stringMatching(/^kept-heads: head of seal \d+: was kept with/),
    );
  });

  it("name every seal behind one that was written anew", async () => {
    const found = await wrongAfter((tx) =>
      behindBack(
        tx,
        ["seal"],
        `update seal set body = replace(body, '"v":1}', '"v":1} ') where n = (select max(n) from seal);
         update seal set hash = sha256(hash) where n = (select max(n) from seal)`,
      ),
    );
    expect(found).toContainEqual(expect.stringContaining("its hash does not follow"));
    expect(found).toContainEqual(expect.stringContaining("holds another seal"));
  });

  it("never sign a second story", async () => {
    await test.db
      .begin(async (tx) => {
        await behindBack(tx, ["seal"], `update seal set hash = sha256(hash)`);
        expect(await keepHead(tx, heads)).toMatchObject({ code: "heads.forked" });
        throw new Error("undo");
      })
      .catch((error: unknown) => {
        expect((error as Error).message).toBe("undo");
      });
  });

  it("look only at what came since, when told", async () => {
    const [at] = await test.db.rows<{ seal: bigint; row: bigint }>(
      `select (select max(n) from seal) as seal, (select max(n) from row_seal) as row`,
    );
    const since = { seal: Number(at?.seal), rowSeal: Number(at?.row) };
    const found = await wrongAfter(async (tx) => {
      await tx.script(`update bank_account set holder = 'Ban mới' where id = 'KN'`);
      await sweep(tx, now);
      expect(await wrong(tx, since)).toEqual([]);
      await behindBack(
        tx,
        ["bank_account"],
        `update bank_account set holder = 'Ban khác' where id = 'KN'`,
      );
    }, since);
    expect(found).toEqual(['sealed-rows: bank_account ["KN"]: is not as it was sealed']);
  });

  it("seal a table anew that was given a column, and keep naming a row that was changed before", async () => {
    const found = await wrongAfter(async (tx) => {
      await behindBack(tx, ["campaign"], `update campaign set goal = goal + 1 where id = 'LD2'`);
      await tx.script(`alter table campaign enable always trigger noted_insert`);
      await tx.script(`alter table campaign add column colour text not null default 'red'`);
      await tx.script(`alter table movement add column memo text not null default ''`);
      await sweep(tx, now);
      const sealed = await tx.rows<{ n: bigint }>(
        `select count(*) as n from row_seal s join seal_shape h on h.shape = s.shape
          where s.tab = 'campaign' and h.columns like '%colour%'`,
      );
      expect(sealed).toEqual([{ n: 2n }]);
      expect(await wrong(tx)).toEqual(['sealed-rows: campaign ["LD2"]: is not as it was sealed']);
      await behindBack(tx, ["movement"], `update movement set memo = 'x' where entry = 2`);
    });
    expect(found).toEqual([
      expect.stringMatching(/^sealed-ranges: movement, entry /),
      'sealed-rows: campaign ["LD2"]: is not as it was sealed',
    ]);
  });

  it("keep a key that only we can read, and heads that tell of nobody", async () => {
    expect((await stat(join(folder, "key.pem"))).mode & 0o777).toBe(0o600);
    const [book] = await test.db.rows<{ id: string }>(`select id::text as id from book`);
    const lines = (await readFile(join(folder, `${book?.id}.jsonl`), "utf8")).trim().split("\n");
    expect(lines).toHaveLength(1);
    expect(Object.keys((JSON.parse(lines[0]!) as { head: object }).head)).toEqual([
      "at",
      "audit",
      "book",
      "entries",
      "hash",
      "root",
      "seal",
      "v",
    ]);
  });
});
