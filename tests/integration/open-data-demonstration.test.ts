import { afterAll, beforeAll, expect, it } from "vitest";

import { DEMO_REGISTER_KEY } from "#app/adapters/environment.ts";
import { sealingUnder } from "#app/adapters/sealed-texts.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { PersonalData } from "#app/domain/register/personal-data.ts";
import { registerKeysStore } from "#db/stores/register-keys.ts";

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
    `select donor_name as name from pledge where donor_kind = 'person' and donor_name <> ''
      union select idempotency_key from entry
      union select text from statement_line where text like '% %'`,
  );
  expect(names.length).toBeGreaterThan(100);
  const households = await headsOfHouseholds();
  expect(households.length).toBeGreaterThan(300);
  const published = [...asked].filter(([address]) => address.startsWith("/data/"));
  expect(published.length).toBeGreaterThan(10);
  const text = published.map(([, file]) => file).join("\n");
  expect([...names, ...households].filter(({ name }) => text.includes(name))).toEqual([]);
});

/** Who the households of the register are, opened with the key of the demonstration. */
async function headsOfHouseholds(): Promise<{ readonly name: string }[]> {
  const sealed = sealingUnder(DEMO_REGISTER_KEY)(registerKeysStore(demo.db, () => 0));
  const rows = await demo.db.rows<{ sealed: Uint8Array }>(`select sealed from register_household`);
  const heads: { name: string }[] = [];
  for (const row of rows) {
    heads.push({ name: (JSON.parse(must(await sealed.open(row.sealed))) as PersonalData).name });
  }
  return heads;
}
