import { expect, it } from "vitest";

import { answering, type Organisation } from "./organisation.ts";

function organisation(id: string, rest: Partial<Organisation> = {}): Organisation {
  const names = { nameVi: id, nameEn: id };
  const period = { validFrom: "2021-01-01", validTo: null, successor: null };
  return { id, kind: "district-office", ...names, place: null, ...period, version: 1, ...rest };
}

const all = [
  organisation("district", { validTo: "2025-06-30", successor: "city" }),
  organisation("city", { validFrom: "2025-07-01", validTo: "2030-12-31", successor: "next" }),
  organisation("next", { validFrom: "2031-01-01" }),
  organisation("closed", { validTo: "2023-01-01" }),
  organisation("round", { validTo: "2023-01-01", successor: "and-round" }),
  organisation("and-round", { validTo: "2023-01-01", successor: "round" }),
];

it.each([
  ["district", "2025-06-30", "district"],
  ["district", "2025-07-01", "city"],
  ["district", "2031-01-01", "next"],
  ["city", "2025-01-01", undefined],
  ["closed", "2026-01-01", undefined],
  ["round", "2026-01-01", undefined],
  ["nobody", "2026-01-01", undefined],
])("%s is answered on %s by %s", (id, day, by) => {
  expect(answering(all, id, day)?.id).toBe(by);
});
