/** The whole way of a payment against the stand-ins, over HTTP, with real stores and the real packages. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createRequestListener } from "@remix-run/node-fetch-server";
import { afterAll, beforeAll, expect, it } from "vitest";

import { askAboutOpenPayments } from "#app/domain/payments/ask-vnpay.ts";
import { must } from "#app/domain/kernel/result.ts";
import { startPayment } from "#app/domain/payments/start-payment.ts";
import { takeStripeNotice } from "#app/domain/gateway-notices/take-stripe-notice.ts";
import { takeVnpayNotice } from "#app/domain/gateway-notices/take-vnpay-notice.ts";

import { type TestDatabase, testDatabase } from "../../../tests/support/database.ts";
import {
  addPledge,
  payingServices,
  TEST_NOW,
  testCode,
  twoCampaigns,
} from "../../../tests/support/paying.ts";
import { gatewayConfigs, gatewaysOf } from "#app/adapters/gateways.ts";
import { readEnvironment } from "#app/adapters/environment.ts";
import { type StandIns, standIns } from "./mount.ts";

/** How often a stand-in calls a hook that is down. */
const TRIES = 3;
const clock = { now: TEST_NOW };
let database: TestDatabase;
let services: Awaited<ReturnType<typeof payingServices>>;
let server: Server;
let address: string;
let playing: StandIns | undefined;
let hooksDown = false;
let calls = 0;
let next = 2_000;

const environment = must(readEnvironment({ DEMO: "1", NODE_ENV: "production" }));

async function handle(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (!url.pathname.startsWith("/hooks/")) {
    return (await playing?.(request)) ?? new Response("page");
  }
  calls += 1;
  if (hooksDown) return new Response("down", { status: 503 });
  if (url.pathname === "/hooks/vnpay") {
    return Response.json({ RspCode: await takeVnpayNotice(services, url.search.slice(1)) });
  }
  const body = new Uint8Array(await request.arrayBuffer());
  const header = request.headers.get("stripe-signature") ?? undefined;
  const answer = await takeStripeNotice(services, body, header);
  return new Response(answer, { status: answer === "refused" ? 400 : 200 });
}

beforeAll(async () => {
  database = await testDatabase("embedded");
  await twoCampaigns(database.db);
  server = createServer(createRequestListener(handle));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const configs = gatewayConfigs(environment, address);
  const places = { address, localAddress: address, now: () => clock.now };
  playing = standIns(environment, configs, { ...places, patience: { tries: TRIES, apart: 50 } });
  services = { ...(await payingServices(database.db, clock)), ...gatewaysOf(configs) };
});
afterAll(async () => {
  await services.intake.stop();
  await database.close();
  await new Promise((resolve) => server.close(resolve));
});

async function start(channel: "vnpay" | "stripe", locale: "vi" | "en" = "vi") {
  next += 1;
  const code = testCode(next);
  await addPledge(database.db, code, 200_000n);
  const started = await startPayment(services, {
    code,
    channel,
    locale,
    address: "203.0.113.10",
    returnUrl: `${address}/thanh-toan/${code}`,
    cancelUrl: `${address}/cam-ket/${code}`,
    title: `Ủng hộ ${code}`,
  });
  return { code, ...must(started) };
}

async function choose(url: string, choice: string): Promise<Response> {
  const page = await fetch(url);
  const text = await page.text();
  expect(page.status).toBe(200);
  expect(text).toContain("200.000 đ");
  const [, action] = /action="([^"]+)"/.exec(text) ?? [];
  const hidden = /name="query" value="([^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
  const form = new URLSearchParams({ choice, ...(hidden === undefined ? {} : { query: hidden }) });
  return fetch(new URL(action ?? "", url), { method: "POST", body: form, redirect: "manual" });
}

const outcome = async (ref: string) => (await services.payments.find(ref))?.outcome?.state;

it.each([
  ["pay", "paid", "00"],
  ["fail", "failed", "51"],
  ["suspicious", "held", "07"],
  ["cancel", "failed", "24"],
] as const)("VNPay: %s ends as %s before the browser is back", async (choice, state, code) => {
  const payment = await start("vnpay");
  const back = await choose(payment.url, choice);
  expect(back.status).toBe(303);
  const location = new URL(back.headers.get("location") ?? "");
  expect(location.pathname).toBe(`/thanh-toan/${payment.code}`);
  expect(location.searchParams.get("vnp_ResponseCode")).toBe(code);
  expect(services.vnpay?.signatureFits([...location.searchParams])).toBe(true);
  expect(await outcome(payment.ref)).toBe(state);
  const again = await fetch(payment.url);
  expect(again.status).toBe(400);
});

