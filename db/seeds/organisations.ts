import type { organisation } from "#db/schema/places.ts";

import { FIRST_DAY, MERGER, placeRows } from "./places.ts";
import { twinning } from "./sources.ts";

type Organisation = typeof organisation.$inferInsert;

const LAST_OLD_DAY = "2025-06-30";

/** Who leads the appeal until the merger (plan 9295, III.1). */
export const COMMITTEE = "ban-dan-toc-quang-nam";
/** Who leads it after: the decision that names the office was not found, so the name says only the task. */
export const COMMITTEE_AFTER = "dan-toc-da-nang";

/** Offices of the plan, their periods and what followed them after 1 July 2025. */
export function organisationRows(): Organisation[] {
  return [...provinceOffices(), ...districtOffices(), ...twinnedUnits(), ...communeCommittees()];
}

/** Id of the People's Committee of a commune in the period that begins on `validFrom`. */
export function communeCommittee(code: string, validFrom: string): string {
  return validFrom < MERGER ? `ubnd-${code}-2021` : `ubnd-${code}-2025`;
}

/** Id of the ethnic affairs office of a mountain district. */
function districtOffice(district: string): string {
  return `phong-dan-toc-${district}`;
}

/** Id of the twinned plains unit of 2021 to 2025. */
function twinnedUnit(plainsCode: string): string {
  return `ubnd-${plainsCode}-2021`;
}

function provinceOffices(): Organisation[] {
  const office = (
    id: string,
    kind: "committee" | "department",
    before: [string, string],
    after: [string, string, string],
  ): Organisation[] => [
    {
      id,
      kind,
      nameVi: before[0],
      nameEn: before[1],
      place: "49",
      validFrom: FIRST_DAY,
      validTo: LAST_OLD_DAY,
      successor: after[0],
    },
    { id: after[0], kind, nameVi: after[1], nameEn: after[2], place: "48", validFrom: MERGER },
  ];
  return [
    ...office(
      COMMITTEE,
      "committee",
      ["Ban Dân tộc tỉnh Quảng Nam", "Ethnic Affairs Committee of Quảng Nam"],
      [
        COMMITTEE_AFTER,
        "Cơ quan phụ trách công tác dân tộc thành phố Đà Nẵng",
        "Office in charge of ethnic affairs, Đà Nẵng city",
      ],
    ),
    ...office(
      "ubnd-quang-nam",
      "department",
      ["Ủy ban nhân dân tỉnh Quảng Nam", "People's Committee of Quảng Nam province"],
      ["ubnd-da-nang", "Ủy ban nhân dân thành phố Đà Nẵng", "People's Committee of Đà Nẵng city"],
    ),
    ...office(
      "so-tai-chinh-quang-nam",
      "department",
      ["Sở Tài chính tỉnh Quảng Nam", "Department of Finance, Quảng Nam"],
      ["so-tai-chinh-da-nang", "Sở Tài chính thành phố Đà Nẵng", "Department of Finance, Đà Nẵng"],
    ),
    ...office(
      "so-khoa-hoc-quang-nam",
      "department",
      [
        "Sở Khoa học và Công nghệ tỉnh Quảng Nam",
        "Department of Science and Technology, Quảng Nam",
      ],
      [
        "so-khoa-hoc-da-nang",
        "Sở Khoa học và Công nghệ thành phố Đà Nẵng",
        "Department of Science and Technology, Đà Nẵng",
      ],
    ),
    ...office(
      "so-nong-nghiep-quang-nam",
      "department",
      [
        "Sở Nông nghiệp và Phát triển nông thôn tỉnh Quảng Nam",
        "Department of Agriculture and Rural Development, Quảng Nam",
      ],
      [
        "so-nong-nghiep-da-nang",
        "Sở Nông nghiệp và Môi trường thành phố Đà Nẵng",
        "Department of Agriculture and Environment, Đà Nẵng",
      ],
    ),
    ...office(
      "so-van-hoa-quang-nam",
      "department",
      [
        "Sở Văn hóa, Thể thao và Du lịch tỉnh Quảng Nam",
        "Department of Culture, Sports and Tourism, Quảng Nam",
      ],
      [
        "so-van-hoa-da-nang",
        "Sở Văn hóa, Thể thao và Du lịch thành phố Đà Nẵng",
        "Department of Culture, Sports and Tourism, Đà Nẵng",
      ],
    ),
    ...office(
      "mat-tran-quang-nam",
      "department",
      [
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Quảng Nam",
        "Fatherland Front Committee of Quảng Nam",
      ],
      [
        "mat-tran-da-nang",
        "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Đà Nẵng",
        "Fatherland Front Committee of Đà Nẵng",
      ],
    ),
  ];
}

/** The ethnic affairs offices of the six districts; the districts ended, their task went to the city's office. */
function districtOffices(): Organisation[] {
  return placeRows()
    .filter((row) => row.kind === "district" && row.mountain)
    .map((row) => ({
      id: districtOffice(row.code),
      kind: "district-office",
      nameVi: `Phòng Dân tộc huyện ${row.name}`,
      nameEn: `Ethnic Affairs Office of ${row.name} district`,
      place: row.code,
      validFrom: FIRST_DAY,
      validTo: LAST_OLD_DAY,
      successor: COMMITTEE_AFTER,
    }));
}

function twinnedUnits(): Organisation[] {
  const districts = new Map(
    placeRows()
      .filter((row) => row.kind === "district")
      .map((row) => [row.code, row]),
  );
  return twinning().pairs.map(({ plainsCode }) => {
    const fullName = districts.get(plainsCode)?.fullName ?? plainsCode;
    return {
      id: twinnedUnit(plainsCode),
      kind: "twinned-unit",
      nameVi: `Ủy ban nhân dân ${fullName.charAt(0).toLowerCase()}${fullName.slice(1)}`,
      nameEn: `People's Committee of ${districts.get(plainsCode)?.name ?? plainsCode}`,
      place: plainsCode,
      validFrom: FIRST_DAY,
      validTo: LAST_OLD_DAY,
      successor: "ubnd-da-nang",
    };
  });
}

/** People's Committees of the 68 mountain communes and of the 28 that followed them. */
function communeCommittees(): Organisation[] {
  return placeRows()
    .filter((row) => row.kind === "commune" && row.mountain)
    .map((row) => ({
      id: communeCommittee(row.code, row.validFrom),
      kind: "commune-committee",
      nameVi: `Ủy ban nhân dân ${row.fullName.charAt(0).toLowerCase()}${row.fullName.slice(1)}`,
      nameEn: `People's Committee of ${row.name} commune`,
      place: row.code,
      validFrom: row.validFrom,
      validTo: row.validTo ?? null,
      successor: row.successor ? communeCommittee(row.successor, MERGER) : null,
    }));
}
