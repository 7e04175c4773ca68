import { expect, it } from "vitest";

import { factsIn, isTelling } from "./facts.ts";

it("reads what an entry tells as text by name; lists are counted, objects told by their parts", () => {
  const facts = {
    list: "LD1-r1",
    version: 2,
    places: { office: 1, village: 3 },
    lines: [{ code: "H-LD1-001" }, { code: "H-LD1-002" }],
    reserve: true,
  };
  expect(factsIn(JSON.stringify({ entry: 7, facts }))).toEqual({
    list: "LD1-r1",
    version: "2",
    "places.office": "1",
    "places.village": "3",
    lines: "2",
    reserve: "true",
  });
  expect(factsIn(JSON.stringify({ entry: 7 }))).toBeUndefined();
});

it("knows which kinds tell", () => {
  expect(isTelling("list-decided")).toBe(true);
  expect(isTelling("disbursement")).toBe(false);
});
