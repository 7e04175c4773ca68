import type { Model } from "./model.ts";
import type { Need } from "./need.ts";
import { own } from "../kernel/own.ts";
import type { Day } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import type { NormTerms } from "./terms.ts";

/** Where money over the goal goes. `same`: more of the same for the next households on the commune's list. */
export const SURPLUS_PLANS = ["same", "campaign", "reserve", "agreement"] as const;
export type SurplusPlan = (typeof SURPLUS_PLANS)[number];

/** What is done when too little came. */
export const SHORTFALL_PLANS = ["fewer", "extend", "other-source", "agreement"] as const;
export type ShortfallPlan = (typeof SHORTFALL_PLANS)[number];

/** Months within which the commune tells how it goes; the plan asks for a year at most (III.7). */
export const REPORTING_MONTHS = [1, 3, 6, 12] as const;

/** What is delivered in each model; livestock chooses. */
export const SPECIES_OF: Readonly<Record<Model, readonly string[]>> = {
  livestock: ["BO", "DE"],
  "start-up": ["TB"],
  training: ["LH"],
  village: ["TC"],
};

/** A need line as typed; money is whole đồng in digits. */
export interface DraftNeed {
  readonly titleVi: string;
  readonly titleEn: string;
  readonly unitVi: string;
  readonly unitEn: string;
  readonly quantity: number;
  readonly unitPrice: string;
  /** Item of the catalogue it was taken from; empty for a line of one's own. */
  readonly catalogue: string;
}

/** A picture of the story, by file. */
export interface DraftPicture {
  readonly file: string;
  readonly altVi: string;
  readonly altEn: string;
}

/** All that a campaign says, half-finished or whole: empty text and null are what is not there yet. */
export interface DraftContent {
  readonly model: Model | "";
  /** BO, DE, TB, LH, TC */
  readonly species: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly summaryVi: string;
  readonly summaryEn: string;
  /** Organisations by id. */
  readonly twin: string;
  readonly responsible: string;
  readonly reportingMonths: number | null;
  /** Target households by category (plan 9295, II.1.2). */
  readonly poor: number | null;
  readonly nearPoor: number | null;
  readonly escaped: number | null;
  /** Elected leaders who are in none of these. */
  readonly leader: number | null;
  /** Need lines are computed from the norm of the day. */
  readonly byNorm: boolean;
  readonly needs: readonly DraftNeed[];
  /** Codes of `NORM_REASONS`. */
  readonly normReasons: readonly string[];
  readonly bankAccount: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  /** Amendments only: the day on which it stops early. */
  readonly closedOn: Day;
  readonly decisionNumber: string;
  readonly decisionDate: Day;
  /** File id of the permitting decision. */
  readonly decisionFile: string;
  readonly surplus: SurplusPlan | "";
  /** Campaign id. */
  readonly surplusTo: string;
  readonly shortfall: ShortfallPlan | "";
  /** Heads passed on per head received, and the offspring's age in days when it is. */
  readonly passOnHeads: number | null;
  readonly passOnAgeDays: number | null;
  readonly storyVi: string;
  readonly storyEn: string;
  readonly pictures: readonly DraftPicture[];
  /** Amendments only: why, coded. */
  readonly reason: string;
}

/** The parts of a draft, each with a form of its own, in the order of the page. */
export const SECTIONS = {
  purpose: ["model", "species", "titleVi", "titleEn", "summaryVi", "summaryEn"],
  offices: ["twin", "responsible", "reportingMonths"],
  households: ["poor", "nearPoor", "escaped", "leader"],
  needs: ["byNorm", "needs", "normReasons"],
  account: ["bankAccount"],
  time: ["startsOn", "endsOn", "closedOn"],
  decision: ["decisionNumber", "decisionDate", "decisionFile"],
  plans: ["surplus", "surplusTo", "shortfall", "passOnHeads", "passOnAgeDays"],
  story: ["storyVi", "storyEn", "pictures"],
  change: ["reason"],
} as const satisfies Record<string, readonly (keyof DraftContent)[]>;
export type Section = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly Section[];

/** The fields of one section. */
export type SectionContent<Name extends Section = Section> = Pick<
  DraftContent,
  (typeof SECTIONS)[Name][number]
>;

/** A draft with nothing in it. */
export const EMPTY_CONTENT: DraftContent = {
  model: "",
  species: "",
  titleVi: "",
  titleEn: "",
  summaryVi: "",
  summaryEn: "",
  twin: "",
  responsible: "",
  reportingMonths: 12,
  poor: null,
  nearPoor: null,
  escaped: null,
  leader: null,
  byNorm: true,
  needs: [],
  normReasons: [],
  bankAccount: "",
  startsOn: "",
  endsOn: "",
  closedOn: "",
  decisionNumber: "",
  decisionDate: "",
  decisionFile: "",
  surplus: "",
  surplusTo: "",
  shortfall: "",
  passOnHeads: null,
  passOnAgeDays: null,
  storyVi: "",
  storyEn: "",
  pictures: [],
  reason: "",
};

/** Households of all categories together. */
export function householdsOf(
  content: Pick<DraftContent, "poor" | "nearPoor" | "escaped" | "leader">,
): number {
  const { poor, nearPoor, escaped, leader } = content;
  return (poor ?? 0) + (nearPoor ?? 0) + (escaped ?? 0) + (leader ?? 0);
}

/** What one species is called in need lines computed from its norm. */
const BY_NORM: Readonly<Record<string, Pick<Need, "titleVi" | "titleEn" | "unitVi" | "unitEn">>> = {
  BO: { titleVi: "Bò cái sinh sản", titleEn: "Breeding cows", unitVi: "con", unitEn: "head" },
  DE: { titleVi: "Dê cái sinh sản", titleEn: "Breeding goats", unitVi: "con", unitEn: "head" },
};

/**
 * The need lines of a draft: by the norm, households times what one gets at its price (plan 9295, II.1.3); else as typed.
 * Lines without a title are still being typed.
 */
export function needLinesOf(content: DraftContent, norm: NormTerms | undefined): Need[] {
  const words = own(BY_NORM, content.species);
  if (norm && words && content.byNorm) {
    const quantity = householdsOf(content) * norm.perHousehold;
    return quantity === 0
      ? []
      : [{ species: content.species, ...words, quantity, unitPrice: norm.unitPrice }];
  }
  return content.needs
    .filter(({ titleVi }) => titleVi !== "")
    .map((line, n) => needOf(content, line, n));
}

/** In livestock the first line is the animals; what stands below them (barns, fodder) is equipment. */
function needOf({ model, species: main }: DraftContent, line: DraftNeed, n: number): Need {
  const species = model === "livestock" && n > 0 ? "TB" : main;
  const { titleVi, titleEn, unitVi, unitEn, quantity, catalogue } = line;
  const unitPrice: Dong = /^\d{1,18}$/.test(line.unitPrice) ? BigInt(line.unitPrice) : 0n;
  const own = { species, titleVi, titleEn, unitVi, unitEn, quantity, unitPrice };
  return catalogue === "" ? own : { ...own, catalogue };
}
