/**
 * A process that gives gifts to our own intake, for the ledger part of the bench (and to be killed by it).
 *
 *   node bench/gifts.ts rate <database> <campaigns> <in flight> <seconds>          prints one line: {"perSecond": ...}
 *   node bench/gifts.ts book <database> <prefix> <count> <in flight>    prints each key when it is acknowledged
 */
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";

import { randomHex } from "#app/adapters/randomness.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import type { IntakeGift } from "#app/domain/ledger/intake.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { openPostgres } from "#db/postgres.ts";
import { startIntake } from "#db/stores/intake.ts";

import { drive } from "./drive.ts";

const WARM_UP_SECONDS = 1;

const [command, url, ...args] = process.argv.slice(2);
if (!url || (command !== "rate" && command !== "book")) {
  throw new Error("usage: gifts.ts rate|book <database> ...");
}

const db = openPostgres(url, { role: "ketnghia_app" });
const now = () => Math.floor(Date.now() / 1000);
const intake = await startIntake(db, {
  now,
  sha256: sha256Hex,
  randomHex,
});

/** A gift as a bank statement line makes it: into the fund, with the digest of the line. */
function bankGift(key: string, code: string, campaign: string): IntakeGift {
  return {
    key,
    code,
    pledge: code,
    campaign,
    channel: "bank",
    to: `fund:${campaign}`,
    amount: BigInt(1 + Math.floor(Math.random() * 40)) * 50_000n,
    receivedOn: dayOf(now()),
    evidence: [sha256Hex(key)],
  };
}

/** A gift as a gateway's notice makes it: into clearing, with the payment's final state beside it. */
function gatewayGift(key: string, code: string, campaign: string): IntakeGift {
  return {
    ...bankGift(key, code, campaign),
    channel: "vnpay",
    to: `clearing:vnpay:${campaign}`,
    outcome: { ref: `${code}-1`, providerCode: "00", providerTransaction: code, inbox: 1 },
  };
}

if (command === "rate") await rate(Number(args[0]), Number(args[1]), Number(args[2]));
else await book(args[0] ?? "book", Number(args[1]), Number(args[2]));

await intake.stop();
await db.close();

async function rate(campaigns: number, inFlight: number, seconds: number): Promise<void> {
  const run = randomBytes(4).toString("hex");
  let given = 0;
  const giveOne = async () => {
    const n = given++;
    const recorded = await intake.record(
      bankGift(`bench:${run}:${n}`, `B${run}${n}`, `C${n % campaigns}`),
    );
    if (recorded.state !== "booked") throw new Error(`a new gift was answered ${recorded.state}`);
  };
  // Accounts are opened, statements prepared and code compiled before anything is measured.
  for (let i = 0; i < campaigns; i++) await giveOne();
  await drive(inFlight, WARM_UP_SECONDS, giveOne);
  const measured = await drive(inFlight, seconds, giveOne);
  process.stdout.write(`${JSON.stringify({ ...measured, given })}\n`);
}

async function book(prefix: string, count: number, inFlight: number): Promise<void> {
  let next = 0;
  const loop = async () => {
    while (next < count) {
      const n = next++;
      const key = `${prefix}:${n}`;
      await intake.record(gatewayGift(key, `K${prefix}${n}`, `C${n % 3}`));
      process.stdout.write(`${key}\n`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  // What was only queued, because the process killed before us still held the lock, is numbered before we end.
  while ((await db.rows(`select 1 from sequencer_queue limit 1`)).length > 0) {
    await intake.drain();
    await wait(100);
  }
}
