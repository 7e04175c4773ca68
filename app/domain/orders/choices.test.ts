import { expect, test } from "vitest";

import type { StoryAnimal } from "../donations/ports.ts";
import type { LedgerRow } from "../ledger-reading/ports.ts";
import { orderChoices } from "./choices.ts";

const animal = (code: string, over: object = {}) =>
  ({
    code,
    species: "BO",
    campaign: "LD1",
    undone: false,
    events: [],
    ...over,
  }) as object as StoryAnimal;
const row = (number: number, over: Partial<LedgerRow> = {}) =>
  ({
    number,
    kind: "advance",
    on: "2026-05-01",
    amount: 5n,
    unit: "VND",
    reverses: null,
    reversedBy: null,
    ...over,
  }) as LedgerRow;

const asked: string[] = [];
const services = {
  animals: {
    async ofCampaign(id: string) {
      asked.push(id);
      return [
        animal(`${id}-1`),
        animal(`${id}-2`, { events: [{ kind: "died" }] }),
        animal(`${id}-3`, { undone: true }),
        animal(`${id}-4`, { species: "TB" }),
      ];
    },
  },
  books: {
    list: async () => ({
      rows: [row(9), row(8, { reverses: 7 }), row(7, { reversedBy: 8 }), row(6)],
      older: false,
      newer: false,
    }),
  },
};

test("a loss is of a living animal of the campaigns that can be asked for", async () => {
  const { animals, entries } = await orderChoices(services, "write-off", [{ id: "LD1" }]);
  expect(animals).toEqual([{ code: "LD1-1", campaign: "LD1" }]);
  expect(entries).toEqual([]);
  expect(asked).toEqual(["LD1"]);
});

test("a reversal is of an entry that stands; other forms ask the books for nothing", async () => {
  const { entries } = await orderChoices(services, "reversal", []);
  expect(entries.map(({ number }) => number)).toEqual([9, 6]);
  asked.length = 0;
  expect(await orderChoices(services, "advance", [{ id: "LD1" }])).toEqual({
    animals: [],
    entries: [],
  });
  expect(asked).toEqual([]);
});
