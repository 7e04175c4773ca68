import { expect, test } from "vitest";

import { randomHex } from "./randomness.ts";

test("as many bytes as asked for, none given twice, also where the stock ends", () => {
  const given = Array.from({ length: 2000 }, () => randomHex(16));
  expect(given.every((hex) => /^[0-9a-f]{32}$/.test(hex))).toBe(true);
  expect(new Set(given).size).toBe(given.length);
  expect(randomHex(5000)).toHaveLength(10_000);
  expect(randomHex(4096)).not.toBe(randomHex(4096));
  expect(randomHex(0)).toBe("");
});
