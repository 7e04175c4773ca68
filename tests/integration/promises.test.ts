/** Which promises count, over HTTP: the ways by which one is confirmed, and what one that is not may change. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { Letter } from "#app/domain/letters/ports.ts";
import { addDays, dayOf } from "#app/domain/kernel/calendar.ts";
import { pathTo } from "#app/i18n/paths.ts";

import { app, type TestApp } from "../support/app.ts";
import { parseCsv } from "../outside/tables.ts";
import { ownForm, signIn, withCookies } from "../support/office.ts";

const now = () => Math.floor(Date.now() / 1000);
const letters: Letter[] = [];
const SLUG = "bo-sinh-san-la-dee";
const CAMPAIGN = pathTo("vi", "campaign", { slug: SLUG });

let site: TestApp;

beforeAll(async () => {
  const mail = { send: async (letter: Letter) => void letters.push(letter) };
  site = await app({}, { now, mail });
}, 180_000);
afterAll(() => site.close());
beforeEach(() => void (letters.length = 0));

const textOf = async (answer: Response) =>
  (await answer.text()).replace(/<[^>]*>/g, " ").replace(/[\s\u00a0]+/g, " ");
const read = async (path: string, cookie = "") =>
  textOf(await site.get(path, cookie === "" ? {} : { cookie }));

/** The four totals and every bar of a page, as drawn. */
async function figures(path: string): Promise<{ totals: string[]; bars: string[] }> {
  const html = await (await site.get(path)).text();
  const totals = /<dl class="totals">.*?<\/dl>/s.exec(html)?.[0] ?? "";
  return {
    totals: [...totals.matchAll(/<data[^>]*value="(\d+)"/g)].map(([, value]) => value ?? ""),
    bars: html.match(/<svg class="stage-bar".*?<\/svg>/gs) ?? [],
  };
}

/** What the open data say of a campaign or of a promise: every text in quotes, nothing else is. */
async function row(set: string, key: string): Promise<Record<string, string>> {
  const problems: string[] = [];
  const { header, lines } = parseCsv(
    await (await site.get(`/data/v1/${set}.csv`)).text(),
    set,
    problems,
  );
  expect(problems).toEqual([]);
  const found = lines.find((line) => line[header[0] ?? ""] === key);
  if (!found) throw new Error(`${set}.csv has no ${key}`);
  return found;
}

async function promise(
  amount: string,
  more: Record<string, string> = {},
  cookie = "",
): Promise<Response> {
  const form = {
    measure: "amount",
    amount,
    intent: "promised",
    promisedOn: addDays(dayOf(now()), 20),
    donorKind: "person",
    donorName: "",
    namePublic: "no",
    channel: "bank",
    formKey: crypto.randomUUID(),
    ...more,
  };
  return site.ask(pathTo("vi", "give", { slug: SLUG }), ownForm(cookie, form));
}

async function promised(
  amount: string,
  more: Record<string, string> = {},
  cookie = "",
): Promise<{ code: string; page: string; cookie: string }> {
  const answer = await promise(amount, more, cookie);
  expect(answer.status, await answer.clone().text()).toBe(303);
  const page = answer.headers.get("location") ?? "";
  return { code: page.split("/").at(-1) ?? "", page, cookie: withCookies(cookie, answer) };
}

const UNCOUNTED = "Cam kết này chưa được tính";

test("one nameless promise of 900 tỷ changes no figure of the home page and no bar", async () => {
  const before = { home: await figures("/"), campaign: await figures(CAMPAIGN) };
  expect(before.home.totals).toHaveLength(5);
  expect(before.home.bars.length).toBeGreaterThan(2);
  const open = await row("campaigns", "LD1");

  // Asked once, as no campaign lacks so much; nothing typed is lost.
  const asked = await promise("900 tỷ");
  expect(asked.status).toBe(422);
  const form = await asked.text();
  expect(form).toContain("Chiến dịch chỉ còn thiếu");
  expect(form).toContain('value="900 tỷ"');
  expect(form).toContain('name="sureOf" value="900000000000"');
  const { code, page, cookie } = await promised("900 tỷ", { sureOf: "900000000000" });

  expect(await figures("/")).toEqual(before.home);
  expect(await figures(CAMPAIGN)).toEqual(before.campaign);
  expect(await row("campaigns", "LD1")).toEqual(open);
  expect(await row("pledges", code)).toMatchObject({
    promised: "900000000000",
    state: "open",
    confirmed_on: "",
  });
  const campaign = await read(CAMPAIGN);
  expect(campaign).toContain("1 cam kết chưa xác nhận, tổng 900 tỷ đ");
  expect(await read("/")).not.toContain("900 tỷ");

  // Its maker is told that an official has to, and is offered no letter; a letter asked for all the same confirms nothing.
  const mine = await read(page, cookie);
  expect(mine).toContain(UNCOUNTED);
  expect(mine).toContain("chỉ Ban vận động xác nhận được");
  expect(mine).not.toContain("Gửi thư xác nhận");
  await site.ask(page, ownForm(cookie, { intent: "letter", email: "ai-do@thu.example" }));
  const link = linkIn(letters.at(-1));
  expect((await site.ask(link, ownForm("", { intent: "confirm" }))).status).toBe(303);
  expect(await figures("/")).toEqual(before.home);

  // Taken back by the browser that made it.
  expect((await site.ask(page, ownForm("", { intent: "withdraw" }))).status).toBe(303);
  expect(await row("pledges", code)).toMatchObject({ state: "open" });
  await site.ask(page, ownForm(cookie, { intent: "withdraw" }));
  expect(await row("pledges", code)).toMatchObject({ state: "withdrawn" });
  expect(await read(page, cookie)).toContain("đã được rút lại");
  expect(await read(CAMPAIGN)).not.toContain("cam kết chưa xác nhận");
});

