import { expect, it } from "vitest";

import { coded, wrongGroup } from "./list-households.ts";
import type { NewHousehold } from "./ports.ts";

const household = (fields: Partial<NewHousehold> = {}): NewHousehold => ({
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
const leader = household({ leader: true, category: "other" });

it("founds a group of supported households with one elected leader, who alone may be of no list", () => {
  expect(wrongGroup(list([leader, household(), household()]))).toBeUndefined();
  expect(wrongGroup(list([household(), household()]))).toEqual({
    code: "group.leaders",
    leaders: 0,
  });
  expect(wrongGroup(list([leader, household({ leader: true })]))?.code).toBe("group.leaders");
  expect(wrongGroup(list([leader, household(), household({ category: "other" })]))).toEqual({
    code: "group.too-few-poor",
    supported: 1,
    households: 3,
  });
});

it("adds households of a later round without another leader", () => {
  expect(wrongGroup(list([household(), household()], false))).toBeUndefined();
  expect(wrongGroup(list([], false))?.code).toBe("group.empty");
});

it("gives codes in the order that is drawn, not in that of the list", () => {
  const lots = ["c", "a", "b"];
  const found = coded(
    { campaign: "LD1", households: [leader, household({ name: "second" }), household()] },
    7,
    () => lots.shift() ?? "",
  );
  expect(found.map(({ code, name, leader: leads }) => [code, name, leads])).toEqual([
    ["H-LD1-008", "second", false],
    ["H-LD1-009", "Zơrâm Thị Hoa", false],
    ["H-LD1-010", "Zơrâm Thị Hoa", true],
  ]);
});
