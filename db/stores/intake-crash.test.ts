import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";
import type { IntakeGift } from "#app/domain/ledger/intake.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { emptyLedger } from "../../tests/support/empty-ledger.ts";
import { killGift } from "../../tests/support/kill-gifts.ts";
import { expectSound, expectTraced, readBooks } from "../../tests/support/sound-books.ts";
import type { Database } from "../client.ts";
import { openPostgres } from "../postgres.ts";
import { type RunningIntake, startIntake } from "./intake.ts";
import { ledgerStore } from "./ledger.ts";

const DAY = "2024-05-20";
const making = {
  sha256: sha256Hex,
  randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  now: () => Date.parse(`${DAY}T03:00:00Z`) / 1000,
};

function gift(n: number, more: Partial<IntakeGift> = {}): IntakeGift {
  return {
    key: `bank:${n}`,
    code: `QN${n % 40}`,
    pledge: `QN${n % 40}`,
    campaign: "LD1",
    channel: "bank",
    to: n % 3 === 0 ? "fund:LD2" : "fund:LD1",
    amount: BigInt(1000 + n),
    receivedOn: DAY,
    evidence: [],
    ...(n % 2 === 0 ? { outcome: { ref: `p${n}`, providerCode: "00", inbox: n } } : {}),
    ...more,
  };
}