/** The address in a letter, without the site. */
function linkIn(letter: Letter | undefined): string {
  const url = /https?:\/\/\S+/.exec(letter?.text ?? "")?.[0];
  if (url === undefined) throw new Error("no letter with a link");
  const { pathname, search } = new URL(url);
  return pathname + search;
}

test("the letter's link lets a promise count, and takes it back", async () => {
  const before = await figures("/");
  const pledged = async () => BigInt((await figures("/")).totals[0] ?? "0");
  const was = BigInt(before.totals[0] ?? "0");
  const { code, page, cookie } = await promised("2 triệu", { confirmEmail: "an@thu.example" });
  await expect.poll(() => letters.length).toBe(1);
  expect(letters[0]).toMatchObject({ to: "an@thu.example", subject: `Xác nhận cam kết ${code}` });
  expect(letters[0]?.text.replaceAll("\u00a0", " ")).toContain("2.000.000 đ");
  expect(await pledged()).toBe(was);

  // A mark of another promise, a made-up one and none confirm nothing; opening the link does not either.
  const link = linkIn(letters[0]);
  for (const path of [page, `${page}?letter=${"A".repeat(43)}`]) {
    await site.ask(path, ownForm(cookie, { intent: "confirm" }));
  }
  const other = await promised("3 triệu");
  const query = link.slice(link.indexOf("?"));
  await site.ask(other.page + query, ownForm("", { intent: "confirm" }));
  expect(await read(link)).toContain("Xác nhận cam kết 2.000.000 đ");
  expect(await pledged()).toBe(was);

  // Twice is once.
  for (let time = 0; time < 2; time += 1) {
    const done = await site.ask(link, ownForm("", { intent: "confirm" }));
    expect(done.headers.get("location")).toBe(link);
    expect(await pledged()).toBe(was + 2_000_000n);
  }
  expect(await read(link)).not.toContain(UNCOUNTED);
  expect(await row("pledges", code)).toMatchObject({ confirmed_on: dayOf(now()) });
  const rows = await site.db.rows(
    `select way, person, note from pledge_confirmation where pledge = $1`,
    [code],
  );
  expect(rows).toEqual([{ way: "link", person: null, note: "" }]);
  await site.ask(link, ownForm("", { intent: "withdraw" }));
  expect(await pledged()).toBe(was);
  await site.ask(other.page, ownForm(other.cookie, { intent: "withdraw" }));
});

test("a promise made by somebody who is signed in counts at once, up to what is missing", async () => {
  const pledged = async () => BigInt((await row("campaigns", "LD1"))["pledged"] ?? "0");
  const was = await pledged();
  const cookie = await signIn(site, "demo-finance-inspector");
  const made = await promised("7 triệu", {}, cookie);
  expect(await pledged()).toBe(was + 7_000_000n);
  expect(await read(made.page, made.cookie)).not.toContain(UNCOUNTED);
  const above = await promised("3 tỷ", { sureOf: "3000000000" }, cookie);
  expect(await pledged()).toBe(was + 7_000_000n);
  expect(await read(above.page, above.cookie)).toContain("chỉ Ban vận động xác nhận được");
  for (const one of [made, above]) {
    await site.ask(one.page, ownForm(one.cookie, { intent: "withdraw" }));
  }
  expect(await pledged()).toBe(was);
});

test("a letter goes only to whom the promise's own browser names, and a wrong address is kept", async () => {
  const { page, cookie } = await promised("2 triệu");
  const ask = (who: string, email: string) =>
    site.ask(page, ownForm(who, { intent: "letter", email }));
  expect((await ask("", "an@thu.example")).status).toBe(303);
  expect(letters).toHaveLength(0);
  const wrong = await ask(cookie, "an tại thư");
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('value="an tại thư"');
  expect(await textOf(await ask(cookie, "an@thu.example"))).toContain("thư sẽ đến trong ít phút");
  await expect.poll(() => letters.length).toBe(1);
  await site.ask(page, ownForm(cookie, { intent: "withdraw" }));
});

