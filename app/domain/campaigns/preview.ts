import type { Bilingual } from "../kernel/bilingual.ts";
import type { CampaignDraft } from "./draft.ts";
import { householdsOf, needLinesOf } from "./draft-content.ts";
import type { DraftChoices } from "./draft-ports.ts";
import { breachesOf, goalOf } from "./open-campaign.ts";
import type { CampaignPage } from "./ports.ts";
import type { NormTerms } from "./terms.ts";

/** The parts of a public page that a draft can be looked at as. */
export type CampaignPreview = Pick<
  CampaignPage,
  | "title"
  | "summary"
  | "story"
  | "model"
  | "species"
  | "goal"
  | "needs"
  | "units"
  | "things"
  | "households"
  | "householdsNeeded"
  | "targets"
  | "normReasons"
  | "surplus"
  | "surplusTo"
  | "shortfall"
  | "reportingMonths"
  | "passOn"
>;

/** A draft as donors would read it if it were published now; nothing has come in, nothing was handed over. */
export function previewOf(
  { content }: CampaignDraft,
  norm: NormTerms | undefined,
  campaigns: DraftChoices["campaigns"],
): CampaignPreview {
  const lines = needLinesOf(content, norm);
  const households = householdsOf(content);
  const keepsNorm =
    norm !== undefined && breachesOf({ needs: lines, households }, norm).length === 0;
  const surplusTo = campaigns.find(({ id }) => id === content.surplusTo);
  return {
    title: both(content.titleVi, content.titleEn),
    summary: both(content.summaryVi, content.summaryEn),
    story: both(content.storyVi, content.storyEn),
    model: content.model === "" ? "livestock" : content.model,
    species: content.species === "" ? "BO" : content.species,
    goal: goalOf(lines),
    needs: lines.map((line) => ({
      species: line.species,
      title: both(line.titleVi, line.titleEn),
      unit: both(line.unitVi ?? "", line.unitEn ?? ""),
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      norm:
        keepsNorm && norm
          ? { id: norm.id, perHousehold: norm.perHousehold, source: "plan 9295, II.1.3" }
          : null,
      counts: null,
    })),
    units: null,
    things: 0,
    households: 0,
    householdsNeeded: households,
    targets: {
      poor: content.poor ?? 0,
      nearPoor: content.nearPoor ?? 0,
      escaped: content.escaped ?? 0,
      leader: content.leader ?? 0,
    },
    normReasons: content.normReasons,
    surplus: content.surplus === "" ? "same" : content.surplus,
    surplusTo:
      content.surplus === "campaign" && surplusTo
        ? { slug: surplusTo.slug, title: both(surplusTo.title, "") }
        : null,
    shortfall: content.shortfall === "" ? null : content.shortfall,
    reportingMonths: content.reportingMonths ?? 12,
    passOn: { heads: content.passOnHeads ?? 0, ageDays: content.passOnAgeDays ?? 0 },
  };
}

function both(vi: string, en: string): Bilingual {
  return { vi, en: en === "" ? vi : en };
}
