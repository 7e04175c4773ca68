import type {
  CampaignDraft,
  DraftStep,
  Opinion,
  OpinionSide,
} from "#app/domain/campaigns/draft.ts";
import type { Section as SectionName } from "#app/domain/campaigns/draft-content.ts";
import type { DraftChoices, DraftReading } from "#app/domain/campaigns/draft-ports.ts";
import type { DraftProblem } from "#app/domain/campaigns/draft-problems.ts";
import type { Need } from "#app/domain/campaigns/need.ts";
import type { CampaignPreview } from "#app/domain/campaigns/preview.ts";
import type { NormTerms } from "#app/domain/campaigns/terms.ts";
import type { CatalogueTitle, Typed } from "#app/ui/forms/draft-form.ts";
import type { KeptUpload, RefusedUpload } from "#app/ui/office/file-field.tsx";

/** What the page of a draft is drawn from. */
export interface DraftFacts {
  readonly draft: CampaignDraft;
  readonly values: Typed;
  readonly norm: NormTerms | undefined;
  readonly problems: readonly DraftProblem[];
  readonly needs: readonly Need[];
  readonly choices: DraftChoices;
  readonly opinions: readonly Opinion[];
  readonly steps: readonly DraftStep[];
  readonly names: Awaited<ReturnType<DraftReading["names"]>>;
  readonly opinionDays: number;
  readonly preview: CampaignPreview;
  readonly catalogue: readonly CatalogueTitle[];
  readonly decisionName: string | undefined;
  /** The side whose opinion the person signed in may give now. */
  readonly side: OpinionSide | undefined;
  readonly may: Readonly<
    Record<"save" | "saveDecision" | "submit" | "sendBack" | "publish" | "cancel", boolean>
  >;
  readonly editing: SectionName | undefined;
  readonly saved: SectionName | undefined;
  readonly done: string | undefined;
  readonly key: string;
}

/** What a refused form of the page answers: what was typed, and why it was not taken. */
export interface SentForm {
  readonly intent: string;
  readonly typed: Typed;
  readonly problem: { readonly code: string } | null;
  readonly section?: SectionName;
  readonly wrong?: Readonly<Record<string, string>>;
  readonly kept?: readonly KeptUpload[];
  readonly refused?: readonly RefusedUpload[];
}
