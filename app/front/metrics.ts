import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

import type { Health } from "#app/domain/health/ports.ts";

import type { CacheFigures } from "./cache-figures.ts";
import { healthFigures } from "./health-figures.ts";

/** Numbers of this process in the Prometheus text format. */
export interface Metrics {
  /** A request that the application answered. */
  answered(method: string, status: number, milliseconds: number): void;
  /** A request that the listener refused. */
  refused(status: number): void;
  /** The text of `/metrics`, and its content type. */
  read(): Promise<{ text: string; type: string }>;
}

/** Sizes; the others are counts. */
const NOW: ReadonlySet<string> = new Set(["pages", "bytes", "waiting"]);

/**
 * Set the counters up; the cache's own figures and those of the site's health are read when somebody asks, so that a hit pays
 * nothing for them.
 */
export function createMetrics(
  cache: Readonly<CacheFigures>,
  health?: Pick<Health, "look">,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const seconds = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time to answer a request that was not in the page cache",
    labelNames: ["method", "status"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const refusals = new Counter({
    name: "http_requests_refused_total",
    help: "Requests refused before the application",
    labelNames: ["status"],
    registers: [registry],
  });
  for (const name of Object.keys(cache) as (keyof CacheFigures)[]) {
    const gauge: Gauge = new Gauge({
      name: `page_cache_${name}`,
      help: `Page cache: ${name}${NOW.has(name) ? " now" : " since start"}`,
      registers: [registry],
      collect: () => gauge.set(cache[name]),
    });
  }

  const setHealth = health && healthFigures(registry);

  return {
    answered: (method, status, milliseconds) =>
      seconds.observe({ method, status: String(status) }, milliseconds / 1000),
    refused: (status) => refusals.inc({ status: String(status) }),
    async read() {
      if (health) setHealth?.(await health.look());
      return { text: await registry.metrics(), type: registry.contentType };
    },
  };
}
