import { expect, test } from "vitest";

import { readTypedDay, typedDay } from "./typed-day.ts";

test("a day is read as people write it", () => {
  expect(readTypedDay("23/11/2026")).toBe("2026-11-23");
  expect(readTypedDay(" 1.2.2024 ")).toBe("2024-02-01");
  expect(readTypedDay("2026-11-23")).toBe("2026-11-23");
});

test("what is no day is not read", () => {
  expect(readTypedDay("30/02/2024")).toBeUndefined();
  expect(readTypedDay("11/2026")).toBeUndefined();
  expect(readTypedDay("")).toBeUndefined();
  expect(readTypedDay("2026-13-01")).toBeUndefined();
});

test("for a rule that refuses what is no day, that is handed on as typed", () => {
  expect(typedDay("1/2/2024")).toBe("2024-02-01");
  expect(typedDay(" hôm qua ")).toBe("hôm qua");
  expect(typedDay("")).toBe("");
});
