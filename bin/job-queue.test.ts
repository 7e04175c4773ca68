import type { PgBoss } from "pg-boss";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Database } from "#db/client.ts";
import { openPostgres } from "#db/postgres.ts";

import { freshDatabase, TEST_SERVER } from "../tests/support/database.ts";
import { LONGEST_RUN, offer, openJobQueue, prepareJobQueue } from "./job-queue.ts";

const DAILY = { name: "daily", rhythm: { dailyAt: "2:30" } } as const;
const OFTEN = { name: "often", rhythm: { everyMinutes: 5 } } as const;

describe.runIf(TEST_SERVER)("the worker's queue on PostgreSQL", () => {
  let db: Database;
  let url: string;
  let drop: () => Promise<void>;
  const open: PgBoss[] = [];

  async function started(): Promise<PgBoss> {
    const boss = await openJobQueue(db, url);
    open.push(boss);
    boss.on("error", () => undefined);
    await boss.start();
    return boss;
  }

  beforeAll(async () => {
    ({ url, drop } = await freshDatabase(TEST_SERVER ?? ""));
    db = openPostgres(url, { max: 2 });
    await prepareJobQueue(db);
  });
  afterAll(async () => {
    for (const boss of open) await boss.stop({ graceful: false });
    await db.close();
    await drop();
  });

  test("one run at a time, waiting or running, for hours (docs/stack.md, pg-boss)", async () => {
    const boss = await started();
    await offer(boss, OFTEN, async () => true);
    // From here on nobody takes its jobs.
    await boss.offWork(OFTEN.name);
    const queue = await boss.getQueue(OFTEN.name);
    expect(queue).toMatchObject({ policy: "exclusive", expireInSeconds: LONGEST_RUN });
    expect(await boss.send(OFTEN.name)).toEqual(expect.any(String));
    expect(await boss.send(OFTEN.name)).toBeNull();
    const [running] = await boss.fetch(OFTEN.name);
    expect(running?.expireInSeconds).toBe(LONGEST_RUN);
    expect(await boss.send(OFTEN.name)).toBeNull();
    await boss.complete(OFTEN.name, running?.id ?? "");
    expect(await boss.send(OFTEN.name)).toEqual(expect.any(String));
  });

  test("a daily job missed by a stopped worker runs once; a frequent one waits for its minute (docs/stack.md, pg-boss)", async () => {
    const first = await started();
    await offer(first, DAILY, async () => true);
    await offer(first, { ...OFTEN, name: "frequent" }, async () => true);
    await first.stop({ graceful: false });
    // A worker that stood still for three days: the last look at the calendar, and the making of the schedules, are that old.
    await db.script(`update jobs.schedule set created_on = now() - interval '4 days';
      update jobs.version set cron_on = now() - interval '3 days'`);
    const ran: string[] = [];
    const second = await started();
    await offer(second, DAILY, async () => ran.push(DAILY.name) > 0);
    await expect.poll(() => ran, { timeout: 50_000 }).toEqual([DAILY.name]);
    const missed = await db.rows<{ name: string; missed: string }>(
      `select name, options->>'missed' as missed from jobs.schedule order by name`,
    );
    expect(missed).toContainEqual({ name: "daily", missed: "once" });
    expect(missed).toContainEqual({ name: "frequent", missed: "skip" });
  });

  test("what is given up is told to the job (docs/stack.md, pg-boss)", async () => {
    const boss = await started();
    let told: AbortSignal | undefined;
    await offer(boss, { ...OFTEN, name: "long" }, async (signal) => {
      told = signal;
      await new Promise<void>((resolve) =>
        signal.addEventListener("abort", () => resolve(), { once: true }),
      );
      return false;
    });
    await boss.send("long");
    await expect.poll(() => told?.aborted, { timeout: 20_000 }).toBe(false);
    await boss.stop({ graceful: true, timeout: 1_000 });
    await expect.poll(() => told?.aborted, { timeout: 20_000 }).toBe(true);
  });
});
