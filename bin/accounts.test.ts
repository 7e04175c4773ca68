import { expect, test } from "vitest";

import type { Database } from "#db/client.ts";

import { accountsOf } from "./accounts.ts";

/** The line that forgets a session, as a site of this kind at this address sends it. */
async function forgets(kind: { live: boolean; DEMO: boolean }, address: string): Promise<string> {
  const accounts = accountsOf({
    // Nobody is looked up without a cookie.
    db: {} as Database,
    environment: { ACCOUNTS_SECRET: "a secret of this test, long enough", ...kind },
    address,
    mail: { send: async () => undefined },
    now: () => 0,
    onTrouble: () => undefined,
  });
  const lines = await accounts.signIn.out({ cookie: null, address: "192.0.2.1", device: "" });
  return lines.join();
}

const BOUND = "__Host-session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax";

test("only the demonstration over http has cookies that WebKit takes there (docs/stack.md, WebKit)", async () => {
  const http = "http://localhost:3000";
  expect(await forgets({ live: false, DEMO: true }, http)).toBe(
    "demo-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax",
  );
  expect(await forgets({ live: false, DEMO: true }, "https://demo.example")).toBe(BOUND);
  expect(await forgets({ live: false, DEMO: false }, http)).toBe(BOUND);
});

test("a live site never, whatever its address", async () => {
  for (const address of ["http://localhost:3000", "http://site.example", "https://site.example"]) {
    for (const DEMO of [true, false]) {
      expect(await forgets({ live: true, DEMO }, address)).toBe(BOUND);
    }
  }
});
