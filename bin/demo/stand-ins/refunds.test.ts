/** Gifts given back through the stand-ins, over HTTP, with real stores and packages: answers lost, repeated, refused. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createRequestListener } from "@remix-run/node-fetch-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from "vitest";

import { sealPaper } from "#app/domain/acts/paper.ts";
import { must } from "#app/domain/kernel/result.ts";
import { restingPieces } from "#app/domain/ledger/trace.ts";
import { startPayment } from "#app/domain/payments/start-payment.ts";
import { takeStripeNotice } from "#app/domain/gateway-notices/take-stripe-notice.ts";
import { takeVnpayNotice } from "#app/domain/gateway-notices/take-vnpay-notice.ts";
import { askOpenRefunds } from "#app/domain/refunds/ask-gateway-refunds.ts";
import {
  refundThroughGateway,
  type RefundOrder,
} from "#app/domain/refunds/order-gateway-refund.ts";
import { giftRangesStore } from "#db/stores/gift-ranges.ts";
import { ledgerStore } from "#db/stores/ledger.ts";

import { databaseKinds, type TestDatabase, testDatabase } from "../../../tests/support/database.ts";
import {
  addPledge,
  payingServices,
  TEST_NOW,
  testCode,
  twoCampaigns,
} from "../../../tests/support/paying.ts";
import { expectSound, expectTraced, readBooks } from "../../../tests/support/sound-books.ts";
import { readEnvironment } from "#app/adapters/environment.ts";
import { gatewayConfigs, gatewaysOf } from "#app/adapters/gateways.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { type StandIns, standIns } from "./mount.ts";

const environment = must(readEnvironment({ DEMO: "1", NODE_ENV: "production" }));
const clock = { now: TEST_NOW };
const REFUNDS = /\/v1\/refunds|\/merchant_webapi\//;

describe.each(databaseKinds())("on %s", (kind) => {
  let database: TestDatabase;
  let services: Awaited<ReturnType<typeof payingServices>>;
  let server: Server;
  let address: string;
  let playing: StandIns | undefined;
  /** Answers of the refund API that are lost: the stand-in has acted, nobody hears of it. */
  let lost = 0;
  let holdEvents = false;
  const heard: string[] = [];
  let next = 5_000;

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (!url.pathname.startsWith("/hooks/")) {
      const answer = (await playing?.(request)) ?? new Response("page");
      if (!REFUNDS.test(url.pathname)) return answer;
      heard.push(`${request.method} ${url.pathname}`);
      if (lost === 0 || request.method === "GET") return answer;
      lost -= 1;
      return new Response("lost", { status: 503 });
    }
    if (url.pathname === "/hooks/vnpay") {
      return Response.json({ RspCode: await takeVnpayNotice(services, url.search.slice(1)) });
    }
    if (holdEvents) return new Response("down", { status: 503 });
    const body = new Uint8Array(await request.arrayBuffer());
    const header = request.headers.get("stripe-signature") ?? undefined;
    const answer = await takeStripeNotice(services, body, header);
    return new Response(answer, { status: answer === "refused" ? 400 : 200 });
  }

  /** Stand-ins that have forgotten all payments. */
  function restarted(): StandIns | undefined {
    const places = { address, localAddress: address, now: () => clock.now };
    const configs = gatewayConfigs(environment, address);
    return standIns(environment, configs, { ...places, patience: { tries: 2, apart: 20 } });
  }

  beforeAll(async () => {
    database = await testDatabase(kind);
    await twoCampaigns(database.db);
    server = createServer(createRequestListener(handle));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    playing = restarted();
    services = {
      ...(await payingServices(database.db, clock)),
      ...gatewaysOf(gatewayConfigs(environment, address)),
    };
  });
  beforeEach(() => {
    [lost, holdEvents, clock.now] = [0, false, TEST_NOW];
    heard.length = 0;
  });
  afterEach(async () => {
    const books = await readBooks(database.db);
    expectSound(books);
    await expectTraced(database.db, books);
  });
  afterAll(async () => {
    await services.intake.stop();
    await new Promise((resolve) => server.close(resolve));
    await database.close();
  });

  /** A gift of 200.000 đ paid through a gateway; answers its code and payment. */
  async function paid(channel: "vnpay" | "stripe"): Promise<{ code: string; ref: string }> {
    next += 1;
    const code = testCode(next);
    await addPledge(database.db, code, 200_000n);
    const { ref, url } = must(
      await startPayment(services, {
        code,
        channel,
        locale: "vi",
        address: "203.0.113.10",
        returnUrl: `${address}/thanh-toan/${code}`,
        cancelUrl: `${address}/cam-ket/${code}`,
        title: "Ủng hộ",
      }),
    );
    const form = new URLSearchParams({ choice: "pay" });
    if (channel === "vnpay") form.set("query", new URL(url).search.slice(1));
    const target = channel === "vnpay" ? url.split("?")[0] : url;
    const back = await fetch(target ?? "", { method: "POST", body: form, redirect: "manual" });
    expect(back.status).toBe(303);
    await expect.poll(async () => (await services.payments.find(ref))?.outcome?.state).toBe("paid");
    return { code, ref };
  }

  const order = (gift: string, more: Partial<RefundOrder> = {}): RefundOrder => ({
    key: `order:${gift}`,
    gift,
    on: "2026-11-23",
    role: "committee",
    reason: "donor-asked",
    papers: [sealPaper(services, "decision", new TextEncoder().encode(`refund ${gift}`))],
    ...more,
  });
  const stateOf = async (gift: string) =>
    (await services.gatewayRefunds.find(`order:${gift}`))?.outcome?.state;
  const restsIn = async (gift: string) => {
    const found = await giftRangesStore(database.db).range(gift);
    if (!found) throw new Error(`no gift ${gift}`);
    const pieces = await ledgerStore(database.db, { ...services, sha256: sha256Hex }).forward(
      found.account,
      { lo: found.lo, length: found.amount },
    );
    return restingPieces(pieces).map(({ account, amount }) => [account, amount]);
  };
  const entries = (gift: string) =>
    database.db.rows<{ kind: string; reason: string | null }>(
      `select kind, reason from entry
        where convert_from(bytes, 'UTF8')::jsonb ->> 'donation' = $1 order by number`,
      [gift],
    );
  const attention = async (subject: string) =>
    (
      await database.db.rows<{ kind: string }>(
        `select kind from attention where subject = $1 order by kind`,
        [subject],
      )
    ).map((row) => row.kind);

  test("VNPay: taken at once, given back when it says the bank has it", async () => {
    const { code } = await paid("vnpay");
    const first = must(await refundThroughGateway(services, order(code)));
    expect(first).toEqual({ key: `order:${code}`, state: "accepted" });
    expect(await restsIn(code)).toEqual([["refund:payable:LD1", 200_000n]]);
    expect((await askOpenRefunds(services)).asked).toBe(0);
    clock.now += 300;
    expect(await askOpenRefunds(services)).toEqual({ asked: 1, settled: 1 });
    expect(await stateOf(code)).toBe("refunded");
    expect(await restsIn(code)).toEqual([["world:refund", 200_000n]]);
    expect(await entries(code)).toEqual([
      { kind: "donation-reported", reason: null },
      { kind: "refund", reason: "donor-asked" },
      { kind: "refund", reason: "donor-asked" },
    ]);
    clock.now += 10 * 86_400;
    expect(await askOpenRefunds(services)).toEqual({ asked: 0, settled: 0 });
    expect(heard).toHaveLength(2);
  });

  test("VNPay: a lost answer is asked for again as the same order, and counts once", async () => {
    const { code } = await paid("vnpay");
    lost = 1;
    const first = must(await refundThroughGateway(services, order(code)));
    expect(first.state).toBe("unanswered");
    // The office presses again; the job comes by: VNPay says that it has the order.
    expect(must(await refundThroughGateway(services, order(code))).state).toBe("accepted");
    clock.now += 1_200;
    expect((await askOpenRefunds(services)).settled).toBe(1);
    expect(must(await refundThroughGateway(services, order(code))).state).toBe("refunded");
    expect((await entries(code)).map((entry) => entry.kind)).toEqual([
      "donation-reported",
      "refund",
      "refund",
    ]);
  });

  test("VNPay: a payment it does not know any more is not given back, and the money is where it was", async () => {
    const { code } = await paid("vnpay");
    playing = restarted();
    expect(must(await refundThroughGateway(services, order(code))).state).toBe("refused");
    expect(await stateOf(code)).toBe("refused");
    expect(await restsIn(code)).toEqual([["clearing:vnpay:LD1", 200_000n]]);
    expect(await attention(`order:${code}`)).toEqual(["refund-refused"]);
    expect((await entries(code)).map((entry) => [entry.kind, entry.reason])).toEqual([
      ["donation-reported", null],
      ["refund", "donor-asked"],
      ["reversal", "refund-failed"],
    ]);
    // A new order is another try.
    const again = order(code, { key: `second:${code}` });
    expect(must(await refundThroughGateway(services, again)).state).toBe("refused");
  });

  test("VNPay: what it neither gives back nor refuses stays set aside, and a person hears", async () => {
    const { code, ref } = await paid("vnpay");
    // Somebody gave it back in VNPay's own console.
    const payment = await services.payments.find(ref);
    if (!payment || !services.vnpay) throw new Error("no payment");
    const taken = { requestId: "console", payment, transaction: "0", by: "x", at: clock.now };
    must(await services.vnpay.refund({ ...taken, amount: 200_000n }));
    expect(must(await refundThroughGateway(services, order(code))).state).toBe("unanswered");
    expect(await attention(`order:${code}`)).toEqual(["refund-unclear"]);
    expect(await restsIn(code)).toEqual([["refund:payable:LD1", 200_000n]]);
  });

  test("Stripe: given back at once; its events and its charge change nothing more", async () => {
    const { code } = await paid("stripe");
    expect(must(await refundThroughGateway(services, order(code))).state).toBe("refunded");
    const told = async () =>
      database.db.rows(
        `select 1 from inbox where provider = 'stripe' and convert_from(body, 'UTF8') like $1`,
        [`%refund%${code}%`],
      );
    await expect.poll(async () => (await told()).length, { timeout: 5_000 }).toBe(2);
    expect(await restsIn(code)).toEqual([["world:refund", 200_000n]]);
    expect((await entries(code)).map((entry) => entry.kind)).toEqual([
      "donation-reported",
      "refund",
      "refund",
    ]);
    expect(await attention(`order:${code}`)).toEqual([]);
  });

  it.each(["its own repeat", "the job, a day later", "the event"])(
    "Stripe: a lost answer is found by %s, and the money goes once",
    async (by) => {
      const { code } = await paid("stripe");
      holdEvents = by !== "the event";
      lost = 3;
      const answered = must(await refundThroughGateway(services, order(code)));
      if (by === "the event") {
        await expect.poll(() => stateOf(code), { timeout: 5_000 }).toBe("refunded");
      } else {
        expect(answered.state).toBe("unanswered");
        expect(await restsIn(code)).toEqual([["refund:payable:LD1", 200_000n]]);
      }
      if (by === "its own repeat") {
        expect(must(await refundThroughGateway(services, order(code))).state).toBe("refunded");
      }
      if (by === "the job, a day later") {
        clock.now += 86_400;
        expect((await askOpenRefunds(services)).settled).toBeGreaterThanOrEqual(1);
      }
      expect(await stateOf(code)).toBe("refunded");
      expect(await restsIn(code)).toEqual([["world:refund", 200_000n]]);
    },
    20_000,
  );

  test("twenty times at once is one order, one answer, one going", async () => {
    const { code } = await paid("stripe");
    const wish = order(code);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refundThroughGateway(services, wish)),
    );
    expect(new Set(answers.map((one) => must(one).state))).toEqual(new Set(["refunded"]));
    expect((await entries(code)).filter(({ kind: one }) => one === "refund")).toHaveLength(2);
    await expect
      .poll(async () => (await services.gatewayRefunds.find(wish.key))?.outcome?.state)
      .toBe("refunded");
  });

  test("what cannot be given back is refused before anything is asked", async () => {
    const { code } = await paid("vnpay");
    const no = async (wish: RefundOrder) => {
      const answer = await refundThroughGateway(services, wish);
      return answer.ok ? undefined : answer.problem;
    };
    expect(await no(order("QN2222222"))).toMatchObject({ code: "gift.unknown" });
    expect(await no(order(code, { papers: [] }))).toEqual({ code: "refund.no-paper" });
    next += 1;
    const byBank = testCode(next);
    await services.intake.record({
      key: `bank:${byBank}`,
      code: byBank,
      campaign: "LD1",
      channel: "bank",
      to: "fund:LD1",
      amount: 5_000n,
      receivedOn: "2026-11-23",
      evidence: [],
    });
    expect(await no(order(byBank))).toEqual({ code: "refund.no-gateway", gift: byBank });
    // Spent: it went to the commune.
    const found = await giftRangesStore(database.db).range(code);
    must(
      await ledgerStore(database.db, { ...services, sha256: sha256Hex }).post({
        key: `spent:${code}`,
        kind: "disbursement",
        effectiveOn: "2026-11-23",
        legs: [
          {
            from: "clearing:vnpay:LD1",
            to: "commune:20452:LD1",
            amount: 100n,
            take: [{ lo: found?.lo ?? 0n, length: 100n }],
          },
        ],
      }),
    );
    expect(await no(order(code))).toEqual({ code: "refund.spent", left: 199_900n, of: 200_000n });
    const other = await paid("vnpay");
    must(await refundThroughGateway(services, order(other.code)));
    expect(await no(order(code, { key: `order:${other.code}` }))).toEqual({
      code: "refund.key-conflict",
      gift: other.code,
    });
    expect(heard.filter((one) => one.startsWith("POST"))).toHaveLength(1);
  });
});
