import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** Something measured once a round; answers the figures it took, all named. */
export interface Cell<Figures> {
  readonly name: string;
  run(round: number): Promise<Figures>;
}

/**
 * Run every cell once a round, the order turned by one each round so that no cell always follows the same other.
 * Answers for each cell its figures in the order of rounds: index r of two cells is a pair of the same round.
 */
export async function interleaved<Figures>(
  rounds: number,
  cells: readonly Cell<Figures>[],
  say: (line: string) => void,
  afterRound?: (round: number) => Promise<void>,
): Promise<Map<string, Figures[]>> {
  const taken = new Map<string, Figures[]>(cells.map((cell) => [cell.name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[(i + round) % cells.length]!;
      await quiet();
      const figures = await cell.run(round);
      taken.get(cell.name)!.push(figures);
      say(`round ${round + 1} ${cell.name}: ${JSON.stringify(figures, shortNumbers)}`);
    }
    await afterRound?.(round);
  }
  return taken;
}

/** Middle value; the lower of the two middle ones when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error("median of nothing");
  return middle;
}

/** Value below which the share `p` (0 to 1) of `values` lies. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
  if (value === undefined) throw new Error("quantile of nothing");
  return value;
}

/** Ratios of pairs from the same round. */
export function pairedRatios(over: readonly number[], under: readonly number[]): number[] {
  if (over.length !== under.length) throw new Error("rounds of different number");
  return over.map((value, round) => value / under[round]!);
}

/** Share of the processors in use over `ms` milliseconds, 0 to 1; undefined where the system does not tell. */
async function busy(ms: number): Promise<number | undefined> {
  const before = await ticks();
  await wait(ms);
  const after = await ticks();
  if (!before || !after) return undefined;
  const all = after.all - before.all;
  return all === 0 ? 0 : 1 - (after.idle - before.idle) / all;
}

async function ticks(): Promise<{ all: number; idle: number } | undefined> {
  const text = await readFile("/proc/stat", "utf8").catch(() => undefined);
  const first = text?.split("\n", 1)[0]?.trim().split(/\s+/).slice(1).map(Number);
  if (!first) return undefined;
  return { all: first.slice(0, 8).reduce((a, b) => a + b, 0), idle: first[3]! + first[4]! };
}

/** Wait until other jobs leave the machine alone, three seconds at most. */
async function quiet(): Promise<void> {
  const until = performance.now() + 3000;
  while (performance.now() < until) {
    const share = await busy(150);
    if (share === undefined || share < 0.25) return;
  }
}

function shortNumbers(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value)
    ? Number(value.toPrecision(4))
    : value;
}
