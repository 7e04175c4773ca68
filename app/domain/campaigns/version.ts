import type { Day } from "../kernel/calendar.ts";

/** One line of what was needed, as a version kept it; money as digits. */
export interface VersionNeed {
  readonly titleVi: string;
  readonly titleEn: string;
  readonly quantity: number;
  readonly unitPrice: string;
}

/** What donors could read of a campaign at one time: text, numbers, days; money as digits. */
export type VersionTerms = Readonly<
  Record<string, string | number | null | readonly string[] | readonly VersionNeed[]>
>;

/** A published state of a campaign. */
export interface CampaignVersion {
  readonly version: number;
  readonly publishedOn: Day;
  /** Coded; null for the first. */
  readonly reason: string | null;
  readonly draftedBy: { readonly vi: string; readonly en: string } | null;
  readonly publishedBy: { readonly vi: string; readonly en: string };
  readonly terms: VersionTerms;
}

/** The fields a reader is told about, in this order. */
const VERSION_FIELDS = [
  "titleVi",
  "titleEn",
  "summaryVi",
  "summaryEn",
  "storyVi",
  "storyEn",
  "goal",
  "needs",
  "normReasons",
  "households",
  "poor",
  "nearPoor",
  "escaped",
  "leader",
  "startsOn",
  "endsOn",
  "closedOn",
  "account",
  "twin",
  "responsible",
  "decision",
  "decisionDigest",
  "surplus",
  "surplusTo",
  "shortfall",
  "passOnHeads",
  "passOnAgeDays",
  "reportingMonths",
  "pictures",
] as const;
type VersionField = (typeof VERSION_FIELDS)[number];

/** A field that differs between two versions. */
export interface Changed {
  readonly field: VersionField;
  readonly before: VersionTerms[string];
  readonly after: VersionTerms[string];
}

/** What changed from one version to the next, field by field. */
export function changedFields(before: VersionTerms, after: VersionTerms): Changed[] {
  return VERSION_FIELDS.flatMap((field) => {
    const was = before[field] ?? null;
    const is = after[field] ?? null;
    return sortedText(was) === sortedText(is) ? [] : [{ field, before: was, after: is }];
  });
}

/** A value as text that is the same for the same value, in whatever order its keys come. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
