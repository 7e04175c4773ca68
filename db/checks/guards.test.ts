import { readFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { guardsText, readGuards } from "./guards.ts";
import { INVARIANTS } from "./invariants.ts";

const LIST = new URL("./guards.json", import.meta.url);

// docs/stack.md, PostgreSQL: each of the list says that it is enabled always.
describe.each(databaseKinds())("the guards of the books (%s)", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase(kind);
  });
  afterAll(() => database.close());

  it("are those of the list: `node bin/print-guards.ts > db/checks/guards.json` after a change of the tables", async () => {
    expect(guardsText(await readGuards(database.db))).toBe(readFileSync(LIST, "utf8"));
  });

  const deeds: [what: string, sql: string, invariant: string, subject: string][] = [
    [
      "a trigger is taken away",
      "drop trigger never_changed on entry",
      "guards-stand",
      "trigger entry.never_changed",
    ],
    [
      "a trigger is switched off",
      "alter table movement disable trigger new_movements",
      "guards-stand",
      "trigger movement.new_movements",
    ],
    [
      "a trigger no longer fires in replica mode",
      "alter table donation enable trigger never_changed",
      "guards-stand",
      "trigger donation.never_changed",
    ],
    [
      "a foreign key is switched off",
      "alter table order_paper disable trigger all; alter table file_step disable trigger all",
      "guards-stand",
      "trigger file_step.file_step_file_fkey",
    ],
    [
      "a function does nothing any more",
      "create or replace function refuse_change() returns trigger language plpgsql as $$ begin return old; end $$",
      "guards-stand",
      "function refuse_change()",
    ],
    [
      "a function runs with other rights",
      "alter function number_audit_line() security invoker",
      "guards-stand",
      "function number_audit_line()",
    ],
    [
      "a constraint is taken away",
      "alter table role_grant drop constraint decided_by_another",
      "guards-stand",
      "constraint role_grant.decided_by_another",
    ],
    [
      "a unique index is taken away",
      "drop index movement_from",
      "guards-stand",
      "index movement.movement_from",
    ],
    [
      "a column is taken away",
      "alter table evidence drop column kind",
      "guards-stand",
      "table evidence",
    ],
    ["a table is taken away", "drop table evidence", "guards-stand", "table evidence"],
    [
      "a statement is turned into another",
      "create rule away as on delete to audit_line do instead nothing",
      "guards-stand",
      "rule audit_line.away",
    ],
    [
      "rows are hidden",
      "create policy large_only on donation using (amount > 0); alter table donation enable row level security",
      "guards-stand",
      "policy donation.large_only",
    ],
    [
      "what anybody may know is told otherwise",
      "create or replace view order_public as select number, kind, state, campaign, commune, 1 + amount as amount, requested_on, requested_for, approved_on, approved_for, entry from (select o.number, o.kind, o.state, o.campaign, o.commune, o.amount, now()::date as requested_on, o.requested_for, now()::date as approved_on, o.approved_for, o.entry from money_order o) o",
      "guards-stand",
      "view order_public",
    ],
    [
      "the role may change entries",
      "grant update on entry to ketnghia_app",
      "rights-as-given",
      "right of ketnghia_app on entry",
    ],
    [
      "the role may change one column",
      "grant update (amount) on donation to ketnghia_app",
      "rights-as-given",
      "right of ketnghia_app on donation.amount",
    ],
    [
      "everybody may write",
      "grant insert on entry to public",
      "rights-as-given",
      "right of everybody on entry",
    ],
    [
      "a right of the role is taken away",
      "revoke insert on statement_line from ketnghia_app",
      "rights-as-given",
      "right of ketnghia_app on statement_line",
    ],
    [
      "the role may make tables",
      "grant create on schema public to ketnghia_app",
      "rights-as-given",
      "right of ketnghia_app on schema public",
    ],
    [
      "the role owns a table",
      "grant create on schema public to ketnghia_app; alter table evidence owner to ketnghia_app",
      "rights-as-given",
      "owner of table evidence",
    ],
    [
      "a step is told that never ran",
      "insert into migration (name, digest) values ('0000_z.sql', 'ab')",
      "migrations-applied",
      "0000_z.sql",
    ],
    [
      "a step is forgotten",
      "delete from migration where name = '0001_append_only.sql'",
      "migrations-applied",
      "0001_append_only.sql",
    ],
    [
      "a step was another file",
      "update migration set digest = repeat('0', 64) where name = '0002_roles.sql'",
      "migrations-applied",
      "0002_roles.sql",
    ],
  ];

  it.each(deeds)("name it when %s", async (_, sql, name, subject) => {
    const found: string[] = [];
    await database.db
      .begin(async (tx) => {
        await tx.script(sql);
        for (const invariant of INVARIANTS.filter((one) => one.name === name)) {
          const rows = await tx.rows<{ subject: string }>(invariant.offenders);
          found.push(...rows.map((row) => row.subject));
        }
        throw new Error("undo");
      })
      .catch((error: unknown) => {
        if (!(error instanceof Error) || error.message !== "undo") throw error;
      });
    expect(found).toContain(subject);
  });
});
