import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { AuditNote } from "#app/domain/people/audit.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import type { Database } from "../client.ts";
import { auditStore } from "./audit.ts";

const NOON = Date.parse("2026-03-04T05:00:00Z") / 1000;

const note = (subject: string, rest: Partial<AuditNote> = {}): AuditNote => ({
  act: "role.propose",
  subjectKind: "grant",
  subject,
  outcome: "done",
  facts: { role: "commune-clerk", place: "20446" },
  person: "an",
  grant: "g1",
  role: "administrator",
  organisation: "ban-dan-toc",
  ...rest,
});

/** The SQLSTATE by which the database refuses the statements; undefined when it takes them. */
async function refusal(db: Database, ...statements: string[]): Promise<string | undefined> {
  try {
    await db.begin(async (tx) => {
      for (const statement of statements) await tx.rows(statement);
      throw new Error("taken back");
    });
  } catch (error) {
    if (error instanceof Error && error.message === "taken back") return undefined;
    return (error as { code?: string }).code;
  }
  return undefined;
}

describe.each(databaseKinds())("the audit trail on %s", (kind) => {
  let base: TestDatabase;
  let db: Database;
  let clock = NOON;
  beforeAll(async () => {
    base = await testDatabase(kind);
    db = base.db;
    const audit = auditStore(db, () => clock);
    await audit.add(note("first"));
    clock += 86_400;
    await audit.add(note("second", { person: "binh", act: "role.approve" }));
    clock += 86_400;
    await audit.add(note("third", { outcome: "refused", facts: { code: "people.not-your-role" } }));
  });
  afterAll(() => base.close());

  test.each([
    ["update", "update audit_line set person = 'x' where n = 1"],
    ["delete", "delete from audit_line where n = 3"],
    ["truncate", "truncate audit_line"],
    ["truncate with the head", "truncate audit_line, audit_head"],
    ["setting the head back", "update audit_head set n = 1"],
    ["moving the head on", "update audit_head set n = n + 1"],
    ["taking the head away", "delete from audit_head"],
  ])("its owner is refused: %s", async (_, statement) => {
    const { count } = auditStore(db, () => clock);
    const before = await count({});
    expect(await refusal(db, statement)).toBe("KN001");
    expect(await refusal(db, "set local session_replication_role = replica", statement)).toBe(
      "KN001",
    );
    expect(await count({})).toBe(before);
  });

  test("the application may add and read, and nothing else", async () => {
    const app = "set local role ketnghia_app";
    const line = `insert into audit_line (at, act, subject_kind, subject, outcome, facts) values (1, 'a', 'k', 's', 'done', '{}')`;
    expect(await refusal(db, app, line, "select * from audit_line")).toBeUndefined();
    for (const statement of [
      "update audit_line set at = 0",
      "delete from audit_line",
      "truncate audit_line",
      "update audit_head set n = 0",
    ]) {
      expect(await refusal(db, app, statement), statement).toBe("42501");
    }
  });

  test("numbers and seals are the database's: no gap after a rollback, none of one's own choice", async () => {
    const audit = auditStore(db, () => clock);
    await db
      .begin(async (tx) => {
        await auditStore(tx, () => clock).add(note("never"));
        throw new Error("no");
      })
      .catch(() => undefined);
    await db.rows(
      `insert into audit_line (n, at, act, subject_kind, subject, outcome, facts, hash)
       values (77, ${clock}, 'role.propose', 'grant', 'fourth', 'done', '{}', 'x')`,
    );
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        audit.add(note(`many ${n} ${randomBytes(2).toString("hex")}`)),
      ),
    );
    const lines = await audit.list({}, undefined, 100);
    expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 14 }, (_, at) => 14 - at));
    expect(lines.find(({ subject }) => subject === "fourth")?.n).toBe(4);
    const broken = await db.rows(BROKEN_SEALS);
    expect(broken).toEqual([]);
  });

  test("a line rewritten behind the triggers breaks the chain from there on", async () => {
    await db
      .begin(async (tx) => {
        await tx.script(`alter table audit_line disable trigger never_changed`);
        await tx.rows(`update audit_line set person = 'somebody else' where n = 2`);
        expect(await tx.rows<{ n: bigint }>(BROKEN_SEALS)).toEqual([{ n: 2n }]);
        throw new Error("taken back");
      })
      .catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== "taken back") throw error;
      });
    expect(await db.rows(BROKEN_SEALS)).toEqual([]);
  });

  test("filters by person, act, subject, outcome and Vietnamese day, newest first, page by page", async () => {
    const audit = auditStore(db, () => clock);
    const subjects = async (filter: Parameters<typeof audit.list>[0]) =>
      (await audit.list(filter, 5, 10)).map(({ subject }) => subject);
    expect(await subjects({})).toEqual(["fourth", "third", "second", "first"]);
    expect(await subjects({ person: "binh" })).toEqual(["second"]);
    expect(await subjects({ act: "role.approve" })).toEqual(["second"]);
    expect(await subjects({ outcome: "refused" })).toEqual(["third"]);
    expect(await subjects({ subject: "first" })).toEqual(["first"]);
    expect(await subjects({ from: "2026-03-05", to: "2026-03-05" })).toEqual(["second"]);
    expect(await audit.count({ person: "binh" })).toBe(1);
    const [third] = await audit.list({ outcome: "refused" }, undefined, 1);
    expect(third).toMatchObject({ n: 3, facts: { code: "people.not-your-role" }, grant: "g1" });
    expect((await audit.list({}, 3, 1)).map(({ n }) => n)).toEqual([2]);
  });
});

/** Lines whose hash is not the one that follows from the line before: as in `db/checks/invariants.ts`. */
const BROKEN_SEALS = `select n from (
    select l.n, l.hash, sha256(lag(l.hash, 1, ''::bytea) over (order by l.n) || audit_text(l)) as expected from audit_line l
  ) c where c.hash <> c.expected order by n`;
