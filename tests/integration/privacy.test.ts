/** What is kept of whoever gives, and what a published code opens: whole journeys through the forms and the stand-ins. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createRequestListener } from "@remix-run/node-fetch-server";
import { afterAll, beforeAll, expect, test } from "vitest";

import { readEnvironment } from "#app/adapters/environment.ts";
import { gatewayConfigs } from "#app/adapters/gateways.ts";
import { standIns } from "../../bin/demo/stand-ins/mount.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { pathTo } from "#app/i18n/paths.ts";

import { app, type TestApp } from "../support/app.ts";
import { ownForm, signIn, signInOf, withCookies } from "../support/office.ts";
import { rowsHolding } from "../support/stored-text.ts";

/** Nobody of the demonstration comes from here (RFC 5737). */
const ADDRESS = "203.0.113.77";
const now = () => Math.floor(Date.now() / 1000);

let site: TestApp;
let server: Server;
let address: string;
let slug: string;

beforeAll(async () => {
  const environment = must(readEnvironment({ DEMO: "1", NODE_ENV: "production" }));
  // The stand-ins have to know where they listen, and what listens asks them.
  let playing: ReturnType<typeof standIns> = undefined;
  server = createServer(
    createRequestListener(async (request) => {
      const url = new URL(request.url);
      if (!url.pathname.startsWith("/hooks/")) {
        return (await playing?.(request)) ?? new Response("page");
      }
      return site.ask(url.pathname + url.search, {
        method: request.method,
        headers: request.headers,
        ...(request.method === "POST" ? { body: await request.arrayBuffer() } : {}),
      });
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  site = await app({}, { gateways: address, now, caller: ADDRESS });
  const places = { address, localAddress: address, now };
  playing = standIns(environment, gatewayConfigs(environment, address), places);
  const [row] = await site.db.rows<{ slug: string }>(
    `select c.slug from campaign c join bank_account b on b.id = c.bank_account
      where b.owner = 'appeal' and c.starts_on <= $1::text::date and c.ends_on > $1::text::date + 30
        and c.closed_on is null order by c.id limit 1`,
    [dayOf(now())],
  );
  slug = row?.slug ?? "";
}, 180_000);
afterAll(async () => {
  await site.close();
  await new Promise((resolve) => server.close(resolve));
});

/** A browser that gives: its cookies, and the code of its gift. */
interface Giver {
  cookie: string;
  readonly code: string;
}

async function pledged(form: Record<string, string>): Promise<Giver> {
  const answer = await site.post(pathTo("vi", "give", { slug }), {
    measure: "amount",
    intent: "now",
    donorKind: "person",
    donorName: "",
    namePublic: "no",
    formKey: crypto.randomUUID(),
    ...form,
  });
  expect(answer.status, await answer.clone().text()).toBe(303);
  const code = answer.headers.get("location")?.split("/").at(-1) ?? "";
  return { cookie: withCookies("", answer), code };
}

/** Pay at the gateway's page and make one of its choices. */
async function pay(giver: Giver, channel: "vnpay" | "stripe", choice: string): Promise<void> {
  const path = `${pathTo("vi", "pledge", { code: giver.code })}/thanh-toan`;
  const started = await site.ask(path, ownForm(giver.cookie, { channel }));
  giver.cookie = withCookies(giver.cookie, started);
  const there = new URL(started.headers.get("location") ?? "", address);
  expect(there.origin, there.href).toBe(address);
  const chosen = new URLSearchParams({ choice });
  if (channel === "vnpay") chosen.set("query", there.search.slice(1));
  const url = there.origin + there.pathname;
  const done = await fetch(url, { method: "POST", body: chosen, redirect: "manual" });
  expect(done.status).toBe(303);
}

const page = async (name: "pledge" | "payment", code: string, cookie = "") => {
  const answer = await site.get(pathTo("vi", name, { code }), cookie === "" ? {} : { cookie });
  expect(answer.status).toBe(200);
  return (await answer.text()).replace(/<[^>]*>/g, " ").replace(/[\s\u00a0]+/g, " ");
};

const NO_MONEY = "Số dư tài khoản không đủ";
const ELSEWHERE = "chỉ hiện trên trình duyệt đã bắt đầu lần trả ấy";

test("how a payment went is told to the browser that started it, and to nobody else", async () => {
  const giver = await pledged({
    amount: "1250000",
    channel: "vnpay",
    intent: "promised",
    promisedOn: dayOf(now() + 5 * 86_400),
  });
  await pay(giver, "vnpay", "fail");
  await expect.poll(async () => page("payment", giver.code, giver.cookie)).toContain(NO_MONEY);
  const mine = await page("pledge", giver.code, giver.cookie);
  expect(mine).toContain("Không thành công");
  // Another browser has the code, as everybody has.
  for (const name of ["payment", "pledge"] as const) {
    const seen = await page(name, giver.code);
    expect(seen).not.toContain(NO_MONEY);
    expect(seen).not.toContain("Không thành công");
    expect(seen).toContain(ELSEWHERE);
  }
  // One that starts a payment of its own for the same promise learns of its own alone.
  const stranger: Giver = { code: giver.code, cookie: "" };
  await pay(stranger, "vnpay", "cancel");
  await expect
    .poll(async () => page("payment", giver.code, stranger.cookie))
    .toContain("hủy giao dịch");
  expect(await page("payment", giver.code, giver.cookie)).toContain(NO_MONEY);
  // A made-up mark is worth nothing.
  const forged = giver.cookie.replace(/\.[^~.;]{43}/g, `.${"A".repeat(43)}`);
  expect(forged).not.toBe(giver.cookie);
  expect(await page("payment", giver.code, forged)).not.toContain(NO_MONEY);
});

test("what was to be paid at once is nobody else's business once its code is public", async () => {
  const giver = await pledged({ amount: "1250000", channel: "vnpay" });
  expect(await page("pledge", giver.code)).toContain("1.250.000");
  await site.asOwner(`update pledge set amount = amount * 2 where code = '${giver.code}'`);
  await pay(giver, "vnpay", "pay");
  await site.asOwner(`update pledge set amount = amount * 2 where code = '${giver.code}'`);
  await expect.poll(async () => page("pledge", giver.code)).toContain("2.500.000");
  expect(await page("pledge", giver.code, giver.cookie)).toContain("5.000.000");
  for (const name of ["pledge", "payment"] as const) {
    expect(await page(name, giver.code)).not.toContain("5.000.000");
  }
  const path = `${pathTo("vi", "pledge", { code: giver.code })}/thanh-toan`;
  const asked = await site.ask(path, ownForm("", { channel: "vnpay" }));
  expect(asked.headers.get("location")).toBe(pathTo("vi", "pledge", { code: giver.code }));
});

test("the network address of whoever gave or signed in stands in no column of no table", async () => {
  const card = await pledged({ amount: "640000", channel: "stripe" });
  await pay(card, "stripe", "declined");
  await pay(card, "stripe", "pay");
  await pledged({ amount: "640000", channel: "bank" });
  const { email } = signInOf("demo-committee-leader");
  await site.ask("/dang-nhap", ownForm("", { email, password: "not the right one" }));
  await site.ask("/dang-nhap/quen-mat-khau", ownForm("", { email }));
  await site.ask("/cua-toi", ownForm("", { intent: "ask", email: "ai-do@thu.example" }));
  const cookie = await signIn(site, "demo-committee-leader");
  expect((await site.get("/quan-tri", { cookie })).status).toBe(200);
  expect((await site.get("/quan-tri/nguoi-dung/khong-co", { cookie })).status).toBe(404);
  expect(await rowsHolding(site.db, [ADDRESS])).toEqual({});
  // The same look finds what is there.
  await site.services.attention.raise("payment-unknown", "a test", { from: ADDRESS });
  expect(await rowsHolding(site.db, [ADDRESS])).toEqual({ "public.attention": 1 });
});
