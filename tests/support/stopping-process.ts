/**
 * A process that is stopped while it holds what others wait for: `node stopping-process.ts <database> number|act`.
 *
 * `number`: it numbers gifts, and books one for each line `book <n>` it reads; `act`: it stands inside an office act, with
 * the ledger's head in its hands, until it reads `end`. It writes what comes of it, one line each.
 */
import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";

import { sha256Hex } from "#app/adapters/sha256.ts";
import { openPostgres } from "#db/postgres.ts";
import { officialWriting } from "#db/stores/acts.ts";
import { startIntake } from "#db/stores/intake.ts";

import { killGift } from "./kill-gifts.ts";

const [url = "", what = "number"] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const codeOf = (error: unknown) => String((error as { code?: unknown }).code ?? error);
const making = {
  sha256: sha256Hex,
  randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  now: () => Math.floor(Date.now() / 1000),
};

const db = openPostgres(url, { max: 4 });
const lines = createInterface({ input: process.stdin });

if (what === "act") {
  const official = officialWriting(db, making);
  const written = official.write(async ({ ledger }) => {
    say("inside");
    await new Promise((resolve) => lines.once("line", resolve));
    return ledger.byKey("nobody");
  });
  say(
    await written.then(
      () => "written",
      (error: unknown) => `refused ${codeOf(error)}`,
    ),
  );
} else {
  const intake = await startIntake(db, making);
  say(intake.sequencing() ? "numbering" : "standing by");
  for await (const line of lines) {
    const [word, n] = line.split(" ");
    if (word === "end") break;
    const told = await intake.record(killGift(Number(n))).then(
      ({ state }) => state,
      (error: unknown) => `refused ${codeOf(error)}`,
    );
    say(`${n} ${told}`);
  }
  await intake.stop();
}
lines.close();
await db.close();
