/** Gifts given back through the gateways that brought them: forms of the office, stand-ins over HTTP, public pages. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createRequestListener } from "@remix-run/node-fetch-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { readEnvironment } from "#app/adapters/environment.ts";
import { gatewayConfigs } from "#app/adapters/gateways.ts";
import { headFolder } from "#app/adapters/heads.ts";
import { createLog } from "#app/front/log.ts";
import { type StandIns, standIns } from "../../bin/demo/stand-ins/mount.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { pathTo } from "#app/i18n/paths.ts";
import { demoPaper } from "../../bin/demo/demo-paper.ts";
import { runChecks } from "#db/checks/run.ts";

import { jobsOf } from "../../bin/jobs.ts";
import { recompute } from "../outside/recompute.ts";
import { app, outsiderOf, type TestApp } from "../support/app.ts";
import { signIn } from "../support/office.ts";
import { stripeCall } from "../support/paying.ts";

const environment = must(readEnvironment({ DEMO: "1", NODE_ENV: "production" }));
const ORIGIN = { origin: "http://localhost:3000", host: "localhost:3000" };
const OFFICER = "demo-committee-officer";
const LEADER = "demo-committee-leader";
const ACCOUNTANT = "demo-committee-accountant";
const FORM = "/quan-tri/chi/moi?kind=refund";
const REFUNDS = /\/v1\/refunds$|\/merchant_webapi\//;
type Gateway = "vnpay" | "stripe";

let site: TestApp;
let server: Server;
let address: string;
let playing: StandIns | undefined;
let slug: string;
let campaign: string;
/** Answers of the gateways' refund APIs are lost: they have acted, nobody hears of it. */
let lost = false;
let holdEvents = false;
/** Seconds the clock is ahead. */
let ahead = 0;
const asked: string[] = [];
const cookies = new Map<string, string>();
const now = () => Math.floor(Date.now() / 1000) + ahead;

async function handle(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname.startsWith("/hooks/")) {
    if (holdEvents) return new Response("down", { status: 503 });
    return site.ask(url.pathname + url.search, {
      method: request.method,
      headers: request.headers,
      ...(request.method === "POST" ? { body: await request.arrayBuffer() } : {}),
    });
  }
  const asks = request.method === "POST" && REFUNDS.test(url.pathname);
  const body = asks ? await request.clone().text() : "";
  if (asks && !body.includes("querydr")) asked.push(orderIn(body));
  const answer = (await playing?.(request)) ?? new Response("page");
  return asks && lost ? new Response("lost", { status: 503 }) : answer;
}

/** Our number of a refund in what the gateway is told. */
function orderIn(body: string): string {
  if (!body.startsWith("{")) return new URLSearchParams(body).get("metadata[order]") ?? "";
  return String((JSON.parse(body) as Record<string, unknown>)["vnp_RequestId"]);
}

/** Stand-ins that have forgotten every payment. */
function restarted(): StandIns | undefined {
  const places = { address, localAddress: address, now };
  const configs = gatewayConfigs(environment, address);
  return standIns(environment, configs, { ...places, patience: { tries: 20, apart: 50 } });
}

beforeAll(async () => {
  server = createServer(createRequestListener(handle));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  site = await app({}, { gateways: address, now });
  playing = restarted();
  for (const id of [OFFICER, LEADER, ACCOUNTANT]) cookies.set(id, await signIn(site, id));
  const [row] = await site.db.rows<{ id: string; slug: string }>(
    `select c.id, c.slug from campaign c join bank_account b on b.id = c.bank_account
      where b.owner = 'appeal' and c.starts_on <= $1::text::date and c.ends_on > $1::text::date + 30
        and c.closed_on is null order by c.id limit 1`,
    [dayOf(now())],
  );
  if (!row) throw new Error("the demonstration has no open campaign");
  ({ id: campaign, slug } = row);
}, 180_000);
beforeEach(() => {
  [lost, holdEvents, asked.length] = [false, false, 0];
});
afterAll(async () => {
  await site.close();
  await new Promise((resolve) => server.close(resolve));
});

const as = (id: string) => ({ cookie: cookies.get(id) ?? "" });

async function text(path: string, id?: string): Promise<string> {
  const answer = await site.get(path, id === undefined ? {} : as(id));
  expect(answer.status, path).toBe(200);
  return answer.text();
}

/** What a reader sees, without markup and with plain blanks. */
const plain = (html: string) => html.replace(/<[^>]*>/g, " ").replace(/[\s\u00a0]+/g, " ");
const valueIn = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
const formOf = (html: string, intent: string) =>
  html.split("<form").find((form) => form.includes(`name="intent" value="${intent}"`)) ?? "";

