import { expect, test } from "vitest";

import { WIDE_FACTOR } from "#app/domain/kernel/caller.ts";

import { createRateLimits, FORMS_PER_MINUTE, MISSES_PER_MINUTE } from "./rate-limit.ts";

/** How many of `tries` are taken, each from the next of the addresses. */
async function taken(tries: number, addressOf: (n: number) => string): Promise<number> {
  const limits = createRateLimits();
  let count = 0;
  for (let n = 0; n < tries; n++) if ((await limits.formSent(addressOf(n))) === 0) count += 1;
  return count;
}

test("an IPv6 customer has one limit, not one for each of its addresses", async () => {
  const own = await taken(2 * FORMS_PER_MINUTE, (n) => `2001:db8:1:2::${n.toString(16)}`);
  expect(own).toBe(FORMS_PER_MINUTE);
});

test("a network of many such is limited too, wider", async () => {
  const most = FORMS_PER_MINUTE * WIDE_FACTOR;
  expect(await taken(most + 50, (n) => `2001:db8:1:${n.toString(16)}::1`)).toBe(most);
});

test("an IPv4 address told as IPv6 is the same caller", async () => {
  const spelt = ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201"];
  expect(await taken(2 * FORMS_PER_MINUTE, (n) => spelt[n % 3] ?? "")).toBe(FORMS_PER_MINUTE);
});

test("only codes that do not exist count, and looking does not", async () => {
  const limits = createRateLimits();
  for (let n = 0; n <= MISSES_PER_MINUTE; n++) {
    expect(await limits.mayLookUp("2001:db8::5")).toBe(0);
    await limits.lookUpMissed(`2001:db8::${n.toString(16)}`);
  }
  expect(await limits.mayLookUp("2001:db8::ffff")).toBeGreaterThan(0);
  expect(await limits.mayLookUp("2001:db8:0:1::1")).toBe(0);
});
