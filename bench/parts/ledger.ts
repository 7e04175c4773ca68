import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { openPostgres } from "#db/postgres.ts";
import { migrate } from "#db/migrate.ts";

import { bookedKeys, wrongInBooks } from "../books.ts";
import { drive } from "../drive.ts";
import type { Figure, GoalId } from "../goals.ts";
import type { Bench, Part } from "../part.ts";
import { openServer, type Server } from "../postgres.ts";
import { mustRun, stop } from "../programs.ts";
import { type Rate, runPgbench } from "../rivals/pgbench.ts";
import { installPgledger } from "../rivals/pgledger.ts";
import { ACCOUNTS, HOT_ACCOUNT, openPlainLedger, PGBENCH_SCRIPT } from "../rivals/plain-ledger.ts";
import { type Cell, interleaved, median, pairedRatios } from "../rounds.ts";

const SECONDS = 3;
const IN_FLIGHT = 32;
/** Campaigns when gifts are spread. */
const MANY = 100;
const GIFTS = fileURLToPath(new URL("../gifts.ts", import.meta.url));
const WITHOUT_LOG = new URL("../without-log.ts", import.meta.url).href;

/** L1 to L8: gifts booked by our own intake and sequencer, beside the usual ways to write a ledger. */
export const ledger: Part = async (bench) => {
  const server = await openServer(bench.port);
  if (!server) {
    const note = "no PostgreSQL: set BENCH_DATABASE_URL, or install initdb and pg_ctl";
    return (["L1", "L3", "L4", "L5", "L6", "L7", "L8"] as const).map((id) => ({ id, note }));
  }
  const end = bench.onEnd(() => server.close());
  bench.say(server.about);
  const figures = await measure(bench, server);
  await end();
  return figures;
};

async function measure(bench: Bench, server: Server): Promise<Figure[]> {
  const ours = await ourDatabase(server, "ours");
  const bare = await ourDatabase(server, "without_log");
  const plainUrl = await server.createDatabase("plain");
  const plain = await openPlainLedger(plainUrl, IN_FLIGHT);
  const pgledgerUrl = await server.createDatabase("pgledger");
  const pgledgerScript = await installPgledger(pgledgerUrl);

  const tally = { given: 0 };
  const gifts = async (url: string, campaigns: number, inFlight: number, log = true) => {
    const printed = await mustRun(
      process.execPath,
      [
        ...(log ? [] : ["--import", WITHOUT_LOG]),
        GIFTS,
        "rate",
        url,
        String(campaigns),
        String(inFlight),
        String(SECONDS),
      ],
      { seconds: 60 },
    );
    const { given, ...rate } = JSON.parse(printed) as Rate & { given: number };
    if (url === ours.url) tally.given += given;
    return rate;
  };
  let key = 0;
  const payer = () => 2 + Math.floor(Math.random() * (ACCOUNTS - 2));
  const naive = () => plain.naive(`n${++key}`, payer(), HOT_ACCOUNT, 5n);
  const one = () => plain.oneStatement(`s${++key}`, payer(), HOT_ACCOUNT, 5n);
  await drive(IN_FLIGHT, 1, naive);
  await drive(1, 0.5, one);

  const limit = (await runPgbench(plainUrl, PGBENCH_SCRIPT, 1, 1)) ? "pgbench" : "postgres.js";
  const cells: Cell<Rate>[] = [
    { name: "hot 32", run: () => gifts(ours.url, 1, IN_FLIGHT) },
    {
      name: "limit",
      run: async () =>
        (await runPgbench(plainUrl, PGBENCH_SCRIPT, IN_FLIGHT, SECONDS)) ??
        drive(IN_FLIGHT, SECONDS, () =>
          plain.oneStatement(`s${++key}`, payer(), payer(), 5n).catch(() => undefined),
        ),
    },
    { name: "naive hot 32", run: () => drive(IN_FLIGHT, SECONDS, naive) },
    { name: "many 32", run: () => gifts(ours.url, MANY, IN_FLIGHT) },
    { name: "hot 32 without log", run: () => gifts(bare.url, 1, IN_FLIGHT, false) },
    { name: "hot 1", run: () => gifts(ours.url, 1, 1) },
    { name: "one statement 1", run: () => drive(1, SECONDS, one) },
    { name: "hot 8", run: () => gifts(ours.url, 1, 8) },
  ];
  if (pgledgerScript) {
    cells.push({
      name: "pgledger hot 32",
      run: async () => (await runPgbench(pgledgerUrl, pgledgerScript, IN_FLIGHT, SECONDS))!,
    });
  }

  const wrong: string[] = [];
  const taken = await interleaved(bench.rounds, cells, bench.say, async (round) => {
    const found = await wrongInBooks(ours.db, true);
    const booked = (await bookedKeys(ours.db, "bench:")).size;
    if (booked !== tally.given) {
      found.push({ what: "keys lost or doubled", count: Math.abs(tally.given - booked) });
    }
    wrong.push(...found.map(({ what, count }) => `round ${round + 1}: ${what} (${count})`));
    const rival = await plain.mismatches();
    if (rival > 0) throw new Error(`the rival's books are wrong ${rival} times`);
    bench.say(`books after round ${round + 1}: ${booked} gifts, ${found.length} kinds of error`);
  });
  wrong.push(...(await killAndRestart(bench, ours)));
  const checked = tally.given;
  await plain.close();
  await ours.db.close();
  await bare.db.close();

  const of = (name: string) => taken.get(name)!;
  const rates = (name: string) => of(name).map(({ perSecond }) => perSecond);
  const rate = (name: string) => `${median(rates(name)).toFixed(0)}/s`;
  const ms = (values: number[]) => `${median(values).toFixed(2)} ms`;
  const pair = (id: GoalId, over: string, under: string, note?: string): Figure => ({
    id,
    ours: rate(over),
    beside: rate(under),
    ratio: median(pairedRatios(rates(over), rates(under))),
    rounds: pairedRatios(rates(over), rates(under)),
    ...(note ? { note } : {}),
  });
  const p99 = pairedRatios(
    of("hot 32").map((r) => r.p99Ms),
    of("limit").map((r) => r.p99Ms),
  );
  const p50 = pairedRatios(
    of("hot 1").map((r) => r.p50Ms),
    of("one statement 1").map((r) => r.p50Ms),
  );
  const limitNote =
    limit === "pgbench" ? "" : " No pgbench found: the statement was sent by postgres.js.";
  return [
    pair(
      "L1",
      "hot 32",
      "naive hot 32",
      `At 8 in flight ours gives ${rate("hot 8")}, p99 ${ms(of("hot 8").map((r) => r.p99Ms))}.`,
    ),
    pgledgerScript
      ? pair("L2", "hot 32", "pgledger hot 32")
      : { id: "L2", note: "pgledger not found (`PGLEDGER_SQL` names its files)." },
    pair(
      "L3",
      "hot 32",
      "limit",
      `Each gift, as a bank statement line makes it: entry with log bytes and leaf hash, movement, donation, evidence digest, sums, heads, notice to other servers.${limitNote}`,
    ),
    {
      id: "L4",
      ours: ms(of("hot 32").map((r) => r.p99Ms)),
      beside: ms(of("limit").map((r) => r.p99Ms)),
      ratio: median(p99),
      rounds: p99,
    },
    pair("L5", "hot 32", "many 32", `Many: ${MANY} campaigns.`),
    pair("L6", "hot 32", "hot 32 without log", "Without: no public bytes made, hashed or stored."),
    {
      id: "L7",
      ours: ms(of("hot 1").map((r) => r.p50Ms)),
      beside: ms(of("one statement 1").map((r) => r.p50Ms)),
      ratio: median(p50),
      rounds: p50,
    },
    {
      id: "L8",
      ours: `${wrong.length} wrong`,
      beside: "–",
      ratio: wrong.length,
      note:
        wrong.length > 0
          ? wrong.join("; ")
          : `Books checked after every round (${checked} gifts) and after kill -9 of the process twice in mid-run and a restart (6,000 gateway gifts, each with the final state of its payment).`,
    },
  ];
}

