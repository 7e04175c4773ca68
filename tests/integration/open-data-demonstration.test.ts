import { afterAll, beforeAll, expect, it } from "vitest";

import { recompute } from "../outside/recompute.ts";
import { siteSource, type Source } from "../outside/source.ts";
import { app, ORIGIN, type TestApp } from "../support/app.ts";

let demo: TestApp;
let source: Source;
const asked = new Map<string, string>();

beforeAll(async () => {
  demo = await app();
  const site = siteSource(ORIGIN, ({ pathname }) => demo.get(pathname));
  source = {
    ...site,
    async text(address) {
      const text = await site.text(address);
      if (text !== undefined) asked.set(address, text);
      return text;
    },
  };
});
afterAll(() => demo.close());

it("the whole demonstration, recomputed from outside, is what every page says, to the đồng", async () => {
  const { problems, counts } = await recompute(source, { pages: true });
  expect(problems).toEqual([]);
  expect(counts["gifts"]).toBeGreaterThan(1_000);
  expect(counts["records"]).toBe(counts["gifts"]);
  expect(counts["animals"]).toBeGreaterThan(1_000);
  expect(counts["figures"]).toBeGreaterThan(1_000);
  expect(demo.errors).toEqual([]);
}, 600_000);

it("nobody is named in it", async () => {
  const names = await demo.db.rows<{ name: string }>(
    `select full_name as name from household_private
      union select donor_name from pledge where donor_kind = 'person' and donor_name <> ''
      union select idempotency_key from entry
      union select text from statement_line where text like '% %'`,
  );
  expect(names.length).toBeGreaterThan(100);
  const published = [...asked].filter(([address]) => address.startsWith("/data/"));
  expect(published.length).toBeGreaterThan(10);
  const text = published.map(([, file]) => file).join("\n");
  expect(names.filter(({ name }) => text.includes(name))).toEqual([]);
});
