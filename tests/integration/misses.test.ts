import { afterAll, beforeAll, expect, test } from "vitest";

import { pathToAny } from "#app/i18n/paths.ts";
import { MISSES_PER_MINUTE } from "#app/requests/rate-limit.ts";

import { app, ORIGIN, type TestApp } from "../support/app.ts";
import { type Samples, samplesOf } from "../support/samples.ts";

let site: TestApp;
let samples: Samples;

beforeAll(async () => {
  site = await app();
  samples = await samplesOf(site.db);
});
afterAll(() => site.close());

/** Addresses at which a code can be tried. */
const TRIED: readonly ((code: string) => string)[] = [
  (code) => pathToAny("vi", "donation", { code }),
  (code) => pathToAny("en", "pledge", { code }),
  (code) => pathToAny("vi", "payment", { code }),
  (tag) => pathToAny("vi", "animal", { tag }),
  (code) => `/data/v1/donations/${code}.json`,
];

test("codes that do not exist are counted together, at whichever address they are tried", async () => {
  const from = (n: number) => `2001:db8:5:5::${n.toString(16)}`;
  const statuses = new Map<number, number>();
  for (let n = 0; n < MISSES_PER_MINUTE + 20; n++) {
    const path = TRIED[n % TRIED.length]?.(`QNAAAA${n}`) ?? "";
    const answer = await site.ask(path, {}, from(n));
    await answer.body?.cancel();
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  }
  expect(statuses).toEqual(
    new Map([
      [404, MISSES_PER_MINUTE + 1],
      [429, 19],
    ]),
  );
  for (const tried of TRIED) {
    const answer = await site.ask(tried("QNZZZZZZ"), {}, from(1));
    expect(answer.status, tried("QNZZZZZZ")).toBe(429);
    expect(Number(answer.headers.get("retry-after")), tried("QNZZZZZZ")).toBeGreaterThan(0);
  }
});

test("following what exists is free", async () => {
  for (let n = 0; n < MISSES_PER_MINUTE + 20; n++) {
    const path = `/data/v1/donations/${samples.donation}.json`;
    const answer = await site.ask(path, { headers: { origin: ORIGIN } }, "192.0.2.77");
    expect(answer.status).toBe(200);
    await answer.body?.cancel();
  }
});
