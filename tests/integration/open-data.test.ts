import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { SET_NAMES } from "#app/domain/open-data/sets.ts";

import { siteSource } from "../outside/source.ts";
import { recompute } from "../outside/recompute.ts";
import { bookByHand, SECRETS } from "../support/hand-made-books.ts";
import { siteOver, type TestSite } from "../support/site.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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
    ["movements.xlsx", XLSX],
    ["ledger.csv?kind=gift", "text/csv; charset=utf-8"],
    ["ketnghia.zip", "application/zip"],
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
    "/data/v1/register_household.csv",
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

  const bytesOf = async (address: string) =>
    new Uint8Array(await (await get(address)).arrayBuffer());
  const textOf = async (address: string) =>
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(await bytesOf(address));

  it("a CSV begins with the mark that spreadsheets need, and is without it for programs", async () => {
    const marked = await textOf("/data/v1/places.csv");
    expect(marked.codePointAt(0)).toBe(0xfeff);
    expect(await textOf("/data/v1/places.csv?bom=0")).toBe(marked.slice(1));
    expect(await textOf("/data/v1/places.csv?bom=1")).toBe(marked);
    expect((await textOf("/data/v1/places.json")).startsWith("[")).toBe(true);
  });

  it("the ZIP holds every table as it is given alone, the README, and a description of what lies beside it", async () => {
    const files = unzipSync(await bytesOf("/data/v1/ketnghia.zip"));
    const text = (name: string) =>
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(files[name]);
    expect(Object.keys(files)).toEqual([
      "README.txt",
      "datapackage.json",
      ...SET_NAMES.map((name) => `${name}.csv`),
    ]);
    for (const name of SET_NAMES) {
      expect(text(`${name}.csv`)).toBe(await textOf(`/data/v1/${name}.csv`));
    }
    expect(text("README.txt")).toBe(await textOf("/data/v1/README.txt"));
    const { resources } = JSON.parse(text("datapackage.json")) as { resources: { path: string }[] };
    for (const { path } of resources) expect(files).toHaveProperty([path]);
    for (const name of Object.keys(files)) {
      for (const secret of SECRETS) expect(text(name)).not.toContain(secret);
    }
    // Nothing was booked meanwhile: the same bytes.
    expect(await bytesOf("/data/v1/ketnghia.zip")).toEqual(await bytesOf("/data/v1/ketnghia.zip"));
  });

  it("a spreadsheet has the columns and rows of its table, amounts as numbers", async () => {
    const files = unzipSync(await bytesOf("/data/v1/movements.xlsx"));
    const sheet = new TextDecoder().decode(files["xl/worksheets/sheet1.xml"]);
    const { length } = JSON.parse(await textOf("/data/v1/movements.json")) as unknown[];
    expect(sheet.match(/<row /g)).toHaveLength(length + 1);
    expect(sheet).toMatch(/<c r="F2"[^>]*><v>\d+<\/v>/);
  });

  it("the lines of the ledger's page come as a file, under its filters", async () => {
    const lines = (await textOf("/data/v1/ledger.csv?bom=0")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(36 + 1);
    expect(lines[0]).toBe(
      "entry,effective_on,recorded_at,kind,amount,unit,donation,from_account,to_account,things,thing,reverses,reversed_by",
    );
    expect(lines[1]?.startsWith("36,")).toBe(true);
    const gifts = (await textOf("/data/v1/ledger.csv?kind=gift&bom=0")).trimEnd().split("\r\n");
    expect(gifts).toHaveLength(12 + 1);
  });

  it("the page tells of each table how long it is, with its first rows", async () => {
    const html = await textOf("/du-lieu-mo");
    for (const name of SET_NAMES) {
      const { length } = JSON.parse(await textOf(`/data/v1/${name}.json`)) as unknown[];
      const told = html.split(`>${name}.csv</a>`)[1] ?? "";
      expect(told, name).toMatch(new RegExp(`^.{0,300}>${length} dòng`));
    }
    expect(html).toContain('href="/data/v1/ketnghia.zip"');
    expect(html.match(/<table class="sample">/g)?.length).toBeGreaterThan(10);
  });
});
