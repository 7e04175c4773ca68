import { expect, it } from "vitest";

import { freeId, freeSlug } from "./publish-campaign.ts";
import { changedFields } from "./version.ts";

it("tells what changed field by field, and nothing else", () => {
  const before = {
    titleVi: "Bò",
    goal: "800000000",
    needs: [{ titleVi: "Bò", titleEn: "Cows", quantity: 40, unitPrice: "20000000" }],
    normReasons: [],
  };
  expect(changedFields(before, before)).toEqual([]);
  // The database gives keys of JSON back in an order of its own.
  const turned = [{ unitPrice: "20000000", quantity: 40, titleEn: "Cows", titleVi: "Bò" }];
  expect(changedFields(before, { ...before, needs: turned })).toEqual([]);
  expect(changedFields(before, { ...before, goal: "1", closedOn: "2026-12-01" })).toEqual([
    { field: "goal", before: "800000000", after: "1" },
    { field: "closedOn", before: null, after: "2026-12-01" },
  ]);
});

it("names a campaign by its commune and the first free number", () => {
  expect(freeId("La Dêê", [])).toBe("LD1");
  expect(freeId("La Dêê", ["LD1", "LD2"])).toBe("LD3");
  expect(freeId("Tr'Hy", ["TH1"])).toBe("TH2");
  expect(freeId("Avương", [])).toBe("AV1");
  expect(freeId("Đông", ["DO1"])).toBe("DO2");
});

it("gives it an address that is free and short", () => {
  expect(freeSlug("Bò sinh sản cho 30 hộ xã Mà Cooi", [])).toBe("bo-sinh-san-cho-30-ho-xa-ma-cooi");
  expect(freeSlug("Dê", ["de", "de-2"])).toBe("de-3");
  expect(freeSlug("Một tiêu đề rất dài ".repeat(9), []).length).toBeLessThanOrEqual(60);
  expect(freeSlug("!!!", [])).toBe("chien-dich");
});
