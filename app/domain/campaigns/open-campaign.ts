import type { Need } from "./need.ts";
import type { Writing } from "../acts/act.ts";
import { type Day, isDay } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { isReferenceCode } from "../kernel/reference-code.ts";
import { inForce } from "../places/unit.ts";
import { type Breach, BREACHES, NORM_REASONS } from "./campaign-reasons.ts";
import type { DraftPicture, ShortfallPlan, SurplusPlan } from "./draft-content.ts";
import type { CampaignTerms, NormTerms, TermsStores } from "./terms.ts";

/** Target households by category (plan 9295, II.1.2). */
interface HouseholdTargets {
  readonly poor: number;
  readonly nearPoor: number;
  readonly escaped: number;
  /** Elected leaders who are in none of these. */
  readonly leader: number;
}

/** What a campaign says besides; absent where it was opened before the office asked for it. */
export interface CampaignDetails {
  readonly targets?: HouseholdTargets;
  /** `same` where none is named. */
  readonly surplus?: SurplusPlan;
  readonly shortfall?: ShortfallPlan;
  readonly reportingMonths?: number;
  /** Why it asks otherwise than by the norm, codes of `NORM_REASONS`. */
  readonly normReasons?: readonly string[];
  /** Office that drafted it. */
  readonly draftedBy?: string;
  /** Draft it came from. */
  readonly draft?: string;
  /** The permitting decision on file, and the salted digest of its original. */
  readonly decision?: { readonly file: string; readonly digest: string };
  readonly pictures?: readonly DraftPicture[];
}

/** All that has to be there before a campaign may ask for money (vietnam-rules.md 4). */
export interface CampaignPlan
  extends Omit<CampaignTerms, "communeFrom" | "goal" | "closedOn">, CampaignDetails {
  readonly slug: string;
  readonly titleVi: string;
  /** English is there as a whole or not at all: title, summary and story. */
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
  /** Store a campaign and what it says as its first version. */
  add(campaign: StoredCampaign): Promise<void>;
  /** Ids and slugs in use. */
  names(): Promise<{ readonly ids: readonly string[]; readonly slugs: readonly string[] }>;
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
  | {
      code: "campaign.not-to-norm";
      breach: Breach;
      species: string;
      perHousehold: number;
      unitPrice: Dong;
    };

/**
 * Publish a campaign of one commune: everything a donor must be able to read is there, the commune lies in one of the six
 * districts (plan 9295, II.1.1), and livestock is asked for by the norm of the day (II.1.3), or with a coded reason that
 * donors read (features.md #72).
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
      needs: withNorm(plan, norm),
      places: [commune.fullName, ...commune.otherSpellings],
    });
    return ok({ id: plan.id });
  });
}

/** What the needs cost together. */
export function goalOf(needs: readonly Need[]): Dong {
  return needs.reduce((sum, need) => sum + BigInt(need.quantity) * need.unitPrice, 0n);
}

type Asked = Pick<CampaignPlan, "needs" | "households" | "normReasons">;

/** How what is asked for differs from the norm: its price, the heads for whole households, further lines. */
export function breachesOf({ needs, households }: Asked, norm: NormTerms): Breach[] {
  const ofSpecies = needs.filter((need) => need.species === norm.species);
  const priced = ofSpecies.filter(({ unitPrice }) => unitPrice === norm.unitPrice);
  const heads = priced.reduce((sum, { quantity }) => sum + quantity, 0);
  const broken: Record<Breach, boolean> = {
    price: needs.length > 0 && priced.length === 0,
    heads:
      (priced.length === 0 ? (needs[0]?.quantity ?? 0) : heads) !== households * norm.perHousehold,
    lines: needs.length > 1,
  };
  return BREACHES.filter((breach) => broken[breach]);
}

/** The first breach of the norm that no coded reason explains. */
export function notToNorm(plan: Asked, norm: NormTerms): OpenProblem | undefined {
  const given = new Set(plan.normReasons ?? []);
  const breach = breachesOf(plan, norm).find(
    (one) => !NORM_REASONS[one].some((reason) => given.has(reason)),
  );
  if (!breach) return undefined;
  const { species, perHousehold, unitPrice } = norm;
  return { code: "campaign.not-to-norm", breach, species, perHousehold, unitPrice };
}

/** Lines that are just what the norm gives name it. */
export function withNorm(plan: Asked, norm: NormTerms | undefined): StoredCampaign["needs"] {
  if (!norm || breachesOf(plan, norm).length > 0) return plan.needs;
  return plan.needs.map((need) => ({ ...need, normId: norm.id }));
}

const ENGLISH = ["titleEn", "summaryEn", "storyEn"] as const;
const TEXTS = [
  "titleVi",
  "summaryVi",
  "storyVi",
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
  const english = ENGLISH.some((field) => plan[field].trim() !== "") ? ENGLISH : [];
  const empty = [...TEXTS, ...english].find((field) => plan[field].trim() === "");
  if (empty) return { code: "campaign.missing", field: empty };
  if (plan.needs.length === 0) return { code: "campaign.missing", field: "needs" };
  if (plan.needs.some(({ quantity, unitPrice }) => quantity < 1 || unitPrice < 1n)) {
    return { code: "campaign.missing", field: "needs" };
  }
  const days = [plan.decisionDate, plan.publishedOn, plan.startsOn, plan.endsOn];
  const rising = days.every((day, at) => isDay(day) && (days[at - 1] ?? day) <= day);
  return rising && plan.startsOn < plan.endsOn ? undefined : { code: "campaign.bad-days" };
}
