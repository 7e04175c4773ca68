import type { Model } from "./model.ts";
import type { Bilingual } from "../kernel/bilingual.ts";
import type { Day } from "../kernel/calendar.ts";

/** One thing that can be asked for, or one kind of support given for it. */
export interface CatalogueItem {
  /** `section/code`, such as `start-up.fruit/bo`: kept by a need line that was taken from it. */
  readonly id: string;
  readonly title: Bilingual;
  /** Named as a priority by the plan. */
  readonly priority: boolean;
}

/** A part of a model's catalogue as it stands on one day (plan 9295, II.2.5, II.3.3, II.4.3). */
export interface CatalogueSection {
  readonly id: string;
  readonly title: Bilingual;
  /** The plan leaves the list open: other things may be asked for too. */
  readonly openEnded: boolean;
  /** What a reader must know, such as that the list has not been issued. */
  readonly note: Bilingual | null;
  /** What is raised, made or taught; empty where no list was found. */
  readonly things: readonly CatalogueItem[];
  /** Kinds of support given for these things. Prices are norms, not catalogue. */
  readonly support: readonly CatalogueItem[];
  /** Where the list comes from. */
  readonly source: string;
}

/** Reading the catalogues of the four models: dated data, never written in code. */
export interface Catalogues {
  /** The sections of a model in force on `day`, in the plan's order. */
  catalogue(model: Model, day: Day): Promise<CatalogueSection[]>;
}
