import { setTimeout as pause } from "node:timers/promises";

import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { TEST_SERVER } from "../support/database.ts";
import { type Demonstration, demonstration } from "../support/demonstration.ts";
import { TEST_TMN, TEST_VNPAY_SECRET, vnpayNotice } from "../support/paying.ts";
import { testServer, type TestServer } from "../support/server.ts";
import { filledPromise, toGateway } from "../support/vnpay-journey.ts";

/** Longest that a gateway may wait for its answer, milliseconds. */
const ANSWER_MOST = 15_000;

/**
 * A standby that all commits of one server wait for, and that never answers: what a frozen one is to its primary. Other
 * sessions of the test server ask for no standby, so nothing but that one site waits.
 */
describe.runIf(TEST_SERVER)("a site whose standby is frozen", () => {
  let copy: Demonstration;
  let server: TestServer;
  let admin: pg.Client;

  beforeAll(async () => {
    copy = await demonstration();
    admin = new pg.Client({ connectionString: copy.environment["DATABASE_URL"] });
    await admin.connect();
    await settle("set synchronous_commit = 'local'");
    const url = new URL(copy.environment["DATABASE_URL"] ?? "");
    url.searchParams.set("options", "-c synchronous_commit=on");
    server = await testServer({
      ...copy.environment,
      DATABASE_URL: url.href,
      VNPAY_TMN_CODE: TEST_TMN,
      VNPAY_HASH_SECRET: TEST_VNPAY_SECRET,
      VNPAY_PAY_URL: "https://pay.example/pay",
    });
  }, 120_000);
  afterAll(async () => {
    await settle("reset synchronous_standby_names");
    await server.stop();
    await settle("reset synchronous_commit");
    await admin.end();
    await copy.remove();
  });

  async function settle(what: string): Promise<void> {
    await admin.query(`alter system ${what}`);
    await admin.query("select pg_reload_conf()");
    await pause(500);
  }

  /** Backends of this database whose commit waits. */
  async function waiting(): Promise<number> {
    const { rows } = await admin.query<{ n: number }>(
      `select count(*)::integer as n from pg_stat_activity
        where datname = current_database() and wait_event = 'SyncRep'`,
    );
    return rows[0]?.n ?? 0;
  }

  async function promises(): Promise<number> {
    const { rows } = await admin.query<{ n: number }>("select count(*)::integer as n from pledge");
    return rows[0]?.n ?? 0;
  }

  async function told(notice: string): Promise<{ code: string; took: number }> {
    const began = performance.now();
    const answer = await fetch(`${server.url}/hooks/vnpay?${notice}`);
    const { RspCode } = (await answer.json()) as { RspCode: string };
    return { code: RspCode, took: performance.now() - began };
  }

  test("refuses gifts honestly and in time, shows its pages, says what is wrong, and loses and doubles nothing", async () => {
    const gifts = [];
    for (let n = 0; n < 12; n++) gifts.push(await toGateway(server.url, 200_000 + n * 1_000));
    const notices = gifts.map(({ gateway }) =>
      vnpayNotice({
        vnp_TxnRef: gateway.searchParams.get("vnp_TxnRef") ?? "",
        vnp_Amount: gateway.searchParams.get("vnp_Amount") ?? "",
      }),
    );
    const promise = await filledPromise(server.url, 345_000);
    const before = await promises();
    await settle("set synchronous_standby_names = 'frozen'");

    const began = performance.now();
    const unsure = await promise.send();
    expect(performance.now() - began).toBeLessThan(ANSWER_MOST);
    expect(unsure.status).toBe(503);
    expect(await unsure.text()).toContain("chưa biết đã được ghi hay chưa");

    // More at once than there are connections that write, and told again while the first are still waiting.
    for (let round = 0; round < 2; round++) {
      const answers = await Promise.all(notices.map(told));
      for (const { code, took } of answers) {
        expect(code).toBe("99");
        expect(took).toBeLessThan(ANSWER_MOST);
      }
      const [list, gift, health] = await Promise.all([
        fetch(`${server.url}/chien-dich?state=open`),
        fetch(`${server.url}/data/v1/donations/${gifts[0]?.code}.json`),
        fetch(`${server.url}/healthz`),
      ]);
      expect([list.status, gift.status]).toEqual([200, 404]);
      expect(health.status).toBe(503);
      const { parts } = (await health.json()) as {
        parts: Record<string, { status: string; why?: string }>;
      };
      expect(parts["database"]).toMatchObject({ status: "failing" });
      // Tries do not fill the server: at most the places of one pool wait, and those beside it.
      expect(await waiting()).toBeLessThanOrEqual(8);
    }

    await settle("reset synchronous_standby_names");
    const last = Date.now() + 30_000;
    for (const [n, notice] of notices.entries()) {
      let code = "";
      while (!["00", "02"].includes(code) && Date.now() < last) {
        ({ code } = await told(notice));
        if (code === "99") await pause(500);
      }
      expect(["00", "02"], `notice ${n}`).toContain(code);
    }
    expect((await promise.send()).status).toBe(303);
    expect(await promises()).toBe(before + 1);
    for (const { code } of gifts) {
      const gift = await fetch(`${server.url}/data/v1/donations/${code}.json`);
      expect(gift.status, code).toBe(200);
      const { rows } = await admin.query(`select entry from donation where code = $1`, [code]);
      expect(rows, code).toHaveLength(1);
    }
    let healthy = false;
    while (!healthy && Date.now() < last) {
      healthy = (await fetch(`${server.url}/healthz`)).ok;
      if (!healthy) await pause(500);
    }
    expect(healthy, "well again by itself").toBe(true);
  }, 180_000);
});