/** Give and pay as a donor does: the form, the pledge's page, the gateway's page. */
async function paid(channel: Gateway, amount: number): Promise<string> {
  const pledged = await site.post(pathTo("vi", "give", { slug }), {
    measure: "amount",
    amount: String(amount),
    intent: "now",
    donorKind: "person",
    donorName: "Nguyễn Thị Đào",
    namePublic: "no",
    channel,
    formKey: crypto.randomUUID(),
  });
  expect(pledged.status).toBe(303);
  const page = new URL(pledged.headers.get("location") ?? "", "http://x").pathname;
  const code = page.split("/").at(-1) ?? "";
  const action = /action="([^"]*thanh-toan[^"]*|[^"]*\/tra[^"]*)"/.exec(await text(page))?.[1];
  const started = await site.post(action ?? `${page}/thanh-toan`, { channel });
  const pay = new URL(started.headers.get("location") ?? "", address);
  expect(pay.origin, pay.href).toBe(address);
  const choice = new URLSearchParams({ choice: "pay" });
  if (channel === "vnpay") choice.set("query", pay.search.slice(1));
  const back = await fetch(pay.origin + pay.pathname, {
    method: "POST",
    body: choice,
    redirect: "manual",
  });
  expect(back.status).toBe(303);
  await expect.poll(async () => (await site.get(`/ung-ho/${code}`)).status).toBe(200);
  await expect.poll(async () => stateOf(code), { timeout: 10_000 }).toBe("reported");
  return code;
}

async function send(
  id: string,
  path: string,
  fields: Record<string, string>,
  files: Record<string, Uint8Array> = {},
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  for (const [name, bytes] of Object.entries(files)) {
    body.set(name, new File([bytes.slice()], "scan.pdf", { type: "application/pdf" }));
  }
  return site.ask(path, { method: "POST", body, headers: { ...ORIGIN, ...as(id) } });
}

/** An officer asks for the refund with its paper, the leader approves; answers the order's page. */
async function approved(gift: string): Promise<string> {
  const wish = { kind: "refund", gift, reason: "donor-asked", way: "gateway", spentBy: "" };
  const key = valueIn(await text(FORM, OFFICER), "key");
  const requested = await send(OFFICER, FORM, { ...wish, note: "", key, intent: "request" });
  if (requested.status !== 302) throw new Error(plain(await requested.text()));
  const order = (requested.headers.get("location") ?? "").replace(/\?.*/, "");
  const paper = formOf(await text(order, OFFICER), "paper");
  const added = await send(
    OFFICER,
    order,
    { intent: "paper", key: valueIn(paper, "key") },
    { "paper-asked": demoPaper("refund", gift) },
  );
  expect(added.status).toBe(302);
  const form = formOf(await text(order, LEADER), "approve");
  const fields = { intent: "approve", seen: valueIn(form, "seen"), note: "" };
  const done = await send(LEADER, order, { ...fields, version: valueIn(form, "version") });
  if (done.status !== 302) throw new Error(plain(await done.text()));
  return order;
}

async function book(order: string): Promise<Response> {
  const form = formOf(await text(order, ACCOUNTANT), "book");
  expect(form, "the gateway's answer is the paper: no day is asked").not.toContain('name="on"');
  return send(ACCOUNTANT, order, { intent: "book", version: valueIn(form, "version"), note: "" });
}

async function lineOf(set: string, key: string): Promise<Record<string, string>> {
  const [head = "", ...lines] = (await text(`/data/v1/${set}.csv`)).split("\r\n");
  const cells = lines.find((line) => line.startsWith(`"${key}",`))?.split(",") ?? [];
  return Object.fromEntries(
    head.split(",").map((name, at) => [name, cells[at]?.replaceAll('"', "") ?? ""]),
  );
}
const stateOf = async (gift: string) => (await lineOf("donations", gift))["state"];
const received = async () => BigInt((await lineOf("campaigns", campaign))["received"] ?? "");
const job = async (name: string) => {
  const log = createLog({ level: "silent", process: "test" });
  const found = jobsOf(site.services, site.db, log, headFolder(site.heads)).find(
    (one) => one.name === name,
  );
  if (!found) throw new Error(`no job ${name}`);
  return found.run();
};
const attention = (subject: string) =>
  site.db.rows<{ kind: string }>(`select kind from attention where subject = $1`, [subject]);
const keyOf = (order: string) => `order:${order.split("/").at(-1)}`;
const kindsOf = async (gift: string) =>
  (
    await site.db.rows<{ kind: string }>(
      `select kind from entry where convert_from(bytes, 'UTF8')::jsonb ->> 'donation' = $1
        order by number`,
      [gift],
    )
  ).map(({ kind }) => kind);

