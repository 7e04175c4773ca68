import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import type { Db } from "#db/client.ts";
import { openPostgres } from "#db/postgres.ts";
import { PAGES } from "#app/i18n/paths.ts";

import { paidNotice } from "../gateway.ts";
import type { Figure, GoalId } from "../goals.ts";
import { load, type Load } from "../load.ts";
import { bareTable, scriptBytes, textOf, weigh } from "../page-weight.ts";
import type { Bench, Part } from "../part.ts";
import { seededServer } from "../seeded.ts";
import { startNginx } from "../rivals/nginx.ts";
import { interleaved, median, pairedRatios } from "../rounds.ts";
import { buildMinimal, buildSite, removeFolder, ROOT, startMinimal, startOurs } from "../site.ts";
import { startWebServer } from "../web-server.ts";

const SECONDS = 2;
const CONNECTIONS = 16;
const TRIES = 20;
const ROWS = 300;
const LEDGER = `${PAGES.ledger.vi}?size=${ROWS}`;
/** HTTP Archive, median mobile home page, July 2025 (Web Almanac 2025, Page weight). */
const MEDIAN_MOBILE_PAGE = 2_559_000;
/** Both sides of S4 draw for so long before the first round. */
const WARM_UP_SECONDS = 12;

/** S1 to S9: the public site beside nginx, bare node:http, a bare React render, and a minimal application. */
export const pages: Part = async (bench) => {
  const ids = ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9"] as const;
  await buildSite();
  const seeded = await seededServer(bench, bench.port + 2);
  if (!seeded) {
    return ids.map((id) => ({
      id,
      note: "no PostgreSQL: set BENCH_DATABASE_URL, or install initdb and pg_ctl",
    }));
  }
  const db = openPostgres(seeded.url, { max: 2 });
  const ends: (() => Promise<void>)[] = [() => db.close()];
  const begin = <Ended extends { stop(): Promise<void> }>(server: Ended): Ended => {
    ends.push(bench.onEnd(() => server.stop()));
    return server;
  };
  try {
    const kept = begin(await startOurs(seeded, { port: bench.port + 4, pinned: true }));
    const shown = await firstPageShowsIt(db, kept.url);
    const sizes = await sizesOf(bench, kept.url);
    const fresh = begin(
      await startOurs(seeded, { port: bench.port + 5, pinned: true, cache: false }),
    );
    const html = await textOf(kept.url + LEDGER);
    // Asked twice more, so that the page is kept in its smallest form.
    for (let i = 0; i < 3; i++)
      await fetch(kept.url + LEDGER, { headers: { "accept-encoding": "br" } });
    const rivals = await startRivals(bench, html, begin);
    return [
      ...(await underLoad(bench, kept.url, fresh.url, rivals)),
      shown,
      ...sizes,
      tableSize(html),
    ];
  } finally {
    for (const end of ends.toReversed()) await end();
    await seeded.end();
  }
};

interface Rivals {
  /** nginx, or undefined when there is none. */
  readonly nginx?: { url: string } | undefined;
  readonly plain: { url: string };
  readonly react: { url: string };
}

async function startRivals(
  bench: Bench,
  html: string,
  begin: <Ended extends { stop(): Promise<void> }>(server: Ended) => Ended,
): Promise<Rivals> {
  const folder = await mkdtemp(join(tmpdir(), "ketnghia-bench-page-"));
  bench.onEnd(() => removeFolder(folder));
  const file = join(folder, "page.html");
  const small = join(folder, "page.html.br");
  const brotli = brotliCompressSync(html);
  await writeFile(file, html);
  await writeFile(small, brotli);
  const node = (name: string, port: number, ...args: string[]) =>
    startWebServer([process.execPath, join(ROOT, "bench/rivals", name), String(port), ...args], {
      port,
      pinned: true,
    });
  const react = begin(await node("react-server.ts", bench.port + 6, file));
  const drawn = (await textOf(react.url)).replace(/^<!doctype html>/i, "");
  if (drawn !== html.replace(/^<!doctype html>/i, "")) {
    throw new Error("the bare React render is not the same page");
  }
  const nginx = await startNginx(bench.port + 8, {
    "page.br": { body: brotli, encoding: "br" },
    "page.html": { body: Buffer.from(html) },
  });
  return {
    react,
    plain: begin(await node("plain-server.ts", bench.port + 7, small, "br")),
    nginx: nginx && begin(nginx),
  };
}

