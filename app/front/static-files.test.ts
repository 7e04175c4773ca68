import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { afterAll, beforeAll, expect, test } from "vitest";

import { staticFiles } from "./static-files.ts";

const CSS = "body { color: #1b1d24 }".repeat(50);
let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ketnghia-static-"));
  await mkdir(join(folder, "assets"));
  await mkdir(join(folder, ".vite"));
  await writeFile(join(folder, "assets", "site-1a2b.css"), CSS);
  await writeFile(join(folder, "assets", "site-1a2b.css.br"), brotliCompressSync(CSS));
  await writeFile(join(folder, "assets", "late-3c4d.css"), CSS);
  await writeFile(join(folder, "favicon.svg"), "<svg/>");
  await writeFile(join(folder, ".vite", "manifest.json"), "{}");
  await writeFile(join(folder, "notes.sh"), "echo");
  await writeFile(join(folder, "assets", "page-5e6f.js"), "export {}");
  const files = staticFiles(folder);
  server = createServer((request, response) =>
    files(request, response, () => response.writeHead(404).end()),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

test("a file with a digest in its name is kept for ever, compressed", async () => {
  const answer = await fetch(`${url}/assets/site-1a2b.css?v=1`, {
    headers: { "accept-encoding": "br" },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-encoding")).toBe("br");
  expect(answer.headers.get("cache-control")).toContain("immutable");
  expect(await answer.text()).toBe(CSS);
});

test("a file that the build did not compress is compressed at the start", async () => {
  for (const encoding of ["br", "gzip"]) {
    const answer = await fetch(`${url}/assets/late-3c4d.css`, {
      headers: { "accept-encoding": encoding },
    });
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(Number(answer.headers.get("content-length"))).toBeLessThan(CSS.length / 4);
    expect(await answer.text()).toBe(CSS);
  }
});

test("a file that may change is asked for again each day", async () => {
  const answer = await fetch(`${url}/favicon.svg`);
  expect(answer.headers.get("content-type")).toBe("image/svg+xml");
  expect(answer.headers.get("cache-control")).toBe("public, max-age=86400");
  const etag = answer.headers.get("etag") ?? "";
  const again = await fetch(`${url}/favicon.svg`, { headers: { "if-none-match": etag } });
  expect(again.status).toBe(304);
});

test("notes of the build tool, scripts, unknown kinds and compressed twins have no address", async () => {
  for (const path of [
    "/.vite/manifest.json",
    "/notes.sh",
    "/assets/page-5e6f.js",
    "/assets/site-1a2b.css.br",
    "/assets/",
  ]) {
    expect((await fetch(url + path)).status, path).toBe(404);
  }
});

test("a build that is removed under a running server harms nobody", async () => {
  await rm(join(folder, "favicon.svg"));
  expect((await fetch(`${url}/favicon.svg`)).status).toBe(200);
});
