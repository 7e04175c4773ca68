import { searchText } from "#app/domain/kernel/fold.ts";
import { addDays } from "#app/domain/kernel/calendar.ts";
import type { place, placeShape } from "#db/schema/places.ts";

import {
  communeOutlines,
  districtOutlines,
  newUnits,
  oldDistricts,
  oldToNew,
  type NewUnit,
  type OldCommune,
  type OldDistrict,
  type OldToNew,
  type Outline,
} from "./sources.ts";

type PlaceRow = typeof place.$inferInsert;
type ShapeRow = typeof placeShape.$inferInsert;

/** Oldest snapshot of the unit lists that was compared; the plan itself is of 2021-12-24. */
export const FIRST_DAY = "2021-11-01";
/** Ten changes of name and kind in Điện Bàn and Nông Sơn (727/NQ-UBTVQH15). */
const RENAMED = "2023-04-10";
/** Nông Sơn joins Quế Sơn, eight communes end (1241/NQ-UBTVQH15). */
const FIRST_MERGER = "2025-01-01";
/** Districts end, Quảng Nam joins Đà Nẵng, communes merge (202/2025/QH15, 1659/NQ-UBTVQH15). */
export const MERGER = "2025-07-01";

const OLD_PROVINCE = "49";
const CITY = "48";
const NONG_SON = "519";
const QUE_SON = "509";

const SOURCES = {
  old: "GSO unit list 2021-2024",
  renamed: "727/NQ-UBTVQH15",
  firstMerger: "1241/NQ-UBTVQH15",
  merger: "1659/NQ-UBTVQH15, 19/2025/QĐ-TTg",
  provinces: "202/2025/QH15",
};

/** Every unit in every period, from the source files: what the table `place` holds. */
export function placeRows(): PlaceRow[] {
  const steps = new Map(oldToNew().map((row) => [row.oldCode, row]));
  const labels = new Map(districtOutlines().map((row) => [row.properties.code, row]));
  const outlines = new Map(communeOutlines().map((row) => [row.properties.code, row]));
  const districts = oldDistricts();
  return [
    ...provinceRows(),
    ...districts.map((district) => districtRow(district, labels.get(district.code))),
    ...districts.flatMap((district) =>
      district.communes.flatMap((commune) => oldCommuneRows(district, commune, steps)),
    ),
    ...newUnits().map((unit) => newUnitRow(unit, outlines.get(unit.code))),
  ];
}

/** Outlines of the districts of 2024 and of the communes of 2025, simplified, not official. */
export function shapeRows(): ShapeRow[] {
  const rows = (list: Outline[], validFrom: string) =>
    list.map(({ properties, geometry }) => ({ code: properties.code, validFrom, geometry }));
  return [...rows(districtOutlines(), FIRST_DAY), ...rows(communeOutlines(), MERGER)];
}

function provinceRows(): PlaceRow[] {
  const city = { code: CITY, name: "Đà Nẵng", fullName: "Thành phố Đà Nẵng", slug: "da-nang" };
  const old = { code: OLD_PROVINCE, name: "Quảng Nam", fullName: "Tỉnh Quảng Nam" };
  const common = { kind: "province" as const, parent: null, source: SOURCES.provinces };
  const until = { validFrom: FIRST_DAY, validTo: addDays(MERGER, -1), successor: CITY };
  return [
    { ...old, ...common, ...until, slug: "quang-nam", searchText: searchText("Quảng Nam") },
    { ...city, ...common, ...until, searchText: searchText("Đà Nẵng") },
    { ...city, ...common, validFrom: MERGER, searchText: searchText("Đà Nẵng") },
  ];
}

function districtRow(district: OldDistrict, outline: Outline | undefined): PlaceRow {
  const early = district.code === NONG_SON;
  const mountain = district.group === "mountain";
  return {
    code: district.code,
    validFrom: FIRST_DAY,
    validTo: addDays(early ? FIRST_MERGER : MERGER, -1),
    kind: "district",
    name: district.name,
    fullName: district.fullName,
    slug: district.slug,
    parent: OLD_PROVINCE,
    successor: early ? QUE_SON : CITY,
    mountain,
    district2024: mountain ? district.code : null,
    labelLon: outline?.properties.label[0] ?? null,
    labelLat: outline?.properties.label[1] ?? null,
    searchText: searchText(district.name, district.fullName),
    source: SOURCES.old,
  };
}

/** One row a period: a change of name, kind or district ends a period and begins the next. */
function oldCommuneRows(
  district: OldDistrict,
  commune: OldCommune,
  steps: Map<string, OldToNew>,
): PlaceRow[] {
  const step = steps.get(commune.code);
  if (!step) throw new Error(`no successor for ${commune.code}`);
  const early = commune.nameUntil2023_04_09;
  const middle = step.on2025_01_01;
  const row = (fields: Partial<PlaceRow> & { fullName: string; validFrom: string }): PlaceRow =>
    oldCommuneRow(district, commune, fields);
  const rows: PlaceRow[] = [];
  if (early) {
    rows.push(
      row({
        fullName: early,
        validFrom: FIRST_DAY,
        validTo: addDays(RENAMED, -1),
        successor: commune.code,
      }),
    );
  }
  rows.push(
    row({
      fullName: commune.fullName,
      validFrom: early ? RENAMED : FIRST_DAY,
      validTo: addDays(middle ? FIRST_MERGER : MERGER, -1),
      successor: middle ? middle.code : step.newCode,
      source: early ? SOURCES.renamed : SOURCES.old,
    }),
  );
  if (middle?.code === commune.code) {
    rows.push(
      row({
        fullName: middle.name,
        parent: middle.districtCode,
        validFrom: FIRST_MERGER,
        validTo: addDays(MERGER, -1),
        successor: step.newCode,
        source: SOURCES.firstMerger,
      }),
    );
  }
  return rows;
}

function oldCommuneRow(
  district: OldDistrict,
  commune: OldCommune,
  fields: Partial<PlaceRow> & { fullName: string; validFrom: string },
): PlaceRow {
  const name = fields.fullName.replace(/^(Xã|Phường|Thị trấn) /u, "");
  const mountain = district.group === "mountain";
  const spellings = commune.otherSpellings ?? [];
  return {
    code: commune.code,
    kind: "commune",
    name,
    slug: fields.fullName === commune.fullName ? commune.slug : slugOf(fields.fullName),
    parent: district.code,
    otherSpellings: spellings,
    mountain,
    district2024: mountain ? district.code : null,
    searchText: searchText(name, ...spellings, district.name),
    source: SOURCES.old,
    ...fields,
  };
}

function newUnitRow(unit: NewUnit, outline: Outline | undefined): PlaceRow {
  const mountain = outline?.properties.group === "mountain";
  return {
    code: unit.code,
    validFrom: MERGER,
    kind: "commune",
    name: unit.name,
    fullName: unit.fullName,
    slug: unit.slug,
    parent: CITY,
    otherSpellings: unit.otherSpellings ?? [],
    mountain,
    district2024: mountain ? (outline?.properties.district2024 ?? null) : null,
    labelLon: outline?.properties.label[0] ?? null,
    labelLat: outline?.properties.label[1] ?? null,
    searchText: searchText(unit.name, ...(unit.otherSpellings ?? []), "Đà Nẵng"),
    source: SOURCES.merger,
  };
}

function slugOf(text: string): string {
  return searchText(text).split(" | ")[0]?.replaceAll(" ", "-") ?? "";
}
