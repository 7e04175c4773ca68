import { expect, it, test } from "vitest";

import { RULES } from "#db/seeds/norms.ts";

import { limitsOn, LIMITS_RULE, readLimits, withinLimits } from "./limits.ts";

const value = RULES.find(({ code }) => code === LIMITS_RULE)?.value;
const table = readLimits(value);

it.each(["bank", "vnpay", "stripe"] as const)("%s: names the limit that is broken", (channel) => {
  if (!table) throw new Error("the seed has no limits");
  const { least, most } = table[channel];
  expect(withinLimits(table, channel, least)).toEqual({ ok: true, value: least });
  expect(withinLimits(table, channel, most)).toEqual({ ok: true, value: most });
  expect(withinLimits(table, channel, least - 1n)).toMatchObject({
    problem: { code: "payment.too-small", limit: least.toString() },
  });
  expect(withinLimits(table, channel, most + 1n)).toMatchObject({
    problem: { code: "payment.too-large", limit: most.toString() },
  });
});

const one = (least: unknown, most: unknown) => ({
  bank: { least: "1", most: "2" },
  vnpay: { least: "1", most: "2" },
  stripe: { least, most },
});

test("a rule that makes no sense is no rule, and one beyond a protocol ends where that ends", () => {
  for (const bad of [
    undefined,
    null,
    5,
    {},
    one("2", "1"),
    one("0", "1"),
    one(1, 2),
    one("-1", "2"),
    one("1", undefined),
    one("1.5", "2"),
  ]) {
    expect(readLimits(bad), JSON.stringify(bad)).toBeUndefined();
  }
  expect(readLimits(one("50", "999999999999"))?.stripe).toEqual({ least: 50n, most: 99_999_999n });
});

test("the rule of the day decides, and a day without one is our fault", async () => {
  const rules = {
    on: async (code: string, day: string) =>
      code === LIMITS_RULE && day >= "2026-01-01" ? one("7", "9") : undefined,
  };
  expect((await limitsOn(rules, "2026-01-01")).stripe).toEqual({ least: 7n, most: 9n });
  await expect(limitsOn(rules, "2025-12-31")).rejects.toThrow("gift.limits for 2025-12-31");
});
