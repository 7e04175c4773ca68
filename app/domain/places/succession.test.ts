import { describe, expect, it } from "vitest";

import { becameBy, unitOn } from "./succession.ts";
import { findUnit, periodsOf, type Unit } from "./unit.ts";

const unit = (fields: Partial<Unit> & Pick<Unit, "code" | "validFrom" | "kind">): Unit => ({
  validTo: null,
  name: fields.code,
  fullName: fields.code,
  slug: fields.code,
  parent: null,
  successor: null,
  otherSpellings: [],
  mountain: false,
  district2024: null,
  ...fields,
});

const OLD = { validFrom: "2021-11-01", validTo: "2025-06-30" };
const district = unit({ code: "504", kind: "district", ...OLD, successor: "48", mountain: true });
const commune = { kind: "commune" as const, district2024: "504", mountain: true };
const trHy = unit({ code: "20446", ...commune, ...OLD, parent: "504", successor: "20443" });
const aXan = unit({ code: "20443", ...commune, ...OLD, parent: "504", successor: "20443" });
const hungSon = unit({ code: "20443", ...commune, validFrom: "2025-07-01", parent: "48" });
const city = unit({ code: "48", kind: "province", validFrom: "2025-07-01" });
const units = [district, trHy, aXan, hungSon, city];

describe("a code in time", () => {
  it("names the unit of the day asked for", () => {
    expect(findUnit(units, "20443", "2025-06-30")).toEqual({ ok: true, value: aXan });
    expect(findUnit(units, "20443", "2025-07-01")).toEqual({ ok: true, value: hungSon });
    expect(periodsOf(units, "20443")).toEqual([aXan, hungSon]);
  });

  it("tells an unknown code from one that is not in force on that day", () => {
    expect(findUnit(units, "99999", "2025-01-01")).toMatchObject({
      problem: { code: "place.unknown", place: "99999" },
    });
    expect(findUnit(units, "20446", "2025-07-01")).toMatchObject({
      problem: { code: "place.not-then", day: "2025-07-01" },
    });
  });
});

describe("what a unit became", () => {
  it("is nothing on its last day and its successor on the next", () => {
    expect(becameBy(units, trHy, "2025-06-30")).toEqual([]);
    expect(becameBy(units, trHy, "2025-07-01")).toEqual([hungSon]);
    expect(unitOn(units, trHy, "2026-11-23")).toBe(hungSon);
    expect(unitOn(units, trHy, "2022-05-05")).toBe(trHy);
    expect(unitOn(units, hungSon, "2022-05-05")).toBeUndefined();
  });
});
