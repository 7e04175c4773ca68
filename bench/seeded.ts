import type { Bench } from "./part.ts";
import { openServer } from "./postgres.ts";
import { seed } from "./site.ts";

/** A database with the demonstration. */
export interface Seeded {
  readonly url: string;
  end(): Promise<void>;
}

/**
 * A PostgreSQL database filled with the demonstration, or the one at `BENCH_SITE_URL`, which holds it already (gifts are
 * added to it); undefined when there is no PostgreSQL.
 */
export async function seededServer(bench: Bench, port: number): Promise<Seeded | undefined> {
  const given = process.env.BENCH_SITE_URL;
  if (given) return { url: given, end: async () => undefined };
  const server = await openServer(port);
  if (!server) return undefined;
  const end = bench.onEnd(() => server.close());
  bench.say(server.about);
  const url = await server.createDatabase("site");
  const begun = performance.now();
  await seed({ url });
  bench.say(`demonstration replayed in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  return { url, end };
}
