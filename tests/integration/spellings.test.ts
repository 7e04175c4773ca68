import { afterAll, beforeAll, describe, expect, it, test } from "vitest";

import { bookByHand } from "../support/hand-made-books.ts";
import { siteOver, type TestSite } from "../support/site.ts";

let site: TestSite;
beforeAll(async () => {
  site = await siteOver(bookByHand);
});
afterAll(() => site.close());

const get = (path: string) => site.app(new Request(site.origin + path));
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  site.app(
    new Request(site.origin + path, {
      method: "POST",
      body,
      headers: { host: "localhost:3000", ...headers },
    }),
  );
const GIVE = "/chien-dich/dot-ld1/ung-ho";

describe("a page has one address", () => {
  it.each([
    ["/so-cai/01", "/so-cai/1"],
    ["/so-cai/1/", "/so-cai/1"],
    ["/so-cai/1.0", "/so-cai/10"],
    ["/so-cai//1", "/so-cai/1"],
    ["/so-cai/?kind=refund&page=2", "/so-cai?kind=refund&page=2"],
    ["/EN", "/en"],
    ["/en/", "/en"],
    ["/EN/Ledger/007/", "/en/ledger/7"],
    ["/Chien-Dich", "/chien-dich"],
    ["//", "/"],
  ])("%s leads to %s", async (asked, one) => {
    for (const method of ["GET", "HEAD"]) {
      const answer = await site.app(new Request(site.origin + asked, { method }));
      expect([answer.status, answer.headers.get("location")]).toEqual([301, one]);
    }
    expect((await get(one)).status).toBe(200);
  });

  it.each(["/so-cai/1", "/en", "/", "/so-cai?kind=refund"])(
    "%s is answered itself",
    async (one) => {
      expect((await get(one)).status).toBe(200);
    },
  );

  it.each(["//evil.example/so-cai", "/khong-co/", "/data/v1/"])(
    "%s leads nowhere",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

test("the other language keeps the filters, and nothing else of the address", async () => {
  const page = await (await get("/so-cai?kind=refund&from=2024-01-01&code=QNA&x=1")).text();
  expect(page).toContain('href="/en/ledger?from=2024-01-01&amp;kind=refund" hrefLang="en"');
  expect(page).toContain('<link rel="canonical" href="http://localhost:3000/so-cai"/>');
  const plain = await (await get("/en/ledger")).text();
  expect(plain).toContain('href="/so-cai" hrefLang="vi"');
});

describe("a form", () => {
  const fine = () =>
    new URLSearchParams({
      measure: "amount",
      amount: "500000",
      intent: "now",
      donorKind: "person",
      namePublic: "no",
      channel: "bank",
      formKey: crypto.randomUUID(),
    });

  it.each([
    GIVE,
    "/cam-ket/QNK7F3K27/thanh-toan",
    "/en/campaigns/dot-ld1/pledge",
    "/",
    "/so-cai/1",
    "/khong-co-trang-nay",
  ])("from another site is refused at %s with a page, and is no error of ours", async (path) => {
    const before = site.errors.length;
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null", "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
      { origin: "no address" },
    ];
    for (const headers of foreign) {
      const answer = await post(path, fine(), headers);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toMatch(/Yêu cầu không hợp lệ|not valid|request|form\.foreign/i);
    }
    expect(site.errors.slice(before)).toEqual([]);
  });

  it.each<Record<string, string>>([
    { "x-forwarded-host": "other.example" },
    { host: "inside:8080" },
    // A proxy that ends TLS: the page is https, the request http.
    { origin: "https://localhost:3000" },
  ])("of our own page is taken behind a proxy that says %j", async (headers) => {
    const before = site.errors.length;
    const own = { origin: site.origin, "sec-fetch-site": "same-origin" };
    const answer = await post(GIVE, fine(), { ...own, ...headers });
    expect(answer.status).not.toBe(400);
    expect(site.errors.slice(before)).toEqual([]);
  });

  it.each([
    ["application/json", '{"amount":"1"}'],
    ["text/plain", "amount=1"],
    ["multipart/form-data; boundary=x", "--x\r\nbroken"],
  ])("sent as %s is told what is wrong", async (type, body) => {
    const before = site.errors.length;
    const answer = await post(GIVE, body, { "content-type": type });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).toContain("Không đọc được biểu mẫu");
    expect(text).toContain("application/x-www-form-urlencoded");
    expect(site.errors.slice(before)).toEqual([]);
  });

  it.each(["amount", "channel", "donorName", "measure", "formKey"])(
    "with %s twice says so once",
    async (name) => {
      const form = fine();
      form.append(name, "x");
      form.append(name, "y");
      const answer = await post(GIVE, form);
      expect(answer.status).toBe(422);
      const text = await answer.text();
      const summary = /<div class="error-summary"[\s\S]*?<\/ul>/.exec(text)?.[0] ?? "";
      expect(summary.match(/<li>/g)).toHaveLength(1);
      expect(text.match(/class="field-error"/g)?.length ?? 0).toBeLessThanOrEqual(1);
    },
  );
});

test("a commune without campaigns says so once, without figures", async () => {
  const page = await (await get("/xa/20698")).text();
  const main = page.slice(page.indexOf("<main"), page.indexOf("</main"));
  expect(main.match(/Chưa có chiến dịch nào ở xã này\./g)).toHaveLength(1);
  expect(main).not.toMatch(/0 đ|Chưa có danh sách/);
});

test("VNPay's hook takes no posts", async () => {
  for (const path of ["/hooks/vnpay", "/hooks/vnpay?vnp_TxnRef=x"]) {
    const answer = await post(path, "x");
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET"]);
  }
});
