import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findPostgresProgram, mustRun } from "../programs.ts";
import { quantile } from "../rounds.ts";

export interface Rate {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Run `script` with pgbench, prepared, for `seconds`; undefined when there is no pgbench.
 * The percentiles come from its log of every transaction.
 */
export async function runPgbench(
  url: string,
  script: string,
  connections: number,
  seconds: number,
): Promise<Rate | undefined> {
  const pgbench = await findPostgresProgram("pgbench");
  if (!pgbench) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "ketnghia-bench-pgbench-"));
  try {
    const file = join(folder, "script.sql");
    await writeFile(file, script);
    const args = [
      "-n",
      "-M",
      "prepared",
      "-c",
      String(connections),
      "-j",
      String(Math.min(2, connections)),
    ];
    const out = await mustRun(
      pgbench,
      [...args, "-T", String(seconds), "-f", file, "-l", "--log-prefix=each", url],
      { cwd: folder, seconds: seconds + 60 },
    );
    const perSecond = Number(/tps = ([\d.]+)/.exec(out)?.[1]);
    if (!Number.isFinite(perSecond)) throw new Error(`pgbench printed no tps: ${out}`);
    const times: number[] = [];
    for (const name of await readdir(folder)) {
      if (!name.startsWith("each")) continue;
      for (const line of (await readFile(join(folder, name), "utf8")).split("\n")) {
        const micro = Number(line.split(" ")[2]);
        if (Number.isFinite(micro)) times.push(micro / 1000);
      }
    }
    return { perSecond, p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