test("an official who spoke with the donor confirms, also above what is missing; the note stays private", async () => {
  const { code, page, cookie } = await promised("5 tỷ", {
    sureOf: "5000000000",
    donorKind: "organisation",
    donorName: "Công ty Bến Nước Xanh",
  });
  const was = BigInt((await row("campaigns", "LD1"))["pledged"] ?? "0");
  const officer = await signIn(site, "demo-committee-officer");
  const desk = "/quan-tri/loi-hua";
  const list = await read(desk, officer);
  expect(list).toContain(code);
  expect(list).toContain("Công ty Bến Nước Xanh");
  expect(list).toContain("chiến dịch chỉ còn thiếu");

  const note = "Đã gọi lại tổng đài của công ty ngày 01/12, kế toán trưởng xác nhận.";
  const send = (form: Record<string, string>) =>
    site.ask(desk, ownForm(officer, { intent: "confirm", ...form }));
  const short = await send({ code, note: "ok" });
  expect(short.status).toBe(422);
  expect(await short.text()).toContain(`value="${code}"`);
  expect((await send({ code: "QN7777777", note })).status).toBe(422);
  const done = await send({ code: ` ${code.toLowerCase()} `, note });
  expect(done.headers.get("location")).toBe(`${desk}?done=${code}`);
  expect((await row("campaigns", "LD1"))["pledged"]).toBe(`${was + 5_000_000_000n}`);
  // Again is nothing new: one confirmation, one line of the trail.
  expect((await send({ code, note })).status).toBe(303);
  const trail = await site.db.rows(
    `select act, person from audit_line where subject = $1 and outcome = 'done'`,
    [code],
  );
  expect(trail).toEqual([{ act: "pledge.confirm", person: "demo-committee-officer" }]);
  expect(await read(desk, officer)).not.toContain("Công ty Bến Nước Xanh");
  for (const path of [page, CAMPAIGN, "/data/v1/pledges.csv"]) {
    expect(await read(path, cookie)).not.toContain("tổng đài");
  }
  const leader = await signIn(site, "demo-committee-leader");
  expect((await site.get(desk, { cookie: leader })).status).toBe(403);
  await site.ask(page, ownForm(cookie, { intent: "withdraw" }));
  expect((await row("campaigns", "LD1"))["pledged"]).toBe(`${was}`);
});

test("charges are told before paying, at each way, and the chosen way stands first", async () => {
  const give = pathTo("vi", "give", { slug: SLUG });
  const form = await read(`${give}?gift=units:1`);
  expect(form).toContain("cổng thu khoảng 3,4 %: 20.000.000 đ còn 19.310.500 đ");
  expect(form).toContain("cổng thu khoảng 1,1 %: 20.000.000 đ còn 19.778.350 đ");
  expect(form).toContain("không mất phí");
  for (const path of ["/", give, "/gioi-thieu"]) {
    expect(await read(path), path).not.toMatch(/không thu phí/i);
    expect((await read(path)).toLowerCase(), path).toContain(
      "trang này không giữ lại đồng nào; cổng thanh toán có phí riêng",
    );
  }
  const made = (channel: string) => promised("20 triệu", { intent: "now", channel });
  const card = await made("stripe");
  const html = await (await site.get(card.page, { cookie: card.cookie })).text();
  expect(html).toMatch(/<h1>Trả 20\.000\.000\u00a0đ bằng thẻ quốc tế<\/h1>/);
  const places = ["Trả 20.000.000\u00a0đ bằng thẻ quốc tế</button>", "<details", 'id="transfer"'];
  const found = places.map((place) => html.indexOf(place));
  expect(found.every((at) => at > 0)).toBe(true);
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  const bank = await made("bank");
  const first = await (await site.get(bank.page, { cookie: bank.cookie })).text();
  expect(first.indexOf('id="transfer"')).toBeLessThan(first.indexOf("<details"));
});

test("an amount on the campaign's page is chosen without script, and the form has it", async () => {
  const page = await (await site.get(CAMPAIGN)).text();
  const form = /<form[^>]*class="giving-form".*?<\/form>/s.exec(page)?.[0] ?? "";
  expect(form.match(/type="radio"/g)?.length).toBe(4);
  expect(form.match(/checked=""/g)?.length).toBe(1);
  expect(form).toMatch(/value="units:1"/);
  const filled = await (await site.get(`${CAMPAIGN}/ung-ho?gift=households%3A1`)).text();
  expect(filled).toMatch(/<input[^>]*name="households"[^>]*value="1"/);
  // The last choice names no amount: the form opens empty.
  expect(await (await site.get(`${CAMPAIGN}/ung-ho?gift=`)).text()).not.toMatch(
    /name="(units|households)"[^>]*value="\d/,
  );
});
