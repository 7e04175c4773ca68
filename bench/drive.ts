import { quantile } from "./rounds.ts";
import type { Rate } from "./rivals/pgbench.ts";

/** Do `work` over and over for `seconds` with `inFlight` at once, each waiting for its own answer. */
export async function drive(
  inFlight: number,
  seconds: number,
  work: () => Promise<unknown>,
): Promise<Rate> {
  const begun = performance.now();
  const until = begun + seconds * 1000;
  const times: number[] = [];
  const loop = async () => {
    while (performance.now() < until) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  const took = (performance.now() - begun) / 1000;
  return {
    perSecond: times.length / took,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
  };
}
