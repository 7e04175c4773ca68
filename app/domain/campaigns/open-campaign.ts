import type { Writing } from "../acts/act.ts";
import { type Day, isDay } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { isReferenceCode } from "../payments/reference-code.ts";
import { inForce } from "../places/unit.ts";
import type { CampaignTerms, NormTerms, TermsStores } from "./terms.ts";

/** One line of what a campaign needs. */
export interface Need {
  readonly species: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly quantity: number;
  /** đồng for one */
  readonly unitPrice: Dong;
}

/** All that has to be there before a campaign may ask for money (vietnam-rules.md 4). */
export interface CampaignPlan extends Omit<CampaignTerms, "communeFrom" | "goal" | "closedOn"> {
  readonly slug: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly summaryVi: string;
  readonly summaryEn: string;
  readonly storyVi: string;
  readonly storyEn: string;
  readonly households: number;
  readonly needs: readonly Need[];
  readonly bankAccount: string;
  /** Standing code for people who type it from a poster. */
  readonly code: string;
  /** Organisations by id. */
  readonly twin: string;
  readonly responsible: string;
  readonly publishedBy: string;
  readonly publishedOn: Day;
  readonly decisionNumber: string;
  readonly decisionDate: Day;
}

/** Storing campaigns. */
export interface CampaignRegister {
  /** Whether an id, slug or standing code is in use. */
  taken(id: string, slug: string, code: string): Promise<boolean>;
  add(campaign: StoredCampaign): Promise<void>;
}

/** A campaign as it is stored: the goal is the sum of its needs. */
export interface StoredCampaign extends Omit<CampaignPlan, "needs"> {
  readonly goal: Dong;
  readonly communeFrom: Day;
  /** Mountain district of 2024 (plan 9295, II.1.1). */
  readonly district: string;
  readonly needs: readonly (Need & { readonly normId?: string })[];
  /** Names the search should find it by. */
  readonly places: readonly string[];
}

export type OpenProblem =
  | { code: "campaign.missing"; field: string }
  | { code: "campaign.taken"; id: string }
  | { code: "campaign.bad-days" }
  | { code: "campaign.no-commune"; commune: string; day: Day }
  | { code: "campaign.not-mountain"; commune: string }
  | { code: "campaign.not-to-norm"; species: string; perHousehold: number; unitPrice: Dong };

/**
 * Publish a campaign of one commune: everything a donor must be able to read is there, the commune lies in one of the six
 * districts (plan 9295, II.1.1), and livestock is asked for exactly by the norm of the day (II.1.3).
 */
export async function openCampaign(
  services: Writing<TermsStores & { readonly campaignRegister: CampaignRegister }>,
  plan: CampaignPlan,
): Promise<Result<{ readonly id: string }, OpenProblem>> {
  const missing = missingField(plan);
  if (missing) return no(missing);
  return services.write(async ({ campaignTerms, places, campaignRegister }) => {
    if (await campaignRegister.taken(plan.id, plan.slug, plan.code)) {
      return no({ code: "campaign.taken", id: plan.id });
    }
    const periods = await places.periods(plan.commune);
    const commune = periods.find((unit) => inForce(unit, plan.publishedOn));
    if (commune?.kind !== "commune") {
      return no({ code: "campaign.no-commune", commune: plan.commune, day: plan.publishedOn });
    }
    if (commune.district2024 === null) {
      return no({ code: "campaign.not-mountain", commune: plan.commune });
    }
    const norm = await campaignTerms.norm(plan.species, plan.publishedOn);
    const wrong = norm && notToNorm(plan, norm);
    if (wrong) return no(wrong);
    await campaignRegister.add({
      ...plan,
      communeFrom: commune.validFrom,
      district: commune.district2024,
      goal: goalOf(plan.needs),
      needs: plan.needs.map((need) => (norm ? { ...need, normId: norm.id } : need)),
      places: [commune.fullName, ...commune.otherSpellings],
    });
    return ok({ id: plan.id });
  });
}

/** What the needs cost together. */
export function goalOf(needs: readonly Need[]): Dong {
  return needs.reduce((sum, need) => sum + BigInt(need.quantity) * need.unitPrice, 0n);
}

/** Livestock is asked for by the norm, whole households only. */
export function notToNorm(
  plan: Pick<CampaignPlan, "needs" | "households">,
  norm: NormTerms,
): OpenProblem | undefined {
  const [need, ...others] = plan.needs;
  const fits =
    need !== undefined &&
    others.length === 0 &&
    need.species === norm.species &&
    need.unitPrice === norm.unitPrice &&
    need.quantity === plan.households * norm.perHousehold;
  if (fits) return undefined;
  const { species, perHousehold, unitPrice } = norm;
  return { code: "campaign.not-to-norm", species, perHousehold, unitPrice };
}

const TEXTS = [
  "titleVi",
  "titleEn",
  "summaryVi",
  "summaryEn",
  "storyVi",
  "storyEn",
  "bankAccount",
  "twin",
  "responsible",
  "publishedBy",
  "decisionNumber",
] as const;

/** The first thing that is missing or malformed. */
export function missingField(plan: CampaignPlan): OpenProblem | undefined {
  if (!/^[A-Z]{2}\d{1,3}$/.test(plan.id)) return { code: "campaign.missing", field: "id" };
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(plan.slug)) {
    return { code: "campaign.missing", field: "slug" };
  }
  if (!isReferenceCode(plan.code)) return { code: "campaign.missing", field: "code" };
  const empty = TEXTS.find((field) => plan[field].trim() === "");
  if (empty) return { code: "campaign.missing", field: empty };
  if (plan.needs.length === 0) return { code: "campaign.missing", field: "needs" };
  if (plan.needs.some(({ quantity, unitPrice }) => quantity < 1 || unitPrice < 1n)) {
    return { code: "campaign.missing", field: "needs" };
  }
  const days = [plan.decisionDate, plan.publishedOn, plan.startsOn, plan.endsOn];
  const rising = days.every((day, at) => isDay(day) && (days[at - 1] ?? day) <= day);
  return rising && plan.startsOn < plan.endsOn ? undefined : { code: "campaign.bad-days" };
}
