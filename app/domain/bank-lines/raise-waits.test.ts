import { expect, test } from "vitest";

import { MOST_RAISED, PATIENCE, raiseLongWaits, WAIT_KINDS } from "./raise-waits.ts";

const NOW = 1_764_500_000;

test("each kind is asked for with its own patience, and what is found is raised with its age", async () => {
  const asked: [string, number, number][] = [];
  const told: unknown[] = [];
  const raised = await raiseLongWaits({
    now: () => NOW,
    longWaits: {
      async unraised(kind, before, most) {
        asked.push([kind, NOW - before, most]);
        return kind === "wait-order"
          ? [{ subject: "7/3", since: NOW - 20 * 86_400, facts: { number: "7" } }]
          : [];
      },
    },
    attention: { raise: async (...line) => void told.push(line) },
  });
  expect(asked).toEqual([
    ["wait-gift", 600, MOST_RAISED],
    ["wait-event", 900, MOST_RAISED],
    ["wait-payment", 25 * 3600, MOST_RAISED],
    ["wait-order", 14 * 86_400, MOST_RAISED],
  ]);
  expect(told).toEqual([["wait-order", "7/3", { number: "7", since: String(NOW - 20 * 86_400) }]]);
  expect(raised).toEqual({ "wait-gift": 0, "wait-event": 0, "wait-payment": 0, "wait-order": 1 });
  expect(Object.keys(PATIENCE)).toEqual([...WAIT_KINDS]);
});