test("VNPay: set aside at once, gone when VNPay says so; page, totals and open data together", async () => {
  const before = await received();
  const gift = await paid("vnpay", 200_000);
  expect(await received()).toBe(before + 200_000n);
  const order = await approved(gift);
  expect(asked).toEqual([]);
  expect((await book(order)).status).toBe(302);
  expect(await text(order, ACCOUNTANT)).toContain("Cổng thanh toán đã nhận, đang hoàn tiền");
  // Owed back: neither the campaign's nor gone yet.
  expect(await received()).toBe(before);
  expect(await lineOf("donations", gift)).toMatchObject({ state: "refunded", returned: "200000" });
  const waiting = plain(await text(`/ung-ho/${gift}`));
  const record = JSON.parse(await text(`/data/v1/donations/${gift}.json`)) as {
    pieces: { account: string }[];
  };
  expect(record.pieces.map(({ account }) => account)).toEqual([`refund:payable:${campaign}`]);
  ahead += 400;
  expect(await job("ask-refunds")).toMatchObject({ settled: 1 });
  expect(await lineOf("donations", gift)).toMatchObject({ state: "refunded", returned: "200000" });
  const page = plain(await text(`/ung-ho/${gift}`));
  expect(page).not.toBe(waiting);
  expect(page).toContain("200.000");
  expect(await text(`/data/v1/donations/${gift}.json`)).toContain('"world:refund"');
  expect(await text(order, ACCOUNTANT)).toContain("Cổng thanh toán đã hoàn xong");
  expect(await received()).toBe(before);
  expect(await kindsOf(gift)).toEqual(["donation-reported", "refund", "refund"]);
  expect(asked).toHaveLength(1);
  // Pressed again, it is the same order.
  expect((await book(order)).status).toBe(409);
});

test("Stripe: given back at once, and its own events add nothing", async () => {
  const before = await received();
  const gift = await paid("stripe", 300_000);
  const order = await approved(gift);
  expect((await book(order)).status).toBe(302);
  await expect
    .poll(async () => text(`/data/v1/donations/${gift}.json`), { timeout: 10_000 })
    .toContain('"world:refund"');
  expect(await received()).toBe(before);
  const told = () =>
    site.db.rows(
      `select 1 from inbox i join inbox_answer a on a.inbox = i.id
        where i.provider = 'stripe'
          and convert_from(body, 'UTF8') ~ '"type":"(refund.updated|charge.refunded)"'
          and convert_from(body, 'UTF8') like $1`,
      [`%${gift}%`],
    );
  await expect.poll(async () => (await told()).length, { timeout: 10_000 }).toBe(2);
  expect(await kindsOf(gift)).toEqual(["donation-reported", "refund", "refund"]);
  expect(asked).toHaveLength(1);
  expect(await attention(keyOf(order))).toEqual([]);
});

test("VNPay: refused, the setting aside is turned round, a person hears, and it may be asked for again", async () => {
  const before = await received();
  const gift = await paid("vnpay", 150_000);
  const order = await approved(gift);
  playing = restarted();
  expect((await book(order)).status).toBe(302);
  expect(await stateOf(gift)).toBe("reported");
  expect(await received()).toBe(before + 150_000n);
  expect(await kindsOf(gift)).toEqual(["donation-reported", "refund", "reversal"]);
  expect((await attention(keyOf(order))).map(({ kind }) => kind)).toEqual(["refund-refused"]);
  expect(await text(order, ACCOUNTANT)).toContain("notice bad");
  const again = await approved(gift);
  expect(again).not.toBe(order);
});

test.each(["vnpay", "stripe"] as const)(
  "%s: a lost answer is asked for again under the same number and pays once",
  async (channel) => {
    const gift = await paid(channel, 120_000);
    const order = await approved(gift);
    [lost, holdEvents] = [true, true];
    expect((await book(order)).status).toBe(302);
    expect(await text(`/data/v1/donations/${gift}.json`)).toContain('"refund:payable:');
    expect(asked.length).toBeGreaterThanOrEqual(1);
    lost = false;
    ahead += 400;
    await job("ask-refunds");
    ahead += 1_300;
    await job("ask-refunds");
    holdEvents = false;
    expect(await text(`/data/v1/donations/${gift}.json`)).toContain('"world:refund"');
    expect(new Set(asked).size, asked.join()).toBe(1);
    expect(await kindsOf(gift)).toEqual(["donation-reported", "refund", "refund"]);
  },
  30_000,
);

