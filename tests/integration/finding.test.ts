/** From a campaign onwards, and from whatever somebody types: no page is the end of the way. */
import { afterAll, beforeAll, expect, test } from "vitest";

import { twinningStore } from "#db/stores/twinning.ts";

import { app, type TestApp } from "../support/app.ts";

let site: TestApp;

beforeAll(async () => {
  site = await app();
});
afterAll(() => site.close());

const page = async (path: string) => {
  const answer = await site.get(path);
  expect(answer.status, path).toBe(200);
  return (await answer.text()).replaceAll("&amp;", "&");
};
const whereTo = async (path: string) => {
  const answer = await site.get(path);
  expect(answer.status, path).toBe(302);
  return answer.headers.get("location");
};
const one = async <Row>(text: string, params: readonly unknown[] = []) => {
  const [row] = await site.db.rows<Row>(text, params);
  if (!row) throw new Error(`nothing for ${text}`);
  return row;
};

test("a campaign leads to every animal, its lists, its gifts, its commune and its pair", async () => {
  const html = await page("/chien-dich/bo-sinh-san-la-dee");
  expect(html).toContain('href="/chien-dich/bo-sinh-san-la-dee/con-giong"');
  expect(html).toContain('href="/niem-yet/LD1-r1"');
  expect(html).toContain('href="/so-cai?campaign=LD1&kind=gift"');
  expect(html).toContain('href="/xa/20704-2025-07"');
  expect(html).toMatch(/href="\/ket-nghia\/[a-z-]+"/);
  expect(html).toMatch(/Còn thiếu 37 con bò<\/strong> · <span class="days">còn \d+ ngày/);
});

