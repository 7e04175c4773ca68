import { expect, it } from "vitest";

import { type CampaignPlan, goalOf, missingField, notToNorm, withNorm } from "./open-campaign.ts";

const NORM = { id: "de-2021", species: "DE", perHousehold: 5, unitPrice: 4_000_000n };
const need = (quantity: number, unitPrice = 4_000_000n, species = "DE") => ({
  species,
  titleVi: "Dê cái sinh sản",
  titleEn: "Breeding goats",
  quantity,
  unitPrice,
});

const PLAN: CampaignPlan = {
  id: "TH1",
  slug: "de-sinh-san-tr-hy",
  model: "livestock",
  species: "DE",
  commune: "20446",
  titleVi: "Dê",
  titleEn: "Goats",
  summaryVi: "Dê",
  summaryEn: "Goats",
  storyVi: "Dê",
  storyEn: "Goats",
  households: 30,
  needs: [need(150)],
  startsOn: "2022-04-11",
  endsOn: "2024-06-30",
  bankAccount: "van-dong",
  code: "QNK7F3K27",
  twin: "ubnd-503-2021",
  responsible: "ubnd-20446-2021",
  publishedBy: "ban-dan-toc-quang-nam",
  publishedOn: "2022-04-07",
  decisionNumber: "307/QĐ-UBND",
  decisionDate: "2022-03-29",
  passOnHeads: 1,
  passOnAgeDays: 180,
  surplusTo: null,
};

it("asks for livestock exactly by the norm, whole households only", () => {
  expect(notToNorm(PLAN, NORM)).toBeUndefined();
  expect(notToNorm({ households: 30, needs: [need(149)] }, NORM)?.code).toBe(
    "campaign.not-to-norm",
  );
  expect(notToNorm({ households: 30, needs: [need(150, 4_100_000n)] }, NORM)).toBeDefined();
  expect(notToNorm({ households: 30, needs: [need(150), need(1)] }, NORM)).toBeDefined();
  expect(goalOf(PLAN.needs)).toBe(600_000_000n);
});

it("takes another amount or price than the norm only with a coded reason of its kind", () => {
  const dear = { households: 30, needs: [need(150, 4_100_000n)] };
  expect(notToNorm(dear, NORM)).toMatchObject({ breach: "price" });
  expect(notToNorm({ ...dear, normReasons: ["heads-by-means"] }, NORM)).toBeDefined();
  expect(notToNorm({ ...dear, normReasons: ["price-market"] }, NORM)).toBeUndefined();
  const fewer = { households: 30, needs: [need(100)], normReasons: ["heads-by-means"] };
  expect(notToNorm(fewer, NORM)).toBeUndefined();
  expect(notToNorm({ ...fewer, normReasons: [] }, NORM)).toMatchObject({ breach: "heads" });
  const barns = { households: 30, needs: [need(150), need(30, 2_000_000n)] };
  expect(notToNorm(barns, NORM)).toMatchObject({ breach: "lines" });
  expect(notToNorm({ ...barns, normReasons: ["with-barn-and-fodder"] }, NORM)).toBeUndefined();
});

it("names the norm only where a campaign keeps to it", () => {
  expect(withNorm(PLAN, NORM)[0]).toMatchObject({ normId: "de-2021" });
  expect(withNorm({ ...PLAN, needs: [need(150, 1n)] }, NORM)[0]).not.toHaveProperty("normId");
});

it("takes English as a whole or not at all", () => {
  const vi = { ...PLAN, titleEn: "", summaryEn: "", storyEn: "" };
  expect(missingField(vi)).toBeUndefined();
  expect(missingField({ ...vi, titleEn: "Goats" })).toMatchObject({ field: "summaryEn" });
});

it("wants everything a donor must be able to read", () => {
  expect(missingField(PLAN)).toBeUndefined();
  for (const field of ["titleEn", "storyVi", "bankAccount", "twin", "decisionNumber"] as const) {
    expect(missingField({ ...PLAN, [field]: " " })).toEqual({ code: "campaign.missing", field });
  }
  expect(missingField({ ...PLAN, slug: "Dê sinh sản" })).toMatchObject({ field: "slug" });
  expect(missingField({ ...PLAN, code: "QNK7F3K28" })).toMatchObject({ field: "code" });
  expect(missingField({ ...PLAN, needs: [] })).toMatchObject({ field: "needs" });
  expect(missingField({ ...PLAN, needs: [need(0)] })).toMatchObject({ field: "needs" });
});

it("wants its days in order: decided, published, begun, ended", () => {
  expect(missingField({ ...PLAN, endsOn: "2022-04-11" })?.code).toBe("campaign.bad-days");
  expect(missingField({ ...PLAN, decisionDate: "2022-04-08" })?.code).toBe("campaign.bad-days");
  expect(missingField({ ...PLAN, startsOn: "2022-02-30" })?.code).toBe("campaign.bad-days");
});
