import { expect, it } from "vitest";

import { wrongGroup } from "./list-households.ts";
import type { NewHousehold } from "./ports.ts";

const household = (n: number, fields: Partial<NewHousehold> = {}): NewHousehold => ({
  code: `H-LD1-${String(n).padStart(3, "0")}`,
  category: "poor",
  leader: false,
  name: "Zơrâm Thị Hoa",
  hamlet: "Thôn 1",
  ...fields,
});
const list = (households: NewHousehold[], founding = true) => ({
  campaign: "LD1",
  on: "2024-07-01",
  round: founding ? 1 : 2,
  group: founding
    ? { id: "LD1-N1", nameVi: "Nhóm 1", nameEn: "Group 1", decisionNumber: "13/QĐ-UBND" }
    : { id: "LD1-N1" },
  households,
});
const leader = household(1, { leader: true, category: "other" });

it("founds a group of supported households with one elected leader, who alone may be of no list", () => {
  expect(wrongGroup(list([leader, household(2), household(3)]))).toBeUndefined();
  expect(wrongGroup(list([household(2), household(3)]))).toEqual({
    code: "group.leaders",
    leaders: 0,
  });
  expect(wrongGroup(list([leader, household(2, { leader: true })]))?.code).toBe("group.leaders");
  expect(wrongGroup(list([leader, household(2), household(3, { category: "other" })]))).toEqual({
    code: "group.too-few-poor",
    supported: 1,
    households: 3,
  });
});

it("adds households of a later round without another leader", () => {
  expect(wrongGroup(list([household(40), household(41)], false))).toBeUndefined();
  expect(wrongGroup(list([], false))?.code).toBe("group.empty");
});

it("takes only codes of its campaign", () => {
  expect(wrongGroup(list([leader, household(2, { code: "H-MC1-002" })]))).toEqual({
    code: "household.bad-code",
    household: "H-MC1-002",
  });
});