test("the list of a campaign's animals holds as many as the campaign says, and the squares lead into it", async () => {
  const campaign = await page("/chien-dich/bo-sinh-san-la-dee");
  const said = Number(/(\d+) con bò đã giao: xem từng con/.exec(campaign)?.[1]);
  const html = await page("/chien-dich/bo-sinh-san-la-dee/con-giong");
  const [first = ""] = html.split("</table>");
  expect(first.match(/<tr[^>]*><th scope="row">/g)).toHaveLength(said);
  const anchors = [...campaign.matchAll(/con-giong#(tu-\d+)"/g)].map(([, id]) => id);
  expect(anchors.length).toBeGreaterThan(0);
  for (const id of anchors) expect(html).toContain(`id="${id}"`);
  expect(html).toContain('href="/con-giong/LD1-0001"');
  expect(html).toContain('href="/niem-yet/LD1-r1"');
});

test("the ledger by gifts of a campaign holds its gifts and nothing else", async () => {
  const { n } = await one<{ n: number }>(
    `select count(*)::int as n from donation where campaign = 'TR1'`,
  );
  const html = await page("/so-cai?campaign=TR1&kind=gift&size=300");
  expect(html.match(/<tr><td>/g)).toHaveLength(n);
  expect(html).toMatch(/<option value="gift" selected="">/);
});

test.each([
  ["LD1-0031", "/con-giong/LD1-0031"],
  ["ld1-0031", "/con-giong/LD1-0031"],
  ["ld1", "/chien-dich/bo-sinh-san-la-dee"],
  ["LD1-r1", "/niem-yet/LD1-r1"],
  ["h-ld1-009", "/niem-yet/LD1-r1#H-LD1-009"],
  ["#17", "/so-cai/17"],
  ["1.017", "/so-cai/1017"],
  ["trà giáp", "/chien-dich?q=tr%C3%A0+gi%C3%A1p"],
  ["XY9-0001", "/chien-dich?q=XY9-0001"],
])("typed at home, %s leads to %s", async (typed, there) => {
  expect(await whereTo(`/?code=${encodeURIComponent(typed)}`)).toBe(there);
  const english = await whereTo(`/en?code=${encodeURIComponent(typed)}`);
  expect(english).toMatch(/^\/en\//);
});

test("a gift's code typed at home leads to the gift; a wrong one says what is wrong", async () => {
  const { code } = await one<{ code: string }>(`select code from donation order by entry limit 1`);
  expect(await whereTo(`/?code=${code.toLowerCase()}`)).toBe(`/ung-ho/${code}`);
  expect(await page("/?code=QNZZZZZZZ")).toContain("field-error");
  expect(await page("/?code=99999999")).toContain("Sổ cái chưa có bút toán số này");
  expect(await page("/?code=H-LD1-999")).toContain("Không có hộ nào mang mã này");
});

test("a household on a decided list is found at its line", async () => {
  const { code, list } = await one<{ code: string; list: string }>(
    `select min(l.code) as code, l.list from list_line l join list_version v using (list, version)
      where v.state = 'decided' group by l.list order by 2 limit 1`,
  );
  const answer = await site.get(`/?code=${code}`);
  expect(answer.headers.get("location")).toBe(`/niem-yet/${list}#${code}`);
  const html = await page(`/niem-yet/${list}`);
  const [, line = ""] = new RegExp(`<tr id="${code}"(.*?)</tr>`).exec(html) ?? [];
  expect(line).toContain(code);
});

test("an old name finds the commune of today and the campaigns there", async () => {
  const html = await page("/chien-dich?q=dac+toi");
  expect(html).toContain("Xã có tên này");
  expect(html).toContain('href="/xa/20704-2025-07"');
  expect(html).toContain("Chiến dịch ở xã ngày nay (1)");
  expect(html).toContain('href="/chien-dich/bo-sinh-san-la-dee"');
});

test("the name of a district has its communes under a heading of their own", async () => {
  const html = await page("/chien-dich?q=nam+giang");
  expect(html).toContain("Xã thuộc Nam Giang (huyện cũ)");
  // One of them bears the name itself.
  const bearing = /Xã có tên này<\/h2><ul>(.*?)<\/ul>/.exec(html)?.[1] ?? "";
  expect(bearing.match(/<li>/g)).toHaveLength(1);
  expect(bearing).toContain("Xã Nam Giang");
});

test("campaigns that are open stand first, in the order asked for, and each filter can be left out", async () => {
  const html = await page("/chien-dich?district=510&sort=ending");
  expect(html.indexOf('id="open"')).toBeGreaterThan(0);
  expect(html.indexOf('id="open"')).toBeLessThan(html.indexOf('id="rest"'));
  expect(html).toContain('href="/chien-dich?sort=ending"');
  const { slug } = await one<{ slug: string }>(
    `select slug from campaign order by published_on desc, id limit 1`,
  );
  const newest = await page("/chien-dich?sort=newest");
  expect(/class="cards"><li.*?href="\/chien-dich\/([a-z-]+)"/.exec(newest)?.[1]).toBe(slug);
});

test("all communes of today stand on one page, each with its old names, and on the map", async () => {
  for (const path of ["/xa", "/en/communes"]) {
    const html = await page(path);
    const links = new Set(
      [...html.matchAll(/href="[^"]*\/(?:xa|communes)\/(\d+)-2025-07"/g)].map(([, code]) => code),
    );
    expect(links.size).toBe(28);
    expect(html.match(/<path class="m[13]" fill="#/g)).toHaveLength(28);
    expect(html).toContain("Đắc Tôi");
  }
});

test("a commune leads to its pair, its animals and its lists; one without campaigns to its neighbours", async () => {
  const html = await page("/xa/20704");
  expect(html).toContain('href="/ket-nghia/');
  expect(html).toContain('href="/chien-dich/bo-sinh-san-la-dee/con-giong"');
  expect(html).toContain('href="/niem-yet/LD1-r1"');
  expect(html).toContain("Ủy ban nhân dân xã La Dêê");
  const empty = await page("/xa/20698");
  expect(empty).toContain('href="/chien-dich?district=510"');
  expect(empty).not.toContain('href="/so-cai?commune=20698"');
});

test("an entry says what happened and who answers for it before money, papers and, folded, hashes", async () => {
  const { number } = await one<{ number: bigint }>(
    `select number from entry where kind = 'purchase' order by number limit 1`,
  );
  const html = await page(`/so-cai/${number}`);
  const places = [
    "Ai đề nghị, ai duyệt",
    ">Dòng tiền<",
    ">Chứng từ<",
    '<details class="section record">',
    ">Mã băm (lá)<",
  ];
  const found = places.map((text) => html.indexOf(text));
  expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(found[0]).toBeGreaterThan(0);
  expect(html).toMatch(/(?:xã|thị trấn)[^<]* lập theo hồ sơ của mình/i);
  const gift = await one<{ number: bigint }>(
    `select number from entry where kind = 'donation-received' order by number limit 1`,
  );
  expect(await page(`/so-cai/${gift.number}`)).toContain("Máy ghi theo sao kê ngân hàng");
});

test("the ledger under a filter says how many, how much, which page, and gives those lines as a file", async () => {
  const { n, sum } = await one<{ n: number; sum: bigint }>(
    `select count(*)::int as n, sum(amount)::bigint as sum from donation where campaign = 'LD1'`,
  );
  const html = await page("/so-cai?campaign=LD1&kind=gift");
  const grouped = String(sum).replace(/\B(?=(\d{3})+$)/g, ".");
  expect(html).toContain(`${n} bút toán khớp bộ lọc`);
  expect(html).toContain(`tổng ${grouped}\u00a0đ`);
  expect(html).toContain(`Trang 1 / ${Math.ceil(n / 50)}`);
  expect(html).toContain('href="/data/v1/ledger.csv?kind=gift&campaign=LD1"');
  const older = /rel="next" href="([^"]+)"/.exec(html)?.[1] ?? "";
  expect(await page(older)).toContain(`Trang 2 / ${Math.ceil(n / 50)}`);
  const file = await (await site.get("/data/v1/ledger.csv?kind=gift&campaign=LD1&bom=0")).text();
  expect(file.trimEnd().split("\r\n")).toHaveLength(n + 1);
  // Codes lead to their gifts.
  expect(html).toMatch(/<a href="\/ung-ho\/QN[A-Z0-9-]+">QN/);
});

test("a large gift is told by purchase and by year, with sums that are the gift's", async () => {
  const { code, amount } = await one<{ code: string; amount: bigint }>(
    `select code, amount from donation where campaign = 'MC1' order by amount desc limit 1`,
  );
  const html = await page(`/ung-ho/${code}`);
  const [table = ""] = /<table class="stack outcome grouped">.*?<\/table>/.exec(html) ?? [];
  const rows = [...table.matchAll(/<tr><th scope="row">(.*?)<\/th><td class="n"[^>]*>([\d.]+)/g)];
  const [total, ...parts] = rows
    .toReversed()
    .map(([, , sum = ""]) => BigInt(sum.replaceAll(".", "")));
  expect(total).toBe(amount);
  expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
  expect(table).toMatch(/\d+ con bò, giao \d\d\/\d\d\/\d{4}/);
  expect(html).toMatch(/<summary>Năm \d{4}: \d+ con bê<\/summary>/);
  expect(html).not.toContain("con, hiện vật");
  expect(html).not.toMatch(/<span class="flow-arrow">/);
});

test("an animal's facts stand first, what proves them is folded, prices are a histogram without words in it", async () => {
  const html = await page("/con-giong/LD1-0001");
  const facts = html.indexOf('<dl class="facts-row section">');
  expect(facts).toBeGreaterThan(0);
  expect(facts).toBeLessThan(html.indexOf('id="shares"'));
  expect(html).toMatch(/<details class="panel proof"><summary>/);
  const { household } = await one<{ household: string }>(
    `select household from animal_event where animal = 'LD1-0001' and kind = 'handed-over'`,
  );
  expect(html).toContain(`<a href="/niem-yet/LD1-r1#${household}">`);
  const [, drawing = ""] = /class="price-bars"(.*?)<\/svg>/.exec(html) ?? [];
  expect(drawing.match(/<rect/g)?.length).toBeGreaterThan(5);
  expect(drawing).not.toContain("<text");
});

test("a campaign leads to the pair that counts it", async () => {
  const twinning = twinningStore(site.db);
  const pairs = await twinning.pairs();
  const counted = pairs.flatMap(({ id, campaigns }) => campaigns.map((one) => [one, id] as const));
  expect(counted.length).toBeGreaterThan(10);
  for (const [campaign, pair] of counted) expect(await twinning.pairOf(campaign)).toBe(pair);
});
