/**
 * `npm run bench` measures our goals beside their rivals and writes docs/performance.md;
 * `npm run bench -- <part> ...` runs some parts and only prints. Ends with 1 when a goal's floor is missed.
 *
 *   --large      also the book of ten million movements (some minutes more)
 *   --rounds=N   interleaved rounds, three or more (default 3)
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { type Figure, verdictOn } from "./goals.ts";
import type { Bench, Part } from "./part.ts";
import { hash } from "./parts/hash.ts";
import { ledger } from "./parts/ledger.ts";
import { pages } from "./parts/pages.ts";
import { start } from "./parts/start.ts";
import { stormPart } from "./parts/storm.ts";
import { trace } from "./parts/trace.ts";
import { machine, page, table } from "./report.ts";

const PARTS: Readonly<Record<string, Part>> = {
  ledger,
  trace,
  hash,
  pages,
  storm: stormPart,
  start,
};
const PAGE = new URL("../docs/performance.md", import.meta.url);
const PORT = 4190;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    large: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    port: { type: "string", default: String(PORT) },
  },
});
const rounds = Number(values.rounds);
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 3) {
  process.stderr.write(
    `usage: npm run bench -- [${Object.keys(PARTS).join("|")} ...] [--large] [--rounds=3 or more]\n`,
  );
  process.exit(2);
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
const endings = new Set<() => Promise<void>>();
const bench: Bench = {
  rounds,
  large: values.large,
  port: Number(values.port),
  say,
  onEnd(end) {
    const once = async () => {
      if (endings.delete(once)) await end();
    };
    endings.add(once);
    return once;
  },
};

async function endAll(): Promise<void> {
  // Last begun ends first: a server before the database it uses.
  for (const end of [...endings].reverse()) {
    await end().catch((error: unknown) => say(`while ending: ${String(error)}`));
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void endAll().finally(() => process.exit(130)));
}

const begun = performance.now();
const figures: Figure[] = [];
const failures: string[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
  say(`\n== ${name}`);
  const partBegun = performance.now();
  try {
    figures.push(...(await PARTS[name]!(bench)));
  } catch (error) {
    failures.push(
      `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    say(`part ${name} failed: ${failures.at(-1)}`);
  }
  await endAll();
  say(`== ${name} took ${((performance.now() - partBegun) / 1000).toFixed(0)} s`);
}

const facts = { rounds, minutes: (performance.now() - begun) / 60_000, ...(await machine()) };
say(`\n${table(figures)}\n`);
for (const { id, note } of figures) if (note) say(`${id}: ${note}`);
for (const failure of failures) say(`FAILED ${failure}`);
if (positionals.length === 0 && failures.length === 0) {
  await writeFile(PAGE, page(figures, facts));
  say(`written: docs/performance.md`);
}
const missed = figures.filter((figure) => verdictOn(figure) === "MISSED").map(({ id }) => id);
if (missed.length > 0) say(`below the floor: ${missed.join(", ")}`);
process.exit(missed.length > 0 || failures.length > 0 ? 1 : 0);