async function underLoad(
  bench: Bench,
  kept: string,
  fresh: string,
  rivals: Rivals,
): Promise<Figure[]> {
  const brotli = { "accept-encoding": "br" };
  const first = await fetch(kept + LEDGER, { headers: brotli });
  const etag = first.headers.get("etag");
  if (first.headers.get("content-encoding") !== "br" || !etag)
    throw new Error("the page is not kept");
  const cell = (name: string, url: string, headers: Record<string, string> = brotli) => ({
    name,
    run: async () => {
      await load(url, { connections: CONNECTIONS, seconds: 1, headers });
      const got = await load(url, { connections: CONNECTIONS, seconds: SECONDS, headers });
      if (got.wrong > 0) throw new Error(`${name}: ${got.wrong} wrong answers`);
      return got;
    },
  });
  // What draws pages is compiled by and by, by ours and by the rival: the first thousand pages are those of another program.
  for (const url of [fresh + LEDGER, `${rivals.react.url}/`]) {
    await load(url, { connections: CONNECTIONS, seconds: WARM_UP_SECONDS });
  }
  const file = rivals.nginx?.url ?? rivals.plain.url;
  const taken = await interleaved<Load>(
    bench.rounds,
    [
      cell("kept", kept + LEDGER),
      ...(rivals.nginx
        ? [cell("nginx", `${file}/page.br`), cell("nginx, identity", `${file}/page.html`, {})]
        : []),
      cell("node:http", `${rivals.plain.url}/`),
      cell("304", kept + LEDGER, { ...brotli, "if-none-match": etag }),
      cell("kept, identity", kept + LEDGER, { "accept-encoding": "identity" }),
      cell("fresh", fresh + LEDGER, {}),
      cell("bare React", `${rivals.react.url}/`, {}),
    ],
    bench.say,
  );
  const rates = (name: string) => taken.get(name)!.map(({ perSecond }) => perSecond);
  const rate = (name: string) => `${median(rates(name)).toFixed(0)}/s`;
  const besideKept = rivals.nginx ? "nginx" : "node:http";
  const missing = rivals.nginx ? "" : " No nginx found: beside bare node:http.";
  const pair = (id: GoalId, over: string, under: string, note: string): Figure => ({
    id,
    ours: rate(over),
    beside: rate(under),
    ratio: median(pairedRatios(rates(over), rates(under))),
    rounds: pairedRatios(rates(over), rates(under)),
    note,
  });
  const ratio = (over: string, under: string) =>
    median(pairedRatios(rates(over), rates(under))).toFixed(2);
  const identity = rivals.nginx
    ? `; uncompressed: ${ratio("kept, identity", "nginx, identity")} of nginx`
    : "";
  return [
    pair(
      "S1",
      "kept",
      besideKept,
      `The ledger page of ${ROWS} rows in brotli, ${CONNECTIONS} connections; of bare node:http with the same bytes: ${ratio("kept", "node:http")}${identity}.${missing}`,
    ),
    pair("S2", "304", besideKept, `If-None-Match with the page's ETag.${missing}`),
    pair("S3", "kept", "fresh", "The same page from a server with its page cache off."),
    pair(
      "S4",
      "fresh",
      "bare React",
      `Queries, loader, router and words included; p50 with ${CONNECTIONS} waiting: ${median(taken.get("fresh")!.map(({ p50Ms }) => p50Ms)).toFixed(0)} ms. Beside: the very elements of the page, made anew and drawn by renderToPipeableStream; both after ${WARM_UP_SECONDS} s of drawing.`,
    ),
  ];
}

