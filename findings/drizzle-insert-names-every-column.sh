#!/usr/bin/env bash
# drizzle-orm 0.45.4 over PGlite 0.5.16 (PostgreSQL 18): an insert that gives one column asks for the right to insert all of them.
#
# PostgreSQL can give a role the right to insert some columns of a table (`grant insert (a) on t`), and the others then keep their
# defaults. Drizzle's `insert(t).values({ a })` looks like such an insert. What it sends names every column of the table and writes
# `default` for those that were not given; PostgreSQL counts a column that is named as one that is inserted, whatever stands for
# it, and refuses the statement (42501). `update().set({ a })` names only what is set.
#
# Seen: refused 42501 by Drizzle's insert and taken by the same insert in plain SQL; Drizzle's update of the one column that the role
# may update is taken. Fails when that changes.
# Here: tables of which the site may insert some columns only are added to by plain SQL (`db/building.ts`, `db/rights.ts`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 drizzle-orm@0.45.4 @electric-sql/pglite@0.5.16
cat >columns.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/pglite";

const thing = pgTable("thing", { id: integer().primaryKey(), name: text(), state: text().default("new") });
const client = await PGlite.create();
await client.exec(`
  create table thing (id integer primary key, name text, state text default 'new');
  create role writer;
  grant select on thing to writer;
  grant insert (id, name), update (name) on thing to writer;
  set role writer;
`);
const db = drizzle({ client });
const { rows } = await client.query("select current_setting('server_version') as version");

async function tried(work) {
  try {
    await work();
    return "taken";
  } catch (error) {
    return `refused ${error.cause?.code ?? error.code}`;
  }
}

const built = db.insert(thing).values({ id: 1, name: "a" });
const seen = {
  "what Drizzle sends": built.toSQL().sql,
  "Drizzle's insert of two columns": await tried(() => built),
  "the same in plain SQL": await tried(() => db.execute(sql`insert into thing (id, name) values (2, 'b')`)),
  "Drizzle's update of one column": await tried(() => db.update(thing).set({ name: "c" }).where(sql`id = 2`)),
};
console.log(`node ${process.version}, PostgreSQL ${rows[0].version}`);
console.log(seen);
await client.close();
const asSeen =
  seen["Drizzle's insert of two columns"] === "refused 42501" &&
  seen["the same in plain SQL"] === "taken" &&
  seen["Drizzle's update of one column"] === "taken";
process.exit(asSeen ? 0 : 1);
JS
node_modules/.bin/node columns.mjs
