import { expect, test } from "vitest";

import type { StoryAnimal, StoryEvent } from "../donations/ports.ts";
import { campaignThings } from "./campaign-things.ts";

const event = (kind: StoryEvent["kind"], more: Partial<StoryEvent> = {}): StoryEvent => ({
  animal: "LD1-0001",
  n: 0,
  kind,
  on: "2024-08-20",
  entry: 5,
  household: null,
  other: null,
  cause: null,
  undone: false,
  ...more,
});

const cow = (code: string, more: Partial<StoryAnimal> = {}): StoryAnimal => ({
  code,
  species: "BO",
  campaign: "LD1",
  commune: "20704",
  round: 1,
  entry: 5,
  price: 20_000_000n,
  dam: null,
  bornOn: null,
  sex: "F",
  priceReason: null,
  undone: false,
  events: [event("handed-over", { household: "H-LD1-001" })],
  ...more,
});

test("what was delivered, what came for the dead, and the young stand apart; what was reversed nowhere", () => {
  const things = campaignThings([
    cow("LD1-0001", {
      events: [
        event("handed-over", { household: "H-LD1-001" }),
        event("died", { cause: "disease" }),
      ],
    }),
    cow("LD1-0002", { undone: true }),
    cow("LD1-0003", { events: [event("handed-over", { other: "LD1-0001" })] }),
    cow("LD1-0005", {
      dam: "LD1-0001",
      price: null,
      bornOn: "2025-06-01",
      events: [event("born"), event("passed-on", { household: "H-LD1-030" })],
    }),
    cow("LD1-0004", {
      dam: "LD1-0001",
      price: null,
      bornOn: "2025-03-01",
      events: [event("born")],
    }),
  ]);
  expect(things.delivered).toEqual([
    {
      code: "LD1-0001",
      species: "BO",
      state: "dead",
      household: "H-LD1-001",
      on: "2024-08-20",
      price: 20_000_000n,
      dam: null,
      replaces: null,
      passedOn: false,
    },
  ]);
  expect(things.replacements.map(({ code, replaces }) => [code, replaces])).toEqual([
    ["LD1-0003", "LD1-0001"],
  ]);
  expect(things.young.map(({ code, on, passedOn }) => [code, on, passedOn])).toEqual([
    ["LD1-0004", "2025-03-01", false],
    ["LD1-0005", "2025-06-01", true],
  ]);
});

test("an event of an entry that was reversed never happened", () => {
  const [one] = campaignThings([
    cow("LD1-0001", { events: [event("handed-over"), event("died", { undone: true })] }),
  ]).delivered;
  expect(one?.state).toBe("alive");
});