/** S5: whoever asks after a gift was acknowledged sees it. */
async function firstPageShowsIt(db: Db, url: string): Promise<Figure> {
  let seen = 0;
  for (let i = 0; i < TRIES; i++) {
    const notice = await paidNotice(db);
    // The pages are kept, from before the gift.
    for (const path of [PAGES.ledger.vi, PAGES.home.vi]) await textOf(url + path);
    const answer = (await (await fetch(url + notice)).json()) as { RspCode: string };
    if (answer.RspCode !== "00") throw new Error(`the notice was answered ${answer.RspCode}`);
    const page = await textOf(url + PAGES.ledger.vi);
    const [row] = await db.rows<{ head: bigint }>(
      `select max(number) as head from entry where number > $1`,
      [0],
    );
    if (page.includes(`href="${PAGES.ledger.vi}/${row!.head}"`)) seen += 1;
  }
  return {
    id: "S5",
    ours: `${seen} of ${TRIES}`,
    beside: "–",
    ratio: seen / TRIES,
    note: "A gateway's signed notice is answered 00; the ledger page asked for next, kept before, shows the new entry.",
  };
}

/** S6 to S8: what a browser loads. */
async function sizesOf(bench: Bench, url: string): Promise<Figure[]> {
  const sitemap = await textOf(`${url}/sitemap.xml`);
  const listed = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address!);
  const linked = await linkedFrom(url, [PAGES.ledger.vi, PAGES.notices.vi, PAGES.campaigns.en]);
  const all = [...new Set([...listed, ...linked])];
  let script = 0;
  let heaviest = 0;
  for (const address of all) {
    const bytes = await scriptBytes(address, await textOf(address));
    script += bytes;
    heaviest = Math.max(heaviest, bytes);
  }
  const folder = await buildMinimal();
  const remove = bench.onEnd(() => removeFolder(folder));
  const minimal = await startMinimal(folder, { port: bench.port + 9 });
  const end = bench.onEnd(() => minimal.stop());
  const hello = await scriptBytes(minimal.url, await textOf(minimal.url));
  await end();
  await remove();

  // Once more, so that the page is sent in its smallest form.
  for (let i = 0; i < 3; i++)
    await fetch(url + PAGES.ledger.vi, { headers: { "accept-encoding": "br" } });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { html, styles, fonts } = await weigh(url + PAGES.ledger.vi);
  const sum = html + styles + fonts;
  return [
    {
      id: "S6",
      ours: `${script} bytes`,
      beside: "–",
      ratio: script,
      note: `${all.length} public pages of both languages looked through.`,
    },
    {
      id: "S7",
      ours: `${heaviest} bytes`,
      beside: `${hello} bytes`,
      ratio: heaviest / hello,
      note: heaviest === 0 ? "No page needs script so far." : "The heaviest page.",
    },
    {
      id: "S8",
      ours: `${(sum / 1000).toFixed(1)} KB`,
      beside: "2,559 KB",
      ratio: sum / MEDIAN_MOBILE_PAGE,
      note: `HTML ${html}, styles ${styles}, fonts ${fonts} bytes (fonts and styles once for the whole site).`,
    },
  ];
}

/** Public pages that pages link to: entries, lists, campaigns, and from these gifts and animals. */
async function linkedFrom(url: string, paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const html = await textOf(url + path);
    const links = [...html.matchAll(/<a [^>]*href="(\/[^"#?]*)"/g)].map(([, href]) => href!);
    for (const href of links.filter((link) => !/^\/(data|log|feeds)\//.test(link)).slice(0, 40)) {
      found.add(url + href);
    }
  }
  return [...found];
}

/** S9: what the page around 300 rows weighs. */
function tableSize(html: string): Figure {
  const page = gzipSync(html).length;
  const bare = gzipSync(bareTable(html)).length;
  return {
    id: "S9",
    ours: `${page} bytes`,
    beside: `${bare} bytes`,
    ratio: page / bare,
    note: "Bare: rows, cells, links and their text, nothing else.",
  };
}
