import { readFile } from "node:fs/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { demoSignIn, OFFICE_PEOPLE } from "../../bin/demo/office-people.ts";

import { readPermissionPage } from "../outside/permission-page.ts";
import { tryDoors, visitors } from "../outside/permissions.ts";
import { type Demonstration, demonstration } from "../support/demonstration.ts";
import { testServer, type TestServer } from "../support/server.ts";

const PAGE = new URL("../../docs/permissions.md", import.meta.url);

const HALF = " without second factor";

let copy: Demonstration;
let server: TestServer;

beforeAll(async () => {
  copy = await demonstration();
  server = await testServer({ ...copy.environment, LOG_LEVEL: "warn" });
});
afterAll(async () => {
  await server.stop();
  await copy.remove();
});

test(
  "the office lets in whom docs/permissions.md says, and nobody else, a donor neither",
  { timeout: 300_000 },
  async () => {
    const page = readPermissionPage(await readFile(PAGE, "utf8"));
    const signIns = [
      ...OFFICE_PEOPLE.map(demoSignIn),
      { role: "donor", email: "nguoi-ung-ho@thu.example" },
    ];
    const everybody = await visitors(new URL(server.url), signIns, page);
    expect(everybody.missing).toEqual([]);
    // Whoever has no second factor is refused before their role is asked: the one with the most permissions tries for all.
    const all = everybody.visitors.filter(
      ({ name }) => !name.endsWith(HALF) || name === `committee-leader${HALF}`,
    );
    const names = all.map(({ name }) => name);
    const others = ["nobody", "donor", `committee-leader${HALF}`];
    expect(names).toEqual(expect.arrayContaining(others));
    const { tried, differences } = await tryDoors(page, all);
    expect(differences).toEqual([]);
    expect(tried).toBeGreaterThan(names.length * page.requests.length);
  },
);

test("a page that says too much is found out", { timeout: 120_000 }, async () => {
  const page = readPermissionPage(await readFile(PAGE, "utf8"));
  const requests = page.requests.filter(({ acts }) => acts.includes("audit.read"));
  expect(requests.map(({ path }) => path)).toContain("/quan-tri/nhat-ky");
  const [role = ""] = page.acts.get("audit.read")?.keys() ?? [];
  // Somebody without a session, of whom the page is told that they hold the role.
  const [nobody] = (await visitors(new URL(server.url), [], page)).visitors;
  const claims = nobody ? [{ ...nobody, role }] : [];
  const { differences } = await tryDoors({ ...page, requests }, claims);
  expect(differences).toContain("nobody: GET /quan-tri/nhat-ky was answered 403, expected 200");
  expect(differences).toContain("nobody: list audit was answered 403");
});
