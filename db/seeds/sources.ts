import { readFileSync } from "node:fs";

/** A commune as the unit lists of 2021 to 2024 give it. */
export interface OldCommune {
  code: string;
  name: string;
  fullName: string;
  slug: string;
  otherSpellings?: string[];
  nameUntil2023_04_09?: string;
}

/** A district of Quảng Nam with its communes. */
export interface OldDistrict {
  code: string;
  name: string;
  fullName: string;
  slug: string;
  group: "mountain" | "plain" | "midland";
  communes: OldCommune[];
}

/** A commune-level unit of Đà Nẵng from 1 July 2025. */
export interface NewUnit {
  code: string;
  name: string;
  fullName: string;
  slug: string;
  otherSpellings?: string[];
}

/** What a commune of 2024 became, with the step of 1 January 2025 where there was one. */
export interface OldToNew {
  oldCode: string;
  newCode: string;
  on2025_01_01?: { code: string; name: string; districtCode: string };
}

/** A unit's outline with a point inside it for its label. */
export interface Outline {
  properties: { code: string; district2024?: string; group: string; label: [number, number] };
  geometry: { type: string; coordinates: unknown };
}

/** The twins and the livestock budget of the plan. */
export interface Twinning {
  pairs: { plainsCode: string; mountainCode: string }[];
  livestock: {
    species: "bo" | "de";
    districts: string[];
    perHousehold: number;
    unitPriceVnd: number;
    perDistrict: { animals: number; households: number };
  }[];
}

/** Districts and communes of Quảng Nam, 2021 to 2024. */
export const oldDistricts = () =>
  read<{ districts: OldDistrict[] }>("admin/quang-nam-2021-2024.json").districts;

/** The 94 units of Đà Nẵng. */
export const newUnits = () => read<{ units: NewUnit[] }>("admin/da-nang-2025.json").units;

/** The 241 steps from the old communes to the new units. */
export const oldToNew = () => read<{ rows: OldToNew[] }>("admin/old-to-new-2025.json").rows;

/** Twins and livestock budget. */
export const twinning = () => read<Twinning>("admin/twinning-plan-9295.json");

/** Outlines of the new communes out of Quảng Nam. */
export const communeOutlines = () => [
  ...outlines("geo/communes-2025-mountain.geojson"),
  ...outlines("geo/communes-2025-other.geojson"),
];

/** Outlines of the eighteen districts of 2024. */
export const districtOutlines = () => [
  ...outlines("geo/districts-2024-mountain.geojson"),
  ...outlines("geo/districts-2024-other.geojson"),
];

function outlines(name: string): Outline[] {
  return read<{ features: Outline[] }>(name).features;
}

function read<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`./data/${name}`, import.meta.url), "utf8")) as Shape;
}
