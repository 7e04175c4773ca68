import { describe, expect, it } from "vitest";

import {
  communeAddress,
  pickUnit,
  readCommuneAddress,
  type Searched,
  searched,
} from "./commune-file.ts";
import type { Unit } from "./unit.ts";

const unit = (code: string, validFrom: string, validTo: string | null, slug: string): Unit => ({
  code,
  validFrom,
  validTo,
  slug,
  kind: "commune",
  name: slug,
  fullName: slug,
  parent: null,
  successor: null,
  otherSpellings: [],
  mountain: true,
  district2024: "504",
});

const aXan = unit("20443", "2021-11-01", "2025-06-30", "xa-a-xan");
const hungSon = unit("20443", "2025-07-01", null, "xa-hung-son");
const both = [hungSon, aXan];

describe("the address of a commune", () => {
  it("carries the month its period began in, and leads back to it", () => {
    for (const one of both) {
      const asked = readCommuneAddress(communeAddress(one));
      expect(asked?.name).toBe("20443");
      expect(pickUnit(both, asked?.since, "2026-11-23")).toBe(one);
    }
  });

  it("may be a code, a slug, or either with a year", () => {
    expect(readCommuneAddress("20443")).toEqual({ name: "20443", since: undefined });
    expect(readCommuneAddress("20443-2021")).toEqual({ name: "20443", since: "2021" });
    expect(readCommuneAddress("xa-hung-son")).toEqual({ name: "xa-hung-son", since: undefined });
    expect(readCommuneAddress("Xa-A-Xan-2021-11")).toEqual({ name: "xa-a-xan", since: "2021-11" });
  });

  it("is nothing else", () => {
    for (const text of ["", "../x", "20443%00", "a--b", "-20443", "x".repeat(81), "20443;drop"]) {
      expect(readCommuneAddress(text)).toBeUndefined();
    }
  });
});

describe("a code with several periods", () => {
  it("means the one in force today when no period is named", () => {
    expect(pickUnit(both, undefined, "2024-05-05")).toBe(aXan);
    expect(pickUnit(both, undefined, "2026-05-05")).toBe(hungSon);
  });

  it("means its last one when none is in force any more", () => {
    expect(pickUnit([aXan], undefined, "2026-05-05")).toBe(aXan);
  });

  it("names no unit of a period that never was", () => {
    expect(pickUnit(both, "2019", "2026-05-05")).toBeUndefined();
  });
});

const met = (name: string, more: Partial<Searched> = {}): Searched => ({
  code: "1",
  validFrom: "2025-07-01",
  validTo: null,
  name,
  fullName: `Xã ${name}`,
  otherSpellings: [],
  now: null,
  district: "Nam Giang",
  ...more,
});

it("a search shows who bears the name first, then today's communes of the district", () => {
  const now = { code: "2", validFrom: "2025-07-01", name: "La Dêê", fullName: "Xã La Dêê" };
  const found = searched(
    [
      met("La Dêê"),
      met("Nam Giang"),
      met("Đắc Tôi", { validTo: "2025-06-30", now }),
      met("Zuôich", { validTo: "2025-06-30", now, otherSpellings: ["Namgiang"] }),
    ],
    "nam giang",
  );
  expect(found.map(({ fullName, bears }) => [fullName, bears])).toEqual([
    ["Xã Nam Giang", true],
    ["Xã Zuôich", true],
    ["Xã La Dêê", false],
  ]);
});
