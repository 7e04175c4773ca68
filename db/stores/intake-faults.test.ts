/**
 * Whoever is frozen or lost, and wherever, holds up booking by 15 seconds at most, and nothing is lost or doubled.
 * Real processes are stopped by SIGSTOP, whose kernel goes on answering for them; packets vanish in a proxy.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import type { IntakeGift } from "#app/domain/ledger/intake.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { emptyLedger } from "../../tests/support/empty-ledger.ts";
import { killGift } from "../../tests/support/kill-gifts.ts";
import { type SilentProxy, silentProxy } from "../../tests/support/silent-proxy.ts";
import { expectSound, readBooks } from "../../tests/support/sound-books.ts";
import { connectionLost } from "../answers.ts";
import type { Database } from "../client.ts";
import { openPostgres } from "../postgres.ts";
import { officialWriting } from "./acts.ts";
import { type RunningIntake, startIntake } from "./intake.ts";

const PROCESS = fileURLToPath(new URL("../../tests/support/stopping-process.ts", import.meta.url));
/** What the whole change promises. */
const MOST = 15_000;
const making = {
  sha256: sha256Hex,
  randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  now: () => Math.floor(Date.now() / 1000),
};

/** A child process with the lines it has written. */
interface Stopping {
  readonly child: ChildProcess;
  readonly said: string[];
  tell(line: string): void;
}

describe.runIf(databaseKinds().includes("postgres"))("when somebody is frozen or lost", () => {
  let base: TestDatabase;
  let proxy: SilentProxy;
  const ending: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    base = await testDatabase("postgres");
  });
  afterAll(() => base.close());
  beforeEach(async () => {
    await emptyLedger(base.db);
    proxy = await silentProxy(base.url ?? "");
  });
  afterEach(async () => {
    await proxy.close();
    for (const end of ending.splice(0).toReversed()) await end();
    expectSound(await readBooks(base.db));
  });

  function stopping(what: "number" | "act", url = base.url ?? ""): Stopping {
    const child = spawn(process.execPath, [PROCESS, url, what], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const said: string[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => void said.push(line));
    ending.push(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
    });
    return { child, said, tell: (line) => void child.stdin.write(`${line}\n`) };
  }

  async function site(url = base.url ?? ""): Promise<{ db: Database; intake: RunningIntake }> {
    const db = openPostgres(url, { max: 4 });
    const intake = await startIntake(db, making);
    ending.push(async () => {
      await intake.stop();
      await db.close();
    });
    return { db, intake };
  }

  async function bookedKeys(): Promise<string[]> {
    const rows = await base.db.rows<{ key: string }>(
      `select e.idempotency_key as key from donation d join entry e on e.number = d.entry order by 1`,
    );
    return rows.map(({ key }) => key);
  }

  const keysOf = (...gifts: number[]) => gifts.map((n) => killGift(n).key).toSorted();

  async function within<Value>(most: number, work: Promise<Value>): Promise<Value> {
    const began = performance.now();
    const value = await work;
    expect(performance.now() - began).toBeLessThan(most);
    return value;
  }

  /** Told again as a gateway does until it is taken, refused honestly meanwhile. */
  async function surely(intake: RunningIntake, gift: IntakeGift): Promise<string> {
    for (;;) {
      const told = await within(
        MOST,
        intake.record(gift).then(
          ({ state }) => state,
          () => undefined,
        ),
      );
      if (told !== undefined) return told;
    }
  }

  test("the one who numbers is frozen: another takes over, and on waking nothing is doubled", async () => {
    const frozen = stopping("number");
    await expect.poll(() => frozen.said, { timeout: 20_000 }).toEqual(["numbering"]);
    frozen.tell("book 1");
    await expect.poll(() => frozen.said.at(-1), { timeout: 10_000 }).toBe("1 booked");
    const { intake } = await site();
    frozen.child.kill("SIGSTOP");
    frozen.tell("book 2");
    frozen.tell("book 3");
    expect(await within(MOST, intake.record(killGift(4)))).toEqual({ state: "queued" });
    await expect.poll(bookedKeys, { timeout: MOST }).toEqual(keysOf(1, 4));
    expect(intake.sequencing()).toBe(true);
    expect(await intake.record(killGift(2))).toMatchObject({ state: "booked" });
    frozen.child.kill("SIGCONT");
    // Two is told by both; three by the one that woke, which numbers no more.
    await expect.poll(() => frozen.said.length, { timeout: MOST }).toBe(4);
    expect(frozen.said.slice(2)).toEqual(["2 already", "3 queued"]);
    await expect.poll(bookedKeys, { timeout: MOST }).toEqual(keysOf(1, 2, 3, 4));
  });

  test("frozen inside an office act: others book on, and the act is refused on waking", async () => {
    const { intake } = await site();
    await intake.record(killGift(1));
    const frozen = stopping("act");
    await expect.poll(() => frozen.said, { timeout: 20_000 }).toEqual(["inside"]);
    frozen.child.kill("SIGSTOP");
    expect(await within(MOST, surely(intake, killGift(2)))).toBe("booked");
    // A gift that opens its account goes another way, and other acts go theirs.
    expect(await within(MOST, surely(intake, killGift(5)))).toBe("booked");
    frozen.child.kill("SIGCONT");
    frozen.tell("end");
    await expect.poll(() => frozen.said.at(-1), { timeout: MOST }).toMatch(/^refused /);
  });

  test("an act that runs too long is undone before it holds up others for longer", async () => {
    const { db, intake } = await site();
    await intake.record(killGift(1));
    const long = officialWriting(db, making)
      .write(async ({ ledger }) => {
        for (;;) await ledger.byKey("nobody");
      })
      .catch((error: unknown) => error);
    expect(await within(MOST, surely(intake, killGift(2)))).toBe("booked");
    expect(await long).toMatchObject({ code: "database.took-too-long" });
  });

  test("packets of the one who numbers vanish: it lets go, is honest meanwhile, and another numbers", async () => {
    const lost = await site(proxy.url);
    expect(lost.intake.sequencing()).toBe(true);
    await lost.intake.record(killGift(1));
    const other = await site();
    proxy.silence();
    const refused = lost.intake.record(killGift(2)).catch(connectionLost);
    expect(await within(MOST, refused)).toBe(true);
    await expect.poll(() => lost.intake.sequencing(), { timeout: MOST }).toBe(false);
    await expect.poll(() => other.intake.sequencing(), { timeout: MOST }).toBe(true);
    expect(await other.intake.record(killGift(3))).toMatchObject({ state: "booked" });
    proxy.heal();
    await surely(lost.intake, killGift(2));
    await expect.poll(bookedKeys, { timeout: MOST }).toEqual(keysOf(1, 2, 3));
  });

  test("a machine is lost inside an office act: others book on", async () => {
    const { intake } = await site();
    await intake.record(killGift(1));
    const lost = stopping("act", proxy.url);
    await expect.poll(() => lost.said, { timeout: 20_000 }).toEqual(["inside"]);
    proxy.silence();
    expect(await within(MOST, surely(intake, killGift(2)))).toBe("booked");
  });
});