describe.runIf(databaseKinds().includes("postgres"))("several processes on one ledger", () => {
  let base: TestDatabase;
  let admin: Database;
  const opened: { db: Database; intake: RunningIntake }[] = [];
  const troubles: unknown[] = [];

  beforeAll(async () => {
    base = await testDatabase("postgres");
    admin = base.db;
  });
  afterAll(() => base.close());
  afterEach(async () => {
    for (const { intake, db } of opened.splice(0)) {
      await intake.stop();
      await db.close();
    }
    expectSound(await readBooks(admin));
  });

  /** A process as far as the database can tell: a pool and an intake of its own. */
  async function process(max = 4): Promise<{ db: Database; intake: RunningIntake }> {
    const db = openPostgres(base.url ?? "", { max });
    const intake = await startIntake(db, {
      ...making,
      onTrouble: (error) => void troubles.push(error),
    });
    opened.push({ db, intake });
    return { db, intake };
  }

  async function fresh(): Promise<void> {
    await emptyLedger(admin);
    troubles.length = 0;
  }

  /** Cut off who holds the sequencer's lock. */
  const cutHolder = () =>
    admin.rows<{ pid: number }>(
      `select pg_terminate_backend(pid), pid from pg_locks
        where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
          and classid = 7269 and objid = 2 and granted`,
    );

  const cutAll = () =>
    admin.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );

  async function bookedKeys(): Promise<string[]> {
    const rows = await admin.rows<{ key: string }>(
      `select e.idempotency_key as key from donation d join entry e on e.number = d.entry order by d.entry`,
    );
    return rows.map(({ key }) => key);
  }

  const queueLength = async () =>
    (await admin.rows<{ n: number }>(`select count(*)::integer as n from sequencer_queue`))[0]?.n;

  async function expectEachOnce(gifts: readonly IntakeGift[]): Promise<void> {
    await expect.poll(queueLength, { timeout: 20_000 }).toBe(0);
    expect((await bookedKeys()).toSorted()).toEqual(
      [...new Set(gifts.map(({ key }) => key))].toSorted(),
    );
    const books = await readBooks(admin);
    expectSound(books);
    await expectTraced(admin, { ...books, donations: books.donations.slice(-20) });
  }

  /** Record until it is answered, as a provider tells again what was not acknowledged. */
  async function recordSurely(intake: RunningIntake, one: IntakeGift): Promise<string> {
    for (;;) {
      try {
        return (await intake.record(one)).state;
      } catch {
        await pause(20);
      }
    }
  }

  test("one numbers, the other queues; what is queued is numbered soon", async () => {
    await fresh();
    const one = await process();
    const two = await process();
    expect([one.intake.sequencing(), two.intake.sequencing()]).toEqual([true, false]);
    const gifts = Array.from({ length: 60 }, (_, n) => gift(n));
    const states = await Promise.all(
      gifts.map((each, n) => (n % 2 === 0 ? one : two).intake.record(each)),
    );
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(["booked", "queued"]));
    await expectEachOnce(gifts);
  });

  test("the same gifts to both at once, 32 abreast: each is booked once", async () => {
    await fresh();
    const both = [await process(), await process()];
    const gifts = Array.from({ length: 160 }, (_, n) => gift(n));
    const told = [...gifts, ...gifts.toReversed(), ...gifts.slice(40, 90)];
    let next = 0;
    const recordSome = async () => {
      for (let at = next++; at < told.length; at = next++) {
        await both[at % 2]!.intake.record(told[at]!);
      }
    };
    await Promise.all(Array.from({ length: 32 }, recordSome));
    await expectEachOnce(gifts);
  });

  test("when the one who numbers is cut off, somebody takes over, and nothing is lost or doubled", async () => {
    await fresh();
    const both = [await process(), await process()];
    const gifts = Array.from({ length: 400 }, (_, n) => gift(n));
    let next = 0;
    const recordSome = async () => {
      for (let at = next++; at < gifts.length; at = next++) {
        await recordSurely(both[at % 2]!.intake, gifts[at]!);
      }
    };
    const working = Promise.all(Array.from({ length: 16 }, recordSome));
    for (let cut = 0; cut < 6 && next < gifts.length; cut += 1) {
      await pause(60);
      await cutHolder();
    }
    await working;
    await expectEachOnce(gifts);
    expect(both.filter(({ intake }) => intake.sequencing())).toHaveLength(1);
  });

  test("an idle one who was cut off numbers again, or the other does", async () => {
    await fresh();
    const both = [await process(), await process()];
    await both[0]!.intake.record(gift(1));
    for (let n = 2; n < 6; n += 1) {
      expect(await cutHolder()).toHaveLength(1);
      await pause(100);
      await Promise.all(both.map(({ intake }) => intake.record(gift(n))));
    }
    await expectEachOnce([1, 2, 3, 4, 5].map((n) => gift(n)));
  });

  test("all connections cut, over and over, official acts among the gifts", async () => {
    await fresh();
    const { intake, db } = await process(3);
    await intake.record(gift(1001, { amount: 1_000_000n, to: "fund:LD1" }));
    const ledger = ledgerStore(db, making);
    const gifts = Array.from({ length: 150 }, (_, n) => gift(n));
    const acting = Array.from({ length: 12 }, async (_, n) => {
      for (;;) {
        const posted = await ledger
          .post({
            key: `act:${n}`,
            kind: "disbursement",
            effectiveOn: DAY,
            legs: [{ from: "fund:LD1", to: "commune:1:LD1", amount: 10_000n }],
          })
          .catch(() => pause(20));
        if (posted) return posted.ok;
      }
    });
    const recording = gifts.map((one) => recordSurely(intake, one));
    for (let cut = 0; cut < 5; cut += 1) {
      await pause(60);
      await cutAll();
    }
    expect(await Promise.all(acting)).toEqual(Array(12).fill(true));
    await Promise.all(recording);
    await expectEachOnce([gift(1001), ...gifts]);
    const acts = await admin.rows<{ n: number }>(
      `select count(*)::integer as n from entry where idempotency_key like 'act:%'`,
    );
    expect(acts).toEqual([{ n: 12 }]);
  });

  test("a statement that takes too long is refused, and the lock is not lost by it", async () => {
    await fresh();
    const slow = new URL(base.url ?? "");
    slow.searchParams.set("options", "-c statement_timeout=3s");
    const db = openPostgres(slow.href, { max: 3 });
    const intake = await startIntake(db, making);
    opened.push({ db, intake });
    await intake.record(gift(1));
    await admin.begin(async (tx) => {
      await tx.rows(`select 1 from ledger_head for update`);
      await expect(intake.record(gift(2, { to: "fund:LD1" }))).rejects.toMatchObject({
        code: "57014",
      });
    });
    expect(intake.sequencing()).toBe(true);
    expect(await intake.record(gift(2))).toMatchObject({ state: "booked" });
  });

  test("two writers in each other's way: one of them does it again", async () => {
    await fresh();
    const { intake } = await process();
    await intake.record(gift(1, { to: "fund:LD1" }));
    const outcome = { ref: "both", providerCode: "00", inbox: 1 };
    let recorded: Promise<unknown> | undefined;
    const other = admin.begin(async (tx) => {
      // The outcome first, the ledger's head after it; the intake takes them the other way round.
      await tx.rows(
        `insert into payment_outcome (ref, state, provider_code, at) values ('both', 'failed', '24', 1)`,
      );
      recorded = intake.record(gift(2, { to: "fund:LD1", outcome }));
      await pause(200);
      await tx.rows(`select 1 from ledger_head for update`);
    });
    const failed = await other.then(
      () => false,
      () => true,
    );
    const state = await recorded;
    // Whoever was first is right: a payment has one outcome.
    expect(state).toMatchObject({ state: failed ? "booked" : "already" });
  });

  describe("a process killed with -9", () => {
    const script = fileURLToPath(
      new URL("../../tests/support/recording-process.ts", import.meta.url),
    );
    const children: ChildProcess[] = [];
    afterEach(() => {
      for (const child of children.splice(0)) child.kill("SIGKILL");
    });

    /** Start one, and kill it `after` milliseconds from its first word; answers the keys it acknowledged. */
    async function runAndKill(count: number, after: number): Promise<Map<string, string>> {
      const child = spawn(globalThis.process.execPath, [script, base.url ?? "", "0", `${count}`], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      let said = "";
      child.stdout.setEncoding("utf8");
      child.stdout.on("data", (part: string) => {
        if (said === "" && Number.isFinite(after)) setTimeout(() => child.kill("SIGKILL"), after);
        said += part;
      });
      await once(child, "close");
      const lines = said.split("\n").slice(0, -1);
      return new Map(
        lines
          .filter((line) => line.includes(" "))
          .map((line) => line.split(" ") as [string, string]),
      );
    }

    test("what it acknowledged is booked once, and its successor books the rest", async () => {
      await fresh();
      const COUNT = 500;
      const acknowledged = new Set<string>();
      for (const after of [5, 40, 90, 150]) {
        const said = await runAndKill(COUNT, after);
        for (const key of said.keys()) acknowledged.add(key);
        const keys = await bookedKeys();
        expect(new Set(keys).size).toBe(keys.length);
        const queuedKeys = (
          await admin.rows<{ key: string }>(`select key from sequencer_queue`)
        ).map(({ key }) => key);
        const kept = new Set([...keys, ...queuedKeys]);
        expect([...acknowledged].filter((key) => !kept.has(key))).toEqual([]);
        expectSound(await readBooks(admin));
      }
      const last = await runAndKill(COUNT, Number.POSITIVE_INFINITY);
      expect(last.size).toBe(COUNT);
      await expectEachOnce(Array.from({ length: COUNT }, (_, n) => killGift(n)));
    });
  });
});
