import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { siteSource } from "../outside/source.ts";
import { recompute } from "../outside/recompute.ts";
import { bookByHand, SECRETS } from "../support/hand-made-books.ts";
import { siteOver, type TestSite } from "../support/site.ts";

let site: TestSite;
const get = (address: string) => site.app(new Request(new URL(address, site.origin)));

beforeAll(async () => {
  site = await siteOver(bookByHand);
});
afterAll(() => site.close());

describe("published data", () => {
  it("is enough for an outsider, over HTTP, to recompute everything", async () => {
    const source = siteSource(site.origin, (address) => site.app(new Request(address)));
    const { problems, counts } = await recompute(source);
    expect(problems).toEqual([]);
    expect(counts).toMatchObject({ entries: 36, gifts: 12, records: 12 });
  });

  it.each([
    ["movements.csv", "text/csv; charset=utf-8"],
    ["movements.json", "application/json; charset=utf-8"],
    ["datapackage.json", "application/json; charset=utf-8"],
    ["README.txt", "text/plain; charset=utf-8"],
    ["donations/QNA.json", "application/json; charset=utf-8"],
  ])(
    "%s says what it is, as of which entry, and may be kept and read by anybody",
    async (file, type) => {
      const answer = await get(`/data/v1/${file}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe(type);
      expect(answer.headers.get("x-ledger-entry")).toBe("36");
      expect(answer.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      const text = await answer.text();
      for (const secret of SECRETS) expect(text).not.toContain(secret);
    },
  );

  it("explains itself in both languages", async () => {
    const text = await (await get("/data/v1/README.txt")).text();
    expect(text).toContain("Bốn tổng số");
    expect(text).toContain("The four totals");
  });

  it.each([
    "/data/v1/nothing.csv",
    "/data/v1/movements.xml",
    "/data/v1/household_private.csv",
    "/data/v1/statement_line.json",
    "/data/v1/__proto__.csv",
    "/data/v1/constructor.json",
    "/data/v1/..%2f..%2fpackage.json",
    "/data/v1/donations/QNZZZ.json",
    "/data/v1/donations/QNA.csv",
    "/data/v1/donations/QNA",
    `/data/v1/donations/${"A".repeat(500)}.json`,
    "/data/v1/donations/'%20or%201=1--.json",
    "/data/v1",
    "/data/v2/movements.csv",
  ])("%s is a 404 in JSON, never a page and never kept", async (address) => {
    const answer = await get(address);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toHaveProperty("code");
  });

  it("answers HEAD without a body and refuses to be written to", async () => {
    const url = new URL("/data/v1/entries.csv", site.origin);
    const head = await site.app(new Request(url, { method: "HEAD" }));
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    const post = await site.app(new Request(url, { method: "POST", body: "x" }));
    expect(post.status).toBe(405);
  });

  it("ends well when the reader goes away", async () => {
    const answer = await get("/data/v1/places.csv");
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect((await get("/data/v1/places.csv")).status).toBe(200);
  });
});