test.each(["vnpay", "stripe"] as const)(
  "%s: killed between setting aside and asking, the job asks",
  async (channel) => {
    const gift = await paid(channel, 110_000);
    const order = await approved(gift);
    // The process that books dies after its commit: what comes next, asking, never happens.
    const { asking } = site.services.gatewayRefunds;
    Object.assign(site.services.gatewayRefunds, {
      asking: () => Promise.reject(new Error("killed")),
    });
    try {
      expect((await book(order)).status).toBe(500);
    } finally {
      Object.assign(site.services.gatewayRefunds, { asking });
    }
    expect(asked).toEqual([]);
    expect(await kindsOf(gift)).toEqual(["donation-reported", "refund"]);
    await job("ask-refunds");
    ahead += 400;
    await job("ask-refunds");
    expect(await text(`/data/v1/donations/${gift}.json`)).toContain('"world:refund"');
    expect(asked).toHaveLength(1);
    expect(await text(order, ACCOUNTANT)).not.toContain("notice bad");
  },
);

/** An event of Stripe, signed, through the hook; answers the hook's word. */
async function stripeTells(type: string, object: object): Promise<string> {
  const event = { id: `evt_${crypto.randomUUID()}`, object: "event", type, data: { object } };
  const { stripe } = gatewayConfigs(environment, address);
  const { body, header } = stripeCall(event, now(), stripe?.webhookSecret ?? "");
  const answer = await site.ask("/hooks/stripe", {
    method: "POST",
    body: body.slice(),
    headers: { "stripe-signature": header, "content-type": "application/json" },
  });
  expect(answer.status).toBe(200);
  return (await answer.text()).trim();
}

async function intentOf(gift: string): Promise<string> {
  const payment = await site.services.gatewayRefunds.paymentOfGift(gift);
  return payment?.outcome?.providerTransaction ?? "";
}

test("charge.refunded: given back at Stripe itself, in parts, each once", async () => {
  const before = await received();
  const gift = await paid("stripe", 500_000);
  const intent = await intentOf(gift);
  const charge = (sum: number) => ({
    id: `ch_${intent}`,
    object: "charge",
    currency: "vnd",
    amount: 500_000,
    amount_refunded: sum,
    payment_intent: intent,
  });
  expect(await stripeTells("charge.refunded", charge(200_000))).toBe("settled");
  expect(await stripeTells("charge.refunded", charge(200_000))).toBe("repeated");
  expect(await lineOf("donations", gift)).toMatchObject({ state: "reported", returned: "200000" });
  expect(await stripeTells("charge.refunded", charge(500_000))).toBe("settled");
  expect(await stateOf(gift)).toBe("reversed");
  expect(await received()).toBe(before);
  expect(plain(await text(`/ung-ho/${gift}`))).toContain("500.000");
});

test("a dispute takes the money at once; won, it is there again; each event once", async () => {
  const before = await received();
  const gift = await paid("stripe", 400_000);
  const dispute = (status: string) => ({
    id: `dp_${gift}`,
    object: "dispute",
    currency: "vnd",
    amount: 400_000,
    status,
    payment_intent: "",
  });
  const intent = await intentOf(gift);
  const told = (type: string, status: string) =>
    stripeTells(type, { ...dispute(status), payment_intent: intent });
  expect(await told("charge.dispute.created", "warning_needs_response")).toBe("raised");
  expect(await stateOf(gift)).toBe("reported");
  expect(await told("charge.dispute.funds_withdrawn", "needs_response")).toBe("settled");
  expect(await told("charge.dispute.created", "needs_response")).toBe("repeated");
  expect(await stateOf(gift)).toBe("reversed");
  expect(await received()).toBe(before);
  const page = plain(await text(`/ung-ho/${gift}`));
  expect(page).toContain("thu lại tiền này");
  expect(await told("charge.dispute.funds_reinstated", "won")).toBe("settled");
  expect(await told("charge.dispute.closed", "won")).toBe("repeated");
  expect(await received()).toBe(before + 400_000n);
  const won = plain(await text(`/ung-ho/${gift}`));
  expect(won).toContain("khiếu nại không được chấp nhận nên tiền đã về lại chiến dịch");
  expect(won).toContain("Ngân hàng thu lại tiền");
  expect(won).toContain("Đảo bút toán");
});

test("after all that the books agree, also for an outsider, and nothing else broke", async () => {
  const { problems, counts } = await recompute(outsiderOf(site));
  expect(problems).toEqual([]);
  expect(counts["office"]).toBeGreaterThan(0);
  const results = await runChecks(site.db, now);
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  expect(site.errors.map(String).filter((error) => !error.includes("killed"))).toEqual([]);
});