interface OurDatabase {
  readonly url: string;
  readonly db: ReturnType<typeof openPostgres>;
}

async function ourDatabase(server: Server, name: string): Promise<OurDatabase> {
  const url = await server.createDatabase(name);
  const db = openPostgres(url, { max: 2 });
  await migrate(db);
  return { url, db };
}

/** Kill the booking process twice in mid-run, then let it do everything again: each gift must be booked once. */
async function killAndRestart(bench: Bench, ours: OurDatabase): Promise<string[]> {
  const count = 6000;
  const prefix = "killed";
  const acknowledged = new Set<string>();
  for (const killAfter of [count / 4, count / 2, Infinity]) {
    const child = spawn(
      process.execPath,
      [GIFTS, "book", ours.url, prefix, String(count), String(IN_FLIGHT)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
    let seen = 0;
    for await (const key of createInterface({ input: child.stdout })) {
      acknowledged.add(key);
      seen += 1;
      if (seen === killAfter) void stop(child, "SIGKILL");
    }
    const code = await gone;
    if (killAfter === Infinity && code !== 0)
      return [`after kill -9: the restarted process ended with ${code}`];
  }
  const found = await wrongInBooks(ours.db, true);
  const booked = await bookedKeys(ours.db, `${prefix}:`);
  const lost = [...acknowledged].filter((key) => !booked.has(key)).length;
  if (lost > 0) found.push({ what: "acknowledged gifts lost", count: lost });
  if (booked.size !== count)
    found.push({ what: "gifts not booked exactly once", count: Math.abs(count - booked.size) });
  bench.say(
    `after kill -9 twice and a restart: ${booked.size} of ${count} gifts, ${found.length} kinds of error`,
  );
  return found.map(({ what, count: times }) => `after kill -9: ${what} (${times})`);
}
