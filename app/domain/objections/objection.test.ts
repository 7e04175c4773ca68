import { describe, expect, test } from "vitest";

import { bodyOn, daysLateOn, daysOpen, dueOn, mayGoOn, outcomesFor } from "./objection.ts";

const OPEN = {
  body: "commune",
  state: "open",
  onDay: "2024-05-02",
  answerBy: "2024-05-17",
  decidedOn: null,
} as const;

describe("the clock", () => {
  test("the commune has it until its last day, then the district for as long again", () => {
    expect([bodyOn(OPEN, "2024-05-17"), dueOn(OPEN, "2024-05-17")]).toEqual([
      "commune",
      "2024-05-17",
    ]);
    expect([bodyOn(OPEN, "2024-05-18"), dueOn(OPEN, "2024-05-18")]).toEqual([
      "district",
      "2024-06-01",
    ]);
    expect(daysLateOn(OPEN, "2024-05-17")).toBe(0);
    expect(daysLateOn(OPEN, "2024-05-20")).toBe(3);
  });

  test("what was decided stays what it was", () => {
    const decided = { ...OPEN, state: "refused", decidedOn: "2024-05-10" } as const;
    expect(bodyOn(decided, "2025-01-01")).toBe("commune");
    expect(daysLateOn(decided, "2025-01-01")).toBe(0);
    expect(daysOpen(decided, "2025-01-01")).toBe(8);
    expect(daysOpen(OPEN, "2024-05-04")).toBe(2);
  });
});

test("the commune's decision goes on once; the district's is the last", () => {
  const decided = {
    ...OPEN,
    state: "refused",
    decidedOn: "2024-05-10",
    againstDecision: null,
  } as const;
  expect(mayGoOn(decided, false)).toBe(true);
  expect(mayGoOn(decided, true)).toBe(false);
  expect(mayGoOn({ ...decided, decidedOn: "2024-05-18" }, false)).toBe(false);
  expect(mayGoOn({ ...OPEN, againstDecision: null }, false)).toBe(false);
  expect(mayGoOn({ ...decided, body: "district", againstDecision: "YKA" }, false)).toBe(false);
});

describe("outcomes", () => {
  const upheld = (about: Parameters<typeof outcomesFor>[0]) => outcomesFor(about).slice(0, -5);
  const line = "H-LD1-001";
  test.each([
    [{ line, handed: false, stands: true }, ["line-leaves"]],
    [{ line, handed: true, stands: true }, ["recover", "keep"]],
    [{ line: null, handed: false, stands: true }, ["list-anew"]],
    [{ line: null, handed: true, stands: true }, ["list-anew", "keep"]],
    // The household that left objects to it.
    [{ line, handed: false, stands: false }, ["list-anew"]],
  ])("%j", (about, possible) => {
    expect(upheld(about)).toEqual(possible);
  });
});
