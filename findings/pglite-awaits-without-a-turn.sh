#!/usr/bin/env bash
# @electric-sql/pglite 0.5.16 on Node 24.21.0: a row of awaited queries never lets a timer or a request in.
#
# `await db.query(...)` looks like the moment at which others get their turn. The embedded database does its work before the
# promise is returned and settles it in a microtask, so a loop of awaited queries runs from its first to its last one in one
# turn of the event loop: no timer fires, no socket is read. A server of PostgreSQL behind node-postgres answers over a socket,
# where each await is a turn; the same code that is fine there holds the whole site here (a statement of 200,000 lines did).
#
# Seen: 400 awaited queries took 408 ms, and a timer of 1 ms fired 0 times in between; with `setImmediate` awaited after each
# query it fired 91 times in 488 ms. Fails when the timer fires during the plain loop, or does not in the other.
# Here: `db/client.ts` gives others their turn every 20 ms.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 @electric-sql/pglite@0.5.16
cat >turns.mjs <<'JS'
import { setImmediate as turn } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create();
await db.query("create table thing (n int)");

async function ticksDuring(work) {
  let ticks = 0;
  await turn();
  const timer = setInterval(() => (ticks += 1), 1);
  const began = performance.now();
  await work();
  clearInterval(timer);
  return { ticks, milliseconds: Math.round(performance.now() - began) };
}

const plain = await ticksDuring(async () => {
  for (let n = 0; n < 400; n += 1) await db.query("insert into thing values ($1)", [n]);
});
const turns = await ticksDuring(async () => {
  for (let n = 0; n < 400; n += 1) {
    await db.query("insert into thing values ($1)", [n]);
    await turn();
  }
});
console.log(`node ${process.version}`);
console.log("awaited queries alone:", plain);
console.log("with a turn after each:", turns);
await db.close();
process.exit(plain.ticks === 0 && plain.milliseconds > 20 && turns.ticks > 5 ? 0 : 1);
JS
node_modules/.bin/node turns.mjs
