import { readFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";

import { loadGenerator } from "./load.ts";
import { findPostgresProgram, findProgram, run } from "./programs.ts";
import { type Figure, type Goal, type GoalId, GOALS, verdictOn } from "./goals.ts";

/** Where and with what the figures were taken. */
export interface Machine {
  readonly processor: string;
  readonly programs: readonly string[];
}

/** Facts about this machine and the programs found on it. */
export async function machine(): Promise<Machine> {
  const cores = cpus();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  return {
    processor: `${cores.length} × ${cores[0]?.model ?? "unknown"}, ${memory}`,
    programs: [
      `Node ${process.versions.node} (OpenSSL ${process.versions.openssl})`,
      ...(await versionsOf([
        "react-router",
        "react",
        "drizzle-orm",
        "postgres",
        "@electric-sql/pglite",
      ])),
      `load: ${await loadGenerator()}`,
      await printed(await findProgram("openssl"), ["version"], "openssl"),
      await printed(await findProgram("nginx"), ["-v"], "nginx"),
      await printed(await findPostgresProgram("pgbench"), ["--version"], "pgbench"),
    ],
  };
}

async function versionsOf(packages: readonly string[]): Promise<string[]> {
  return Promise.all(
    packages.map(async (name) => {
      const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
      const { version } = JSON.parse(await readFile(file, "utf8")) as { version: string };
      return `${name} ${version}`;
    }),
  );
}

async function printed(program: string | undefined, args: string[], name: string): Promise<string> {
  if (!program) return `${name}: not found`;
  const { out, err } = await run(program, args, { seconds: 10 });
  return `${name}: ${(out || err).split("\n", 1)[0]?.trim()}`;
}

/** The table of goals and figures, as Markdown that also reads well in a terminal. */
export function table(figures: readonly Figure[]): string {
  const head = [
    "id",
    "what",
    "beside it",
    "ours",
    "beside",
    "ratio (rounds)",
    "MUST",
    "AIM",
    "verdict",
  ];
  const order = Object.keys(GOALS);
  const rows = figures
    .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
    .map((figure) => {
      const goal: Goal = GOALS[figure.id];
      const sign = goal.way === "least" ? "≥" : "≤";
      return [
        figure.id,
        goal.what,
        goal.beside,
        figure.ours ?? "–",
        figure.beside ?? "–",
        ratioWords(figure),
        `${sign} ${goal.must}`,
        `${sign} ${goal.aim}`,
        verdictOn(figure),
      ];
    });
  const widths = head.map((title, i) =>
    Math.max(...[head, ...rows].map((row) => [...row[i]!].length), title.length),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell + " ".repeat(widths[i]! - [...cell].length)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function ratioWords(figure: Figure): string {
  if (figure.ratio === undefined) return "–";
  const middle = short(figure.ratio);
  if (!figure.rounds || figure.rounds.length < 2) return middle;
  return `${middle} (${short(Math.min(...figure.rounds))}–${short(Math.max(...figure.rounds))})`;
}

/** A ratio in as many digits as it deserves. */
function short(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value >= 100
    ? value.toFixed(0)
    : value >= 10
      ? value.toFixed(1)
      : Number(value.toPrecision(2)).toString();
}

/** The page docs/performance.md. */
export function page(
  figures: readonly Figure[],
  facts: Machine & { rounds: number; minutes: number },
): string {
  const notes = figures.flatMap((figure) =>
    figure.note ? [`- **${figure.id}** ${figure.note}`] : [],
  );
  const left = (Object.keys(GOALS) as GoalId[]).filter(
    (id) => figures.find((figure) => figure.id === id)?.ratio === undefined,
  );
  return `# Performance: what we measure, beside what

Written by \`npm run bench\`; do not edit. Last run: ${new Date().toISOString().slice(0, 10)}, ${facts.rounds} interleaved
rounds, ${facts.minutes.toFixed(0)} minutes, on ${facts.processor}.

Absolute figures move with the machine; **ratios of pairs from the same round** are what is judged. The figure is the
median of the rounds, brackets are the smallest and largest. MUST is the floor (the command ends with an error below
it), AIM is what we are after; the verdict says which one was reached.

${table(figures)}

${left.length > 0 ? `Not measured in this run: ${left.join(", ")}.\n` : "Every goal was measured in this run.\n"}
## Notes

${notes.join("\n")}

## With

${facts.programs.map((program) => `- ${program}`).join("\n")}

## How to run

- \`npm run bench\` runs all parts and writes this page; \`npm run bench -- ledger\` (or \`trace\`, \`hash\`, \`pages\`,
  \`start\`) runs one and only prints; \`--large\` adds the book of ten million movements; \`--rounds=5\` takes more rounds.
- PostgreSQL: \`BENCH_DATABASE_URL\`, else \`TEST_DATABASE_URL\`, else a private one is started in a temporary folder with
  default durability (fsync on) where \`initdb\` and \`pg_ctl\` are found. Databases made are dropped at the end.
- Rivals carried in \`bench/rivals\`: a ledger with stored balances written by a drizzle transaction with
  \`SELECT ... FOR UPDATE\`, and by one SQL statement; a plain React render; a bare \`node:http\` server; \`openssl speed\`;
  a minimal React Router application. nginx, wrk and pgbench are used where found; pgledger where \`PGLEDGER_SQL\`
  names its files.
- Everything stays on 127.0.0.1. Servers are pinned to one processor and the load to the other where \`taskset\` is found.
`;
}
