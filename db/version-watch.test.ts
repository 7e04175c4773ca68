import { setTimeout as pause } from "node:timers/promises";

import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";

import { topicsOfPromise } from "#app/domain/published/topics.ts";

import { databaseKinds, testDatabase, type TestDatabase } from "../tests/support/database.ts";
import { contentChanged, sayChanged } from "./stores/content-version.ts";
import { tellingChanges, watchVersions } from "./version-watch.ts";

const open: TestDatabase[] = [];
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  for (const one of open.splice(0)) await one.close();
});

async function database(kind: "embedded" | "postgres"): Promise<TestDatabase> {
  const one = await testDatabase(kind);
  open.push(one);
  return one;
}

function reader() {
  const said: string[] = [];
  return {
    said,
    touch: (topics?: readonly string[]) => void said.push(topics?.join(" ") ?? "everything"),
    suspend: () => void said.push("suspend"),
    resume: () => void said.push("resume"),
  };
}

async function until(holds: () => boolean, most = 10_000): Promise<void> {
  const end = Date.now() + most;
  while (!holds()) {
    if (Date.now() > end) throw new Error("did not come true in time");
    await pause(10);
  }
}

describe.each(databaseKinds())("on %s", (kind) => {
  test("a change is told when it is committed, at once in this process", async () => {
    const { db } = await database(kind);
    let told = 0;
    const telling = tellingChanges(db, () => {
      told += 1;
    });
    await telling.begin(async (tx) => {
      await tx.begin((inner) => contentChanged(inner, "campaign"));
      expect(told).toBe(0);
    });
    expect(told).toBe(1);
    await contentChanged(telling, "campaign");
    expect(told).toBe(2);
  });

  test("a change that is rolled back is not told, nor is what pages do not show", async () => {
    const { db } = await database(kind);
    let told = 0;
    const telling = tellingChanges(db, () => {
      told += 1;
    });
    const failing = telling.begin(async (tx) => {
      await contentChanged(tx, "campaign");
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await telling.begin((tx) => tx.rows(`select pg_notify('another_channel', '')`));
    expect(told).toBe(0);
  });

  test("a gift and a promise say what they touch, here and to other servers", async () => {
    const { db } = await database(kind);
    const here: string[] = [];
    const ears = reader();
    stops.push(await watchVersions(db, ears));
    const telling = tellingChanges(
      db,
      (topics) => void here.push(topics?.join(" ") ?? "everything"),
    );
    await telling.begin(async (tx) => {
      await contentChanged(tx, "pledges", topicsOfPromise({ code: "QN1", campaign: "TB1" }));
      await sayChanged(tx);
    });
    const said = ["ledger figures campaign:TB1 gift:QN1", "everything"];
    expect(here).toEqual(said);
    await until(() => ears.said.length === 2);
    expect(ears.said).toEqual(said);
  });

  test("other listeners hear it", async () => {
    const { db } = await database(kind);
    const ears = reader();
    stops.push(await watchVersions(db, ears));
    await contentChanged(db, "campaign");
    await until(() => ears.said.includes("everything"));
  });
});

describe.runIf(databaseKinds().includes("postgres"))("on postgres alone", () => {
  test("a lost connection suspends, a new one resumes and hears again", async () => {
    const { db, url } = await database("postgres");
    const ears = reader();
    stops.push(await watchVersions(db, ears));
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen "ketnghia_versions"%'`);
    await admin.end();
    await until(() => ears.said.includes("resume"));
    expect(ears.said).toEqual(["suspend", "resume"]);
    await contentChanged(db, "campaign");
    await until(() => ears.said.at(-1) === "everything");
  });
});
