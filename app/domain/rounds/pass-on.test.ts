import { expect, it } from "vitest";

import type { HerdAnimal, ListedHousehold } from "../animals/ports.ts";
import { wrongPassing } from "./pass-on.ts";

const CALF: HerdAnimal = {
  code: "MC1-0071",
  species: "BO",
  campaign: "MC1",
  commune: "20494",
  round: 1,
  alive: true,
  undone: false,
  dam: "MC1-0003",
  bornOn: "2023-12-01",
  sex: "F",
  keeper: "H-MC1-002",
};
const household = (code: string, round: number): ListedHousehold => ({
  code,
  campaign: "MC1",
  group: "MC1-N1",
  round,
  keeps: 0,
});
const HOUSEHOLDS = [household("H-MC1-002", 1), household("H-MC1-031", 2)];
const TERMS = { id: "MC1", passOnAgeDays: 365 };

const wrong = (
  animal: Partial<HerdAnimal> = {},
  { on = "2024-12-05", to = "H-MC1-031", households = HOUSEHOLDS } = {},
) =>
  wrongPassing(
    { on, passings: [{ animal: "MC1-0071", household: to }] },
    TERMS,
    [{ ...CALF, ...animal }],
    households,
  );

it("passes on an offspring that is old enough to a household of the next round", () => {
  expect(wrong()).toBeUndefined();
  expect(wrong({}, { on: "2024-11-30" })).toBeUndefined();
  expect(wrong({}, { on: "2024-11-29" })).toEqual({
    code: "pass-on.too-young",
    animal: "MC1-0071",
    days: 364,
    needed: 365,
  });
  expect(wrong({}, { to: "H-MC1-002" })?.code).toBe("pass-on.other-round");
  expect(wrong({ round: 2 })?.code).toBe("pass-on.other-round");
  expect(wrong({}, { to: "H-MC1-099" })?.code).toBe("household.unknown");
});

it("never passes on before what happened last", () => {
  expect(wrong({ lastOn: "2024-12-05" })).toBeUndefined();
  expect(wrong({ lastOn: "2024-12-06" })).toEqual({
    code: "animal.too-early",
    animal: "MC1-0071",
    since: "2024-12-06",
  });
});

it("never passes on what was bought, is dead, or nobody keeps", () => {
  const { dam: _, ...bought } = CALF;
  const passings = [{ animal: "MC1-0071", household: "H-MC1-031" }];
  const act = { on: "2024-12-05", passings };
  expect(wrongPassing(act, TERMS, [bought], HOUSEHOLDS)?.code).toBe("pass-on.not-offspring");
  expect(wrong({ alive: false })?.code).toBe("pass-on.not-offspring");
  expect(wrong({ campaign: "KD1" })?.code).toBe("pass-on.not-offspring");
  expect(wrong({ keeper: "H-MC1-055" })?.code).toBe("pass-on.no-keeper");
});
