import type { SetName } from "./sets.ts";

/** Parts of the README, in order; each has a heading and lines. */
export const README_SECTIONS = [
  "form",
  "rules",
  "totals",
  "donationStates",
  "animalStates",
  "gift",
  "privacy",
] as const;
type ReadmeSection = (typeof README_SECTIONS)[number];

/** What is said of the data in one language: `locales/<language>/data.json`. */
export interface DataWords {
  readonly title: string;
  readonly description: string;
  readonly demo: string;
  readonly sections: Readonly<Record<ReadmeSection | "tables", string>>;
  readonly lines: Readonly<Record<ReadmeSection, readonly string[]>>;
  readonly words: Readonly<Record<"key" | "required" | "optional" | "license", string>>;
  readonly sets: Readonly<
    Record<
      SetName,
      { readonly title: string; readonly columns: Readonly<Record<string, string | undefined>> }
    >
  >;
}
