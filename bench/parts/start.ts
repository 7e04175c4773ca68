import { mkdtemp } from "node:fs/promises";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PAGES } from "#app/i18n/paths.ts";

import type { Figure } from "../goals.ts";
import type { Bench, Part } from "../part.ts";
import { mustRun } from "../programs.ts";
import { type Cell, interleaved, median, pairedRatios } from "../rounds.ts";
import { seededServer } from "../seeded.ts";
import { statusOf } from "../load.ts";
import { buildMinimal, buildSite, removeFolder, seed, startMinimal, startOurs } from "../site.ts";
import type { WebServer } from "../web-server.ts";

const REQUESTS = 10_000;
/** Requests at once while memory is watched. */
const AT_ONCE = 16;
/** Starts a round: one alone says little. */
const STARTS = 3;

/** Opens the database of a folder and asks it one thing; run by `node -e`. */
const PGLITE_ALONE = `
  const { PGlite } = await import("@electric-sql/pglite");
  const db = await PGlite.create({ dataDir: process.argv[1] });
  await db.query("select count(*) from entry");
  process.exit(0);`;

/** C1, C2, P1: the time to the first answer and the memory in use, beside a minimal application and PGlite alone. */
export const start: Part = async (bench) => {
  await buildSite();
  const minimal = await buildMinimal();
  const remove = bench.onEnd(() => removeFolder(minimal));
  const figures = [...(await besideMinimal(bench, minimal)), await embedded(bench)];
  await remove();
  return figures;
};

async function besideMinimal(bench: Bench, minimal: string): Promise<Figure[]> {
  const seeded = await seededServer(bench, bench.port + 3);
  if (!seeded) {
    const note = "no PostgreSQL: set BENCH_DATABASE_URL, or install initdb and pg_ctl";
    return [
      { id: "C1", note },
      { id: "C2", note },
    ];
  }
  const port = bench.port + 4;
  const begin = () => startOurs(seeded, { port });
  const beginMinimal = () => startMinimal(minimal, { port });
  // What the first start of a fresh checkout leaves behind (compiled code) is there from now on.
  await once(begin);
  const paths = await somePages(begin);
  const taken = await interleaved<number>(
    bench.rounds,
    [
      { name: "our start, ms", run: () => several(begin) },
      { name: "minimal start, ms", run: () => several(beginMinimal) },
      { name: "our memory, MB", run: () => memoryAfter(begin, paths) },
      {
        name: "minimal memory, MB",
        run: () => memoryAfter(beginMinimal, ["/", "/", "/", "/table"]),
      },
    ],
    bench.say,
  );
  await seeded.end();
  const figure = (
    id: "C1" | "C2",
    ours: string,
    beside: string,
    unit: string,
    note: string,
  ): Figure => ({
    id,
    ours: `${median(taken.get(ours)!).toFixed(0)} ${unit}`,
    beside: `${median(taken.get(beside)!).toFixed(0)} ${unit}`,
    ratio: median(pairedRatios(taken.get(ours)!, taken.get(beside)!)),
    rounds: pairedRatios(taken.get(ours)!, taken.get(beside)!),
    note,
  });
  return [
    figure(
      "C1",
      "our start, ms",
      "minimal start, ms",
      "ms",
      `First answer: the home page with its figures from PostgreSQL. Median of ${STARTS} starts a round; the minimal application runs on node:http, without Express.`,
    ),
    figure(
      "C2",
      "our memory, MB",
      "minimal memory, MB",
      "MB",
      `${REQUESTS} requests over ${paths.length} public pages of both languages; the minimal application a hello page, every fourth time a table of 300 rows.`,
    ),
  ];
}

/** P1: the embedded database, opened again with the demonstration in it. */
async function embedded(bench: Bench): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), "ketnghia-bench-pglite-"));
  const directory = join(folder, "data");
  const remove = bench.onEnd(() => removeFolder(folder));
  const begun = performance.now();
  await seed({ directory });
  bench.say(
    `embedded demonstration replayed in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
  );
  const begin = () => startOurs({ directory }, { port: bench.port + 5 });
  await once(begin);
  const cells: Cell<number>[] = [
    { name: "our start, ms", run: () => several(begin) },
    {
      name: "PGlite alone, ms",
      run: async () => {
        const times: number[] = [];
        for (let i = 0; i < STARTS; i++) {
          const before = performance.now();
          await mustRun(process.execPath, ["--input-type=module", "-e", PGLITE_ALONE, directory], {
            seconds: 60,
          });
          times.push(performance.now() - before);
        }
        return median(times);
      },
    },
  ];
  const taken = await interleaved(bench.rounds, cells, bench.say);
  await remove();
  const [ours, alone] = [taken.get("our start, ms")!, taken.get("PGlite alone, ms")!];
  return {
    id: "P1",
    ours: `${median(ours).toFixed(0)} ms`,
    beside: `${median(alone).toFixed(0)} ms`,
    ratio: median(pairedRatios(ours, alone)),
    rounds: pairedRatios(ours, alone),
    note: "Both from exec, with the whole demonstration in the folder; alone: one count.",
  };
}

async function once(begin: () => Promise<WebServer>): Promise<number> {
  const server = await begin();
  await server.stop();
  return server.startMs;
}

async function several(begin: () => Promise<WebServer>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) times.push(await once(begin));
  return median(times);
}

/** Addresses of public pages, as the sitemap lists them. */
async function somePages(begin: () => Promise<WebServer>): Promise<string[]> {
  const server = await begin();
  const sitemap = await (await fetch(`${server.url}/sitemap.xml`)).text();
  await server.stop();
  const listed = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(
    ([, address]) => new URL(address!).pathname,
  );
  return [...new Set([...listed, `${PAGES.ledger.vi}?size=300`])];
}

/** Resident memory after so many requests, MB. */
async function memoryAfter(
  begin: () => Promise<WebServer>,
  paths: readonly string[],
): Promise<number> {
  const server = await begin();
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let asked = 0;
  const loop = async () => {
    while (asked < REQUESTS) {
      const path = paths[asked++ % paths.length]!;
      const status = await statusOf(server.url + path, agent, { "accept-encoding": "br" });
      if (status !== 200) throw new Error(`${path} was answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, loop));
  const bytes = await server.memory();
  agent.destroy();
  await server.stop();
  return bytes / 1e6;
}
