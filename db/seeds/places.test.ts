import { expect, it } from "vitest";

import { successorOf } from "#app/domain/places/succession.ts";
import type { Unit } from "#app/domain/places/unit.ts";

import { organisationRows } from "./organisations.ts";
import { normRows, targetRows } from "./norms.ts";
import { placeRows, shapeRows } from "./places.ts";

const units: Unit[] = placeRows().map((row) => ({
  ...row,
  validTo: row.validTo ?? null,
  parent: row.parent ?? null,
  successor: row.successor ?? null,
  otherSpellings: row.otherSpellings ?? [],
  mountain: row.mountain ?? false,
  district2024: row.district2024 ?? null,
}));
const on = (day: string) =>
  units.filter((u) => u.validFrom <= day && (u.validTo ?? "9999-12-31") >= day);
const communes = (day: string) => on(day).filter((u) => u.kind === "commune");

it("has the units of each day that the sources count", () => {
  expect(communes("2022-01-01")).toHaveLength(241);
  expect(communes("2024-12-31")).toHaveLength(241);
  expect(communes("2025-01-01")).toHaveLength(233);
  expect(communes("2025-07-01")).toHaveLength(94);
  expect(on("2024-12-31").filter((u) => u.kind === "district")).toHaveLength(18);
  expect(on("2025-01-01").filter((u) => u.kind === "district")).toHaveLength(17);
  expect(communes("2022-01-01").filter((u) => u.mountain)).toHaveLength(68);
  expect(communes("2025-07-01").filter((u) => u.mountain)).toHaveLength(28);
});

it("gives every ended unit a successor in force on the next day, and never two rows a code and day", () => {
  for (const unit of units) {
    if (unit.validTo !== null) {
      expect(successorOf(units, unit)?.validFrom, unit.fullName).toBeDefined();
    }
    const same = units.filter((other) => other.code === unit.code && other !== unit);
    for (const other of same) {
      const apart =
        (unit.validTo ?? "9999") < other.validFrom || (other.validTo ?? "9999") < unit.validFrom;
      expect(apart, unit.code).toBe(true);
    }
  }
});

it("outlines the six districts and the 28 new communes", () => {
  const mountain = new Set(units.filter((u) => u.mountain).map((u) => `${u.code} ${u.validFrom}`));
  const drawn = shapeRows().filter((row) => mountain.has(`${row.code} ${row.validFrom}`));
  expect(drawn).toHaveLength(34);
});

it("adds up to the plan: 300 cows, 750 goats, 300 households, 9 billion đồng", () => {
  const price = new Map(normRows().map((row) => [row.species, row.unitPrice]));
  const sum = (species: string) =>
    targetRows()
      .filter((row) => row.species === species)
      .reduce((total, row) => total + row.animals, 0);
  expect([sum("BO"), sum("DE")]).toEqual([300, 750]);
  expect(targetRows().reduce((total, row) => total + row.households, 0)).toBe(300);
  const cost = targetRows().reduce(
    (total, row) => total + BigInt(row.animals) * (price.get(row.species) ?? 0n),
    0n,
  );
  expect(cost).toBe(9_000_000_000n);
});

it("names a real successor for every office that has one", () => {
  const ids = new Set(organisationRows().map((row) => row.id));
  expect(ids.size).toBe(organisationRows().length);
  for (const row of organisationRows()) {
    if (row.successor) expect(ids, row.id).toContain(row.successor);
  }
});
