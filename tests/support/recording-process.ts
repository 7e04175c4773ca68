/**
 * A process that records gifts until it is killed: `node recording-process.ts <database> <first> <count>`.
 * Writes `<key> <state>` to its output for each gift once it is answered, several at a time, and `done` at the end.
 */
import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { openPostgres } from "#db/postgres.ts";
import { startIntake } from "#db/stores/intake.ts";

import { killGift } from "./kill-gifts.ts";

const [url = "", first = "0", count = "0"] = process.argv.slice(2);
const ABREAST = 16;

const db = openPostgres(url, { max: 4 });
const intake = await startIntake(db, {
  sha256: sha256Hex,
  randomHex: (bytes) => randomBytes(bytes).toString("hex"),
  now: () => Math.floor(Date.now() / 1000),
});

let next = Number(first);
const end = next + Number(count);

async function recordSome(): Promise<void> {
  while (next < end) {
    const gift = killGift(next);
    next += 1;
    const { state } = await intake.record(gift);
    // Straight to the pipe: what is acknowledged is known even when the next instruction never runs.
    writeSync(1, `${gift.key} ${state}\n`);
  }
}

writeSync(1, "begun\n");
await Promise.all(Array.from({ length: ABREAST }, recordSome));
writeSync(1, "done\n");
await intake.stop();
await db.close();
