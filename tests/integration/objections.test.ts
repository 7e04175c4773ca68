/** An objection over the built site: from a form without an account to its decision, and the money it holds back. */
import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { sha256Hex } from "#app/adapters/sha256.ts";

import { demoPaper } from "../../bin/demo/demo-paper.ts";
import { app, type TestApp } from "../support/app.ts";
import { signIn } from "../support/office.ts";
import { postList } from "../support/posted-list.ts";

const CLERK = "demo-commune-clerk-20941";
const LEADER = "demo-commune-leader-20941";
const OTHER = "demo-commune-clerk-20929";
const FORM = "/niem-yet/TT1-r7/y-kien";
const LINE = "H-TT1-902";

const HOSTILE = [
  "<script>alert(1)</script>",
  "{{constructor.constructor('return 1')()}}",
  "' or 1=1; drop table objection; --",
  "__proto__",
  "constructor",
  "\u0000\u0001",
  "\u202eđảo\u202c \u200b\u200b",
  "\ud800",
  "😀".repeat(1900),
  "ạ".repeat(3000),
  "\r\n\r\nSet-Cookie: a=b",
  "%00%0a../../etc/passwd",
];

let site: TestApp;
let cookies: ReadonlyMap<string, string>;
let code = "";

beforeAll(async () => {
  site = await app();
  const making = {
    now: () => site.services.now(),
    sha256: sha256Hex,
    randomHex: (bytes: number) => randomBytes(bytes).toString("hex"),
  };
  const list = { campaign: "TT1", round: 7, lines: 8, from: 901, price: 1000n };
  await postList(site.db, making, { ...list, decidedBy: LEADER });
  const signed: [string, string][] = [];
  for (const id of [CLERK, LEADER, OTHER]) signed.push([id, await signIn(site, id)]);
  cookies = new Map(signed);
}, 120_000);
afterAll(() => site.close());

const as = (id: string) => ({ cookie: cookies.get(id) ?? "" });
const keyIn = (html: string) => /name="key" value="([^"]*)"/.exec(html)?.[1] ?? "";
const textOf = async (path: string, id?: string) => (await site.get(path, id ? as(id) : {})).text();

test("the form asks for nothing but a reason, and keeps what was typed", async () => {
  const form = await textOf(`${FORM}?line=${LINE}`);
  expect(form).not.toContain("<script");
  expect(form).toMatch(new RegExp(`<option value="${LINE}" selected`));
  const asked = { key: keyIn(form), line: LINE, ground: "", text: "Nhà có <b>xe</b>", contact: "" };
  const wrong = await site.post(FORM, asked);
  expect(wrong.status).toBe(422);
  expect(wrong.headers.get("cache-control")).toContain("no-store");
  expect(await wrong.text()).toContain("Nhà có &lt;b&gt;xe&lt;/b&gt;");
});

test("sent twice it is one; it is followed by its code, in both languages, and says nothing of what was written", async () => {
  const key = keyIn(await textOf(FORM));
  const asked = { key, line: LINE, ground: "relative", text: "Bí mật của tôi", contact: "0905" };
  const sent = await site.post(FORM, asked);
  expect(sent.status).toBe(303);
  const at = sent.headers.get("location") ?? "";
  code = /YK\w{7}/.exec(at)?.[0] ?? "";
  expect((await site.post(FORM, asked)).headers.get("location")).toBe(at);
  for (const path of [`/y-kien/${code}`, `/en/objections/${code}`]) {
    const page = await textOf(path);
    expect(page).toContain(LINE);
    expect(page).not.toMatch(/Bí mật|0905/);
  }
  expect((await site.get(`/y-kien/${code.toLowerCase()}`)).status).toBe(301);
  const searched = await site.get(`/?code=${code.slice(0, 4)}+${code.slice(4)}`);
  expect(searched.headers.get("location")).toBe(`/y-kien/${code}`);
  expect((await site.get("/y-kien/YK2222222")).status).toBe(404);
});

test("hostile text is taken or refused, never shown and never a fault of ours", async () => {
  for (const text of HOSTILE) {
    const key = keyIn(await textOf(FORM));
    const sent = await site.post(FORM, {
      key,
      line: "H-TT1-908",
      ground: text,
      text,
      contact: text,
    });
    expect([303, 400, 422]).toContain(sent.status);
  }
  expect(site.errors).toEqual([]);
});

test("the office sees it, opens its words with a line in the trail; others see nothing", async () => {
  expect(await textOf("/quan-tri/y-kien", CLERK)).toContain(code);
  expect(await textOf("/quan-tri/y-kien", OTHER)).not.toContain(code);
  expect((await site.get(`/quan-tri/y-kien/${code}`, as(OTHER))).status).toBe(403);
  expect(await textOf(`/quan-tri/y-kien/${code}`, CLERK)).not.toContain("Bí mật");
  const opened = await site.post(`/quan-tri/y-kien/${code}`, { intent: "look" }, as(CLERK));
  expect(await opened.text()).toContain("Bí mật của tôi");
  const trail = await site.db.rows<{ person: string }>(
    `select person from audit_line where act = 'objection.read' and subject = $1`,
    [code],
  );
  expect(trail).toEqual([{ person: CLERK }]);
});

test("money for the line cannot be asked for, with the objection named; the campaign tells what is held back", async () => {
  const form = "/quan-tri/chi/moi?kind=advance&campaign=TT1";
  const page = await textOf(form, CLERK);
  expect(page).toContain(code);
  const asked = {
    kind: "advance",
    campaign: "TT1",
    lines: LINE,
    amount: "1000",
    source: "donation",
    note: "",
    key: keyIn(page),
    intent: "look",
  };
  const refused = await site.post(form, asked, as(CLERK));
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain(code);
  const [campaign] = await site.db.rows<{ slug: string }>(
    `select slug from campaign where id = 'TT1'`,
  );
  expect(await textOf(`/chien-dich/${campaign?.slug}`)).toContain("f-locked");
});

test("the clerk decides nothing; the leader answers with a paper, and the line is free", async () => {
  const path = `/quan-tri/y-kien/${code}`;
  const decide = async (id: string, intent: string) => {
    const body = new FormData();
    const key = keyIn(await textOf(path, LEADER));
    const on = new Date(site.services.now() * 1000 + 25_200_000).toISOString().slice(0, 10);
    for (const [name, value] of Object.entries({ intent, key, outcome: "not-shown", on })) {
      body.set(name, value);
    }
    const paper = demoPaper("Trả lời ý kiến");
    body.set("paper", new File([paper.slice()], "tl.pdf", { type: "application/pdf" }));
    const origin = { origin: "http://localhost:3000", host: "localhost:3000" };
    return site.ask(path, { method: "POST", body, headers: { ...origin, ...as(id) } });
  };
  expect((await decide(CLERK, "decide")).status).toBe(403);
  expect((await decide(LEADER, "review")).status).toBe(403);
  expect((await decide(LEADER, "decide")).status).toBe(303);
  const page = await textOf(`/y-kien/${code}`);
  expect(page).toContain("Ý kiến không được chấp nhận");
  const key = keyIn(page);
  const again = await site.post(`/y-kien/${code}`, { key, text: "", contact: "" });
  expect(again.status).toBe(303);
  expect(await textOf(again.headers.get("location") ?? "")).toContain(code);
});