it("VNPay: a changed request and one whose window has closed are refused", async () => {
  const payment = await start("vnpay", "en");
  const changed = await fetch(payment.url.replace("vnp_Amount=20000000", "vnp_Amount=10000000"));
  expect(changed.status).toBe(400);
  expect(await changed.text()).toContain("Wrong signature");
  clock.now += 16 * 60;
  expect(await (await fetch(payment.url)).text()).toContain("has closed");
  clock.now = TEST_NOW;
});

it("VNPay: a hook that is down is called again", async () => {
  const payment = await start("vnpay");
  hooksDown = true;
  const before = calls;
  expect((await choose(payment.url, "pay")).status).toBe(303);
  expect(await outcome(payment.ref)).toBeUndefined();
  hooksDown = false;
  await expect.poll(() => outcome(payment.ref), { timeout: 3_000 }).toBe("paid");
  expect(calls).toBeGreaterThanOrEqual(before + 2);
});

it("VNPay: what no notice told, querydr finds out after the window, and only then", async () => {
  const payment = await start("vnpay");
  hooksDown = true;
  const before = calls;
  await choose(payment.url, "pay");
  await expect.poll(() => calls).toBe(before + TRIES);
  hooksDown = false;
  const open = await start("vnpay");
  expect((await askAboutOpenPayments(services)).asked).toBe(0);
  clock.now = TEST_NOW + 900 + 1_200;
  const asked = await askAboutOpenPayments(services);
  expect(asked.unanswered).toBe(0);
  expect(asked.settled).toBe(1);
  expect(await outcome(payment.ref)).toBe("paid");
  // The one nobody paid stays open, and is asked for again at its next mark only.
  expect(await outcome(open.ref)).toBeUndefined();
  expect((await askAboutOpenPayments(services)).asked).toBe(0);
  for (const after of [3_600, 6 * 3_600, 24 * 3_600]) {
    clock.now = TEST_NOW + 900 + after;
    expect((await askAboutOpenPayments(services)).asked).toBeGreaterThan(0);
  }
  clock.now += 10 * 86_400;
  expect((await askAboutOpenPayments(services)).asked).toBe(0);
  clock.now = TEST_NOW;
});

it("VNPay: a refund is accepted once the payment succeeded", async () => {
  const payment = await start("vnpay");
  await choose(payment.url, "pay");
  const found = await services.payments.find(payment.ref);
  if (!found) throw new Error("no payment");
  const refunded = await services.vnpay?.refund({
    requestId: "r1",
    payment: found,
    amount: 200_000n,
    transaction: found.outcome?.providerTransaction ?? "0",
    by: "ke toan",
    at: clock.now,
  });
  expect(refunded?.ok && refunded.value.get("vnp_TransactionStatus")).toBe("05");
});

it.each([
  ["pay", "paid", "/thanh-toan/"],
  ["declined", "failed", "/cam-ket/"],
  ["later", undefined, "/thanh-toan/"],
  ["cancel", undefined, "/cam-ket/"],
] as const)("Stripe: %s ends as %s", async (choice, state, path) => {
  const payment = await start("stripe");
  const back = await choose(payment.url, choice);
  expect(back.status).toBe(303);
  const location = new URL(back.headers.get("location") ?? "");
  expect(location.pathname).toBe(`${path}${payment.code}`);
  if (path === "/thanh-toan/") {
    expect(location.searchParams.get("session_id")).toMatch(/^cs_test_[0-9a-f]{32}$/);
  }
  expect(await outcome(payment.ref)).toBe(state);
});

it("Stripe: the API wants its key, and says what is wrong in Stripe's words", async () => {
  const base = `${address}/stand-in/stripe/v1/checkout/sessions`;
  expect((await fetch(base, { method: "POST", body: "mode=payment" })).status).toBe(401);
  const headers = { authorization: "Bearer demo-stripe-stand-in-key" };
  const wrong = await fetch(base, { method: "POST", headers, body: "mode=subscription" });
  expect(wrong.status).toBe(400);
  expect(await wrong.json()).toMatchObject({ error: { type: "invalid_request_error" } });
});

it("is never mounted where money is real, nor beside a configured gateway", () => {
  const configs = gatewayConfigs(environment, address);
  const places = { address, localAddress: address, now: () => 0 };
  expect(() => standIns({ ...environment, live: true }, configs, places)).toThrow("production");
  const real = must(
    readEnvironment({
      VNPAY_TMN_CODE: "X",
      VNPAY_HASH_SECRET: "0123456789abcdef",
      VNPAY_PAY_URL: "https://pay.example/pay",
      STRIPE_SECRET_KEY: "sk_live_x",
      STRIPE_WEBHOOK_SECRET: "whsec_live_x",
    }),
  );
  expect(standIns(real, gatewayConfigs(real, address), places)).toBeUndefined();
  expect(gatewayConfigs(real, address).vnpay?.apiUrl).toBe(
    "https://pay.example/merchant_webapi/api/transaction",
  );
});
