import { describe, expect, it } from "vitest";

import { type HandedOver, wrongHouseholds, wrongLines } from "./hand-over.ts";
import type { HerdAnimal } from "./ports.ts";

const NORM = { id: "bo-2021", species: "BO", perHousehold: 2, unitPrice: 20_000_000n };
const line = (fields: Partial<HandedOver> = {}): HandedOver => ({
  code: "LD1-0001",
  price: 19_500_000n,
  household: "H-LD1-001",
  ...fields,
});
const lines = (...all: HandedOver[]) => ({ on: "2025-03-20", lines: all });
const known = (fields: Partial<HerdAnimal>): HerdAnimal => ({
  code: "LD1-0009",
  species: "BO",
  campaign: "LD1",
  commune: "20704",
  round: 1,
  alive: true,
  undone: false,
  ...fields,
});
const keeps = (code: string, count: number) => ({
  code,
  campaign: "LD1",
  group: "LD1-N1",
  round: 1,
  keeps: count,
});

describe("a handed-over animal", () => {
  const wrong = (one: HandedOver, animals: HerdAnimal[] = []) =>
    wrongLines(lines(one), { id: "LD1" }, NORM, animals)?.code;

  it("has a code of its campaign that nothing else has", () => {
    expect(wrong(line())).toBeUndefined();
    expect(wrong(line({ code: "MC1-0001" }))).toBe("animal.bad-code");
    expect(wrong(line({ code: "LD1-1" }))).toBe("animal.bad-code");
    expect(wrong(line(), [known({ code: "LD1-0001" })])).toBe("animal.exists");
  });

  it("may cost the norm, and more only with a reason about prices", () => {
    expect(wrong(line({ price: 20_000_000n }))).toBeUndefined();
    expect(wrong(line({ price: 20_000_001n }))).toBe("animal.price-unexplained");
    expect(wrong(line({ price: 20_000_001n, priceReason: "surplus" }))).toBe(
      "animal.price-unexplained",
    );
    expect(wrong(line({ price: 21_000_000n, priceReason: "price-pregnant" }))).toBeUndefined();
    const unbound = wrongLines(lines(line({ price: 9n ** 9n })), { id: "LD1" }, undefined, []);
    expect(unbound).toBeUndefined();
  });

  it("replaces only an animal that is dead", () => {
    const replacing = line({ replaces: "LD1-0009" });
    expect(wrong(replacing)).toBe("animal.nothing-to-replace");
    expect(wrong(replacing, [known({})])).toBe("animal.nothing-to-replace");
    expect(wrong(replacing, [known({ alive: false })])).toBeUndefined();
    expect(wrong(replacing, [known({ alive: false, undone: true })])).toBe(
      "animal.nothing-to-replace",
    );
  });

  it("is born by then, and what it replaces has died by then", () => {
    expect(wrong(line({ bornOn: "2025-03-20" }))).toBeUndefined();
    expect(wrong(line({ bornOn: "2025-03-21" }))).toBe("animal.too-early");
    const dead = (lastOn: string) => [known({ alive: false, lastOn })];
    const replacing = line({ replaces: "LD1-0009" });
    expect(wrong(replacing, dead("2025-03-20"))).toBeUndefined();
    expect(wrong(replacing, dead("2025-03-21"))).toBe("animal.too-early");
  });
});

describe("a household", () => {
  it("gets what the norm gives and no more, counting what it keeps already", () => {
    const two = lines(line(), line({ code: "LD1-0002" }));
    expect(wrongHouseholds(two, NORM, [keeps("H-LD1-001", 0)])).toBeUndefined();
    expect(wrongHouseholds(two, NORM, [keeps("H-LD1-001", 1)])).toEqual({
      code: "household.over-norm",
      household: "H-LD1-001",
      perHousehold: 2,
    });
  });

  it("must be listed", () => {
    expect(wrongHouseholds(lines(line()), NORM, [])?.code).toBe("household.unknown");
    const ofGroup: HandedOver = { code: "DT1-0001", price: 4_500_000n };
    expect(wrongHouseholds(lines(ofGroup), undefined, [])).toBeUndefined();
  });
});
