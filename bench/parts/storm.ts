import { setTimeout as pause } from "node:timers/promises";

import { PAGES, pathTo } from "#app/i18n/paths.ts";
import type { Db } from "#db/client.ts";
import { openPostgres } from "#db/postgres.ts";

import { paidNotice } from "../gateway.ts";
import type { Figure, GoalId } from "../goals.ts";
import { textOf } from "../page-weight.ts";
import type { Part } from "../part.ts";
import { interleaved, median, pairedRatios, quantile } from "../rounds.ts";
import { seededServer } from "../seeded.ts";
import { buildSite, startOurs } from "../site.ts";
import { type Storm, storm } from "../storm-load.ts";

const SECONDS = 8;
const CONNECTIONS = 64;
/** How much of the last pages of a list is read besides the lists themselves. */
const OF_EACH = 12;

/** What is measured against a crowd that only reads: gifts a second, or what every request carries. */
const AGAINST = [
  { id: "S10", name: "1 gift a second", gifts: 1 },
  { id: "S11", name: "10 gifts a second", gifts: 10 },
  { id: "S12", name: "50 gifts a second", gifts: 50 },
  { id: "S13", name: "a cookie", carries: "cookie" },
  { id: "S14", name: "an unknown filter", carries: "filter" },
] as const satisfies readonly {
  id: GoalId;
  name: string;
  gifts?: number;
  carries?: "cookie" | "filter";
}[];

interface Taken extends Storm {
  /** Milliseconds until a notice was answered. */
  readonly notices: readonly number[];
}

/** S10 to S14: the hour an appeal is on television: a crowd reads while gifts come in, on one processor. */
export const stormPart: Part = async (bench) => {
  await buildSite();
  const seeded = await seededServer(bench, bench.port + 2);
  if (!seeded) {
    const note = "no PostgreSQL: set BENCH_DATABASE_URL, or install initdb and pg_ctl";
    return AGAINST.map(({ id }) => ({ id, note }));
  }
  const db = openPostgres(seeded.url, { max: 2 });
  const site = await startOurs(seeded, { port: bench.port + 10, pinned: true });
  const end = bench.onEnd(() => site.stop());
  try {
    const { kept, personal } = await pagesOf(site.url);
    const crowd = { kept, personal, connections: CONNECTIONS, seconds: SECONDS };
    // Compiled, kept, and in the smallest form.
    await storm(site.url, crowd);
    const cell = (name: string, gifts: number, carries?: "cookie" | "filter") => ({
      name,
      async run(): Promise<Taken> {
        const notices = await prepared(db, gifts * SECONDS);
        // What the cell before left out of date is made anew first.
        for (const path of kept) await textOf(site.url + path);
        const [taken, given] = await Promise.all([
          storm(site.url, { ...crowd, ...(carries ? { carries } : {}) }),
          give(site.url, notices, gifts),
        ]);
        return { ...taken, notices: given };
      },
    });
    const taken = await interleaved<Taken>(
      bench.rounds,
      [
        cell("none", 0),
        ...AGAINST.map((one) =>
          cell(
            one.name,
            "gifts" in one ? one.gifts : 0,
            "carries" in one ? one.carries : undefined,
          ),
        ),
      ],
      (line) => bench.say(line.replace(/,"notices":\[[^\]]*\]/, "")),
    );
    return AGAINST.map(({ id, name }) =>
      figure(id, taken.get(name)!, taken.get("none")!, kept.length),
    );
  } finally {
    await end();
    await db.close();
    await seeded.end();
  }
};

function figure(id: GoalId, ours: readonly Taken[], none: readonly Taken[], pages: number): Figure {
  const rates = (of: readonly Taken[]) => of.map(({ perSecond }) => perSecond);
  const rounds = pairedRatios(rates(ours), rates(none));
  const waits = ours.flatMap(({ notices }) => notices);
  const wrong = ours.reduce((sum, one) => sum + one.wrong, 0);
  const notices =
    waits.length === 0
      ? ""
      : ` ${waits.length} notices answered, p50 ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms.`;
  return {
    id,
    ours: `${median(rates(ours)).toFixed(0)}/s`,
    beside: `${median(rates(none)).toFixed(0)}/s`,
    ratio: median(rounds),
    rounds,
    note: `${pages} pages; ${wrong} answers other than 200.${notices}`,
  };
}

/** The pages a crowd reads: those of the sitemap, and the newest gifts, entries and animals; and those that are not kept. */
async function pagesOf(origin: string): Promise<{ kept: string[]; personal: string[] }> {
  const sitemap = await textOf(`${origin}/sitemap.xml`);
  const listed = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) =>
    address!.slice(origin.length),
  );
  const linked = new Set<string>();
  for (const [page, under] of [
    [PAGES.ledger.vi, PAGES.entry.vi],
    [PAGES.ledger.vi, PAGES.donation.vi],
    [PAGES.notices.en, PAGES.notice.en],
  ] as const) {
    const start = under.slice(0, under.indexOf(":"));
    const links = [...(await textOf(origin + page)).matchAll(/href="(\/[^"#?]+)"/g)];
    const found = links.flatMap(([, href]) => (href?.startsWith(start) ? [href] : []));
    for (const href of found.slice(0, OF_EACH)) linked.add(href);
  }
  const slugs = listed.flatMap((path) => /^\/chien-dich\/([^/]+)$/.exec(path)?.[1] ?? []);
  return {
    kept: [...new Set([...listed.map((path) => path || "/"), ...linked])],
    personal: slugs.map((slug) => pathTo("vi", "give", { slug })),
  };
}

/** Pledges with a payment each, and the gateway's signed notices that they were paid. */
async function prepared(db: Db, count: number): Promise<string[]> {
  const notices: string[] = [];
  for (let n = 0; n < count; n += 1) notices.push(await paidNotice(db));
  return notices;
}

/** Tell a notice, and once more when the connection was lost, as the gateway does. */
async function tell(notice: string): Promise<{ RspCode: string }> {
  const ask = async () => (await (await fetch(notice)).json()) as { RspCode: string };
  return ask().catch(ask);
}

/** Tell the notices, so many a second, whatever becomes of those before; each has to be answered as booked. */
async function give(origin: string, notices: readonly string[], rate: number): Promise<number[]> {
  const begun = performance.now();
  return Promise.all(
    notices.map(async (notice, n) => {
      await pause((n * 1000) / rate);
      const asked = performance.now();
      const answer = await tell(origin + notice);
      // Told twice, because the first answer was lost: it is booked.
      if (answer.RspCode !== "00" && answer.RspCode !== "02") {
        const at = Math.round(asked - begun);
        throw new Error(`the notice told after ${at} ms was answered ${answer.RspCode}`);
      }
      return performance.now() - asked;
    }),
  );
}
