import type { norm, planModel, planTarget, rule, twinPair } from "#db/schema/places.ts";

import { twinning } from "./sources.ts";

/** Day of the plan; its norms, targets and twins hold from here. */
export const PLAN_DAY = "2021-12-24";
const LAST_DISTRICT_DAY = "2025-06-30";

const SPECIES = { bo: "BO", de: "DE" } as const;

/** What one household gets and what a head costs on average (plan 9295, II.1.3). */
export function normRows(): (typeof norm.$inferInsert)[] {
  return twinning().livestock.map((line) => ({
    id: `${line.species}-2021`,
    model: "livestock",
    species: SPECIES[line.species],
    perHousehold: line.perHousehold,
    unitPrice: BigInt(line.unitPriceVnd),
    validFrom: PLAN_DAY,
    source: "plan 9295, II.1.3",
  }));
}

/** Animals and households a district is to reach (plan 9295, II.1.3). */
export function targetRows(): (typeof planTarget.$inferInsert)[] {
  return twinning().livestock.flatMap((line) =>
    line.districts.map((district) => ({
      district,
      species: SPECIES[line.species],
      animals: line.perDistrict.animals,
      households: line.perDistrict.households,
      validFrom: PLAN_DAY,
      source: "plan 9295, II.1.3",
    })),
  );
}

/** Plains units and the mountain districts they stand beside, read off the order of two lists (plan 9295, III.7). */
export function twinRows(): (typeof twinPair.$inferInsert)[] {
  return twinning().pairs.map(({ plainsCode, mountainCode }) => ({
    plainsCode,
    mountainCode,
    validFrom: PLAN_DAY,
    validTo: LAST_DISTRICT_DAY,
    status: "inferred",
    source: "plan 9295, III.7, order of the two lists",
  }));
}

/** The four models of the plan. */
export const MODELS: (typeof planModel.$inferInsert)[] = [
  {
    code: "livestock",
    n: 1,
    titleVi: "Chăn nuôi bò và dê sinh sản",
    titleEn: "Breeding cows and goats",
    source: "plan 9295, II.1",
  },
  {
    code: "start-up",
    n: 2,
    titleVi: "Khởi nghiệp nông, lâm nghiệp",
    titleEn: "Farm and forest start-ups",
    source: "plan 9295, II.2",
  },
  {
    code: "training",
    n: 3,
    titleVi: "Bồi dưỡng cán bộ cơ sở",
    titleEn: "Training of grassroots officials",
    source: "plan 9295, II.3",
  },
  {
    code: "village",
    n: 4,
    titleVi: "Thôn văn minh, kiểu mẫu",
    titleEn: "Model villages",
    source: "plan 9295, II.4",
  },
];

/**
 * Rules that change over time. Amounts are đồng as decimal text.
 *
 * The plan leaves most of them open (features.md 4.8): these are the platform's own settings, and their sources say so.
 */
export const RULES: (typeof rule.$inferInsert)[] = [
  {
    code: "gift.limits",
    validFrom: PLAN_DAY,
    value: {
      bank: { least: "1000", most: "9999999999999" },
      vnpay: { least: "10000", most: "9999999999" },
      stripe: { least: "50000", most: "50000000" },
    },
    source: "setting; payments.md 1.1 (twelve digits) and 3.3 (own range for cards)",
  },
  {
    code: "gateway.charges",
    validFrom: PLAN_DAY,
    value: { vnpay: { share: "110", fixed: "1650" }, stripe: { share: "340", fixed: "9500" } },
    source:
      "setting, about what such contracts ask; to be replaced by the figures of the contract once it is signed (payments.md, open questions)",
  },
  { code: "lists.least-cell", validFrom: PLAN_DAY, value: 5, source: "vietnam-rules.md 11" },
  { code: "ledger.late-days", validFrom: PLAN_DAY, value: 7, source: "ledger.md 3.12" },
  {
    code: "notices.least-days",
    validFrom: "2023-07-01",
    value: 20,
    source: "law 10/2022/QH15, not verified word for word (vietnam-rules.md 3)",
  },
  {
    code: "notices.publish-within-working-days",
    validFrom: "2023-07-01",
    value: 5,
    source: "law 10/2022/QH15, not verified word for word (vietnam-rules.md 3)",
  },
  // Neither plan nor law says how many must come; half of the called is what communes set for village meetings.
  {
    code: "meetings.quorum",
    validFrom: PLAN_DAY,
    value: { share: 50 },
    source:
      "setting; percent of households called. The plan asks for an open vote (II.1.2) and names no quorum",
  },
  {
    code: "objections.answer-days",
    validFrom: PLAN_DAY,
    value: 15,
    source: "setting, shorter than the 30 days of the law on complaints (02/2011/QH13, art. 28)",
  },
  {
    code: "objections.least-days-after-change",
    validFrom: PLAN_DAY,
    value: 3,
    source: "setting",
  },
  { code: "objections.most-open", validFrom: PLAN_DAY, value: 20, source: "setting" },
  { code: "campaigns.opinion-days", validFrom: PLAN_DAY, value: 10, source: "setting" },
  { code: "pledges.grace-days", validFrom: PLAN_DAY, value: 60, source: "setting" },
  { code: "payments.window-minutes", validFrom: PLAN_DAY, value: 15, source: "payments.md 1.1" },
  {
    code: "twins.statement-years",
    validFrom: PLAN_DAY,
    value: { every: 1, review: 3, conclude: 5 },
    source: "plan 9295, III.7",
  },
  { code: "twins.least-models", validFrom: PLAN_DAY, value: 2, source: "plan 9295, III.7" },
  // The plan asks for a statement a year and leaves anything more frequent open (features.md 4.8).
  {
    code: "progress.every-days",
    validFrom: PLAN_DAY,
    value: 180,
    source: "setting; plan 9295, III.7 asks for one a year at least",
  },
  { code: "progress.grace-days", validFrom: PLAN_DAY, value: 30, source: "setting" },
  {
    code: "register.answer-working-days",
    validFrom: PLAN_DAY,
    value: 2,
    source: "decree 356/2025/NĐ-CP, as read in vietnam-rules.md 2; before 2026 a setting",
  },
  {
    code: "register.act-hours",
    validFrom: PLAN_DAY,
    value: 72,
    source: "decree 13/2023/NĐ-CP, as read in vietnam-rules.md 2; before July 2023 a setting",
  },
  {
    code: "poverty.rural-line",
    validFrom: "2022-01-01",
    value: { month: "1500000", poorFrom: 3 },
    source: "decree 07/2021/NĐ-CP",
  },
];
