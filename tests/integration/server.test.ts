import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { TEST_SERVER } from "../support/database.ts";
import { demonstration, type Demonstration } from "../support/demonstration.ts";
import { testServer, type TestServer } from "../support/server.ts";
import { giveByVnpay } from "../support/vnpay-journey.ts";

let copy: Demonstration;
let server: TestServer;

beforeAll(async () => {
  copy = await demonstration();
  server = await testServer(copy.environment);
});
afterAll(async () => {
  await server.stop();
  await copy.remove();
});

/** `fetch` hides encodings; this shows the bytes. */
function bytesOf(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      request(`${server.url}${path}`, { headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(parts),
          }),
        );
      })
        .on("error", reject)
        .end();
    },
  );
}

describe("pages", () => {
  test("the same page is the same bytes, compressed, and then not sent at all", async () => {
    const plain = await bytesOf("/");
    const br = await bytesOf("/", { "accept-encoding": "gzip, br" });
    expect(br.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    expect(br.headers["etag"]).toBe(plain.headers["etag"]);
    const again = await bytesOf("/", { "if-none-match": String(plain.headers["etag"]) });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect(again.headers["content-security-policy"]).toBe(plain.headers["content-security-policy"]);
  });

  test("addresses that mean the same are one kept page", async () => {
    const before = await hits();
    await bytesOf("/chien-dich");
    await bytesOf("/chien-dich?utm_source=zalo&model=");
    expect(await hits()).toBeGreaterThan(before);
  });

  test("HTML and CSS stay under 30 KB compressed, fonts under 45 KB", async () => {
    const accept = { "accept-encoding": "br" };
    for (const path of ["/", "/en", "/chien-dich", "/so-cai", "/minh-bach"]) {
      const page = await bytesOf(path, accept);
      const html = brotliDecompressSync(page.body).toString();
      const styles = [...html.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map(
        ([, href = ""]) => href,
      );
      expect(styles.length, path).toBeGreaterThan(0);
      const css = await Promise.all(styles.map((href) => bytesOf(href, accept)));
      const texts = css.map(({ body }) => brotliDecompressSync(body).toString());
      const fonts = new Set(texts.flatMap((text) => text.match(/\/fonts\/[^)"']+\.woff2/g) ?? []));
      expect(fonts.size, path).toBeGreaterThan(0);
      const font = await Promise.all([...fonts].map((href) => bytesOf(href)));
      const size = (all: { body: Buffer }[]) => all.reduce((sum, one) => sum + one.body.length, 0);
      expect(page.body.length + size(css), path).toBeLessThanOrEqual(30 * 1024);
      expect(size(font), path).toBeLessThanOrEqual(45 * 1024);
    }
  });

  test("files with a digest in their name are kept for a year, and compressed", async () => {
    const html = (await bytesOf("/")).body.toString();
    const href = /href="(\/assets\/[^"]+\.css)"/.exec(html)?.[1] ?? "";
    const file = await bytesOf(href, { "accept-encoding": "br" });
    expect(file.status).toBe(200);
    expect(file.headers["content-encoding"]).toBe("br");
    expect(file.headers["cache-control"]).toContain("immutable");
    expect(file.headers["x-content-type-options"]).toBe("nosniff");
    expect((await bytesOf(href.replace(/\.css$/, ".css.map"))).status).toBe(404);
  });

  test("the built site holds no script (docs/stack.md, react-router)", async () => {
    const built = await readdir("build/client", { recursive: true });
    expect(built.filter((name) => name.endsWith(".css")).length).toBeGreaterThan(0);
    expect(built.filter((name) => /\.m?js(\.|$)/.test(name))).toEqual([]);
  });

  test.each([
    "/assets/../../package.json",
    "/..%2f..%2fpackage.json",
    "/.env",
    "/.vite/manifest.json",
    "/build/server/index.js",
  ])("%s is not given away", async (path) => {
    expect((await bytesOf(path)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("a gift", () => {
  test("is on the first page asked for after it is acknowledged", async () => {
    for (let tries = 0; tries < 5; tries += 1) {
      const { code, slug } = await giveByVnpay(server.url, 100_000 + tries * 1_000);
      const pages = [
        `/ung-ho/${code}`,
        `/chien-dich/${slug}`,
        "/",
        "/so-cai",
        "/data/v1/donations.csv",
      ];
      const texts = await Promise.all(
        pages.map(async (page) => (await bytesOf(page)).body.toString()),
      );
      expect(texts[0], "follow my gift").toContain(code);
      expect(texts[4], "open data").toContain(code);
      const link = entryLink(texts[0]);
      for (const text of texts.slice(0, 4)) expect(text).toContain(link);
    }
  }, 120_000);

  test("that the gateway alone told of reads the same on return, pledge and gift; home and campaign say how much waits", async () => {
    const textOf = async (path: string) =>
      (await bytesOf(path)).body
        .toString()
        .replace(/<[^>]*>/g, " ")
        .replace(/[\s\u00a0]+/g, " ");
    const waits = (text: string) => /trong đó (\S+) triệu đ chờ sao kê/.exec(text)?.[1];
    const before = waits(await textOf("/"));
    expect(before).toMatch(/^\d+,?\d*$/);
    const { code, slug } = await giveByVnpay(server.url, 1_500_000);
    const pages = [`/thanh-toan/${code}`, `/cam-ket/${code}`, `/ung-ho/${code}`];
    for (const page of pages) {
      const text = await textOf(page);
      expect(text, page).toContain("VNPay báo đã trả 1.500.000 đ");
      expect(text, page).toContain("Chờ sao kê, thường 1–2 ngày làm việc.");
      expect(text, page).not.toContain("Đã nhận 1.500.000");
    }
    const gift = await textOf(`/ung-ho/${code}`);
    expect(gift).toContain("thông báo của cổng thanh toán");
    expect(gift).not.toContain("dòng sao kê");
    expect(gift).toContain(`Mã ${code} là công khai`);
    expect(await textOf(`/cam-ket/${code}`)).toContain("Tin tiếp theo");
    expect(await textOf(`/en/pledges/${code}`)).toContain("VNPay reports 1,500,000 đ paid");
    // As figures of the short form are cut to tenths, a million and a half are fifteen of them.
    const tenths = (told: string | undefined) => Math.round(Number(told?.replace(",", ".")) * 10);
    expect(tenths(waits(await textOf("/"))) - tenths(before)).toBe(15);
    expect(waits(await textOf(`/chien-dich/${slug}`))).toBeDefined();
  }, 120_000);
});

describe.runIf(TEST_SERVER)("two servers on one database", () => {
  test("what one books, the other's kept pages show", async () => {
    const second = await testServer(copy.environment);
    try {
      const page = async () => (await fetch(`${second.url}/so-cai`)).text();
      await page();
      const { code } = await giveByVnpay(server.url, 456_000);
      const link = entryLink((await bytesOf(`/ung-ho/${code}`)).body.toString());
      const last = Date.now() + 5_000;
      let shown = false;
      while (!shown && Date.now() < last) {
        shown = (await page()).includes(link);
        if (!shown) await pause(50);
      }
      expect(shown, "the change was heard").toBe(true);
      expect((await fetch(`${second.url}/ung-ho/${code}`)).status).toBe(200);
    } finally {
      await second.stop();
    }
  }, 120_000);
});

describe.runIf(TEST_SERVER)("a database that takes no connections", () => {
  test("is told as what it is, the last pages stay, and all is well when it is back", async () => {
    await bytesOf("/so-cai");
    const admin = new pg.Client({ connectionString: TEST_SERVER });
    await admin.connect();
    const name = new URL(copy.environment["DATABASE_URL"] ?? "").pathname.slice(1);
    await admin.query(`alter database ${name} allow_connections false`);
    try {
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`,
        [name],
      );
      await expect
        .poll(async () => (await bytesOf("/chien-dich?q=never-kept")).status, { timeout: 20_000 })
        .toBe(503);
      const page = await bytesOf("/chien-dich?q=never-kept");
      expect(page.headers["retry-after"]).toBeDefined();
      expect(page.body.toString()).toContain("Tạm thời chưa lấy được số liệu");
      // What could not be read is not said to be empty.
      expect(page.body.toString()).not.toContain("Sổ cái chưa có bút toán nào");
      expect((await bytesOf("/so-cai")).status).toBe(200);
    } finally {
      await admin.query(`alter database ${name} allow_connections true`);
      await admin.end();
    }
    await expect
      .poll(async () => (await bytesOf("/chien-dich?q=never-kept")).status, { timeout: 30_000 })
      .toBe(200);
  }, 120_000);
});

/** The link to the entry that booked the gift of a page. */
function entryLink(page = ""): string {
  const [link, entry] = /href="\/so-cai\/(\d+)"/.exec(page) ?? [];
  expect(Number(entry)).toBeGreaterThan(0);
  return link ?? "";
}

/** Entries in the books, which no page is kept of. */
async function entriesNow(): Promise<number> {
  const health = (await (await fetch(`${server.url}/healthz`)).json()) as { entries: number };
  return health.entries;
}

async function hits(): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/page_cache_hits (\d+)/.exec(text)?.[1]);
}

describe("the process", () => {
  test("killed at any moment, it comes back with everything that was acknowledged", async () => {
    const { code } = await giveByVnpay(server.url, 123_000);
    const before = await entriesNow();
    await server.kill();
    server = await testServer(copy.environment);
    expect(await entriesNow()).toBe(before);
    expect((await bytesOf(`/ung-ho/${code}`)).status).toBe(200);
  }, 120_000);

  test("told to stop, it ends well and says so", async () => {
    await fetch(server.url);
    expect(await server.stop()).toBe(0);
    expect(server.log()).toContain('"msg":"stopping"');
    server = await testServer(copy.environment);
  }, 120_000);

  // On a server two may work at once.
  test.skipIf(TEST_SERVER)(
    "a second one on the same embedded folder is told who has it",
    async () => {
      const { code, said } = await run({
        NODE_ENV: "production",
        DEMO: "1",
        EMBEDDED_DIRECTORY: copy.environment["EMBEDDED_DIRECTORY"] ?? "",
      });
      expect(code).toBe(1);
      expect(said).toMatch(/in use by process \d+/);
    },
  );

  test("production refuses to start without a database, and names what is wrong", async () => {
    const bare = await run({ NODE_ENV: "production" });
    expect(bare.code).toBe(1);
    expect(bare.said).toContain("DATABASE_URL: missing");
    const playing = await run({
      NODE_ENV: "production",
      DATABASE_URL: "postgres://127.0.0.1:1/nothing",
      STAND_INS: "1",
    });
    expect(playing.code).toBe(1);
    expect(playing.said).toContain("STAND_INS: must be off");
  });

  test("no secret and no person stands in its log", async () => {
    const { code } = await giveByVnpay(server.url, 234_000, {
      donorName: "Nguyễn Thị Kín Đáo",
      namePublic: "no",
    });
    await expect.poll(() => server.log()).toContain(code);
    expect(server.log()).not.toMatch(/vnp_SecureHash=|stand-in-secret|stand-in-key|Kín Đáo/);
  });
});

async function run(
  environment: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["bin/serve.ts"], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (part) => (said += part));
  child.stderr.on("data", (part) => (said += part));
  const [code] = (await once(child, "exit")) as [number | null];
  return { code, said };
}
