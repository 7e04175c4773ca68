import { type Day, isDay } from "../kernel/calendar.ts";
import type { Dong } from "../kernel/dong.ts";
import { AMEND_REASONS, type Breach, NORM_REASONS } from "./campaign-reasons.ts";
import {
  type DraftContent,
  householdsOf,
  needLinesOf,
  type Section,
  SPECIES_OF,
} from "./draft-content.ts";
import { breachesOf, goalOf } from "./open-campaign.ts";
import { MODELS } from "./ports.ts";
import type { NormTerms } from "./terms.ts";

/** What a section still lacks, at a field. */
export interface DraftProblem {
  readonly section: Section;
  readonly field: string;
  readonly code: string;
  readonly breach?: Breach;
}

/** A published campaign as far as a change of it is judged. */
export interface AmendedTerms {
  readonly model: string;
  readonly species: string;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly closedOn: Day | null;
}

/** What a draft is judged by. */
export interface Judging {
  readonly today: Day;
  readonly norm: NormTerms | undefined;
  /** The campaign it changes. */
  readonly amends?: AmendedTerms;
}

export const LONGEST = { title: 120, summary: 300, story: 8_000 } as const;
const MOST_HOUSEHOLDS = 10_000;
const MOST_QUANTITY = 100_000;
const LARGEST_GOAL: Dong = 1_000_000_000_000n;
const LONGEST_PASS_ON_DAYS = 1_825;

/** Everything that keeps a draft from being submitted, in the order of the page; empty when it may be. */
export function problemsOf(content: DraftContent, judging: Judging): DraftProblem[] {
  return [
    ...purpose(content, judging),
    ...offices(content),
    ...households(content),
    ...needs(content, judging),
    ...(content.bankAccount === "" ? [lacking("account", "bankAccount")] : []),
    ...time(content, judging),
    ...decision(content, judging),
    ...plans(content),
    ...story(content),
    ...change(content, judging),
  ];
}

function problem(section: Section, field: string, code: string): DraftProblem {
  return { section, field, code };
}

function lacking(section: Section, field: string): DraftProblem {
  return problem(section, field, "missing");
}

function purpose(content: DraftContent, { amends }: Judging): DraftProblem[] {
  const found: DraftProblem[] = [];
  const model = MODELS.find((one) => one === content.model);
  if (!model) found.push(lacking("purpose", "model"));
  if (model && !SPECIES_OF[model].includes(content.species))
    found.push(lacking("purpose", "species"));
  if (amends && (content.model !== amends.model || content.species !== amends.species)) {
    found.push(problem("purpose", "model", "published"));
  }
  if (content.titleVi === "") found.push(lacking("purpose", "titleVi"));
  if (content.summaryVi === "") found.push(lacking("purpose", "summaryVi"));
  const english = [content.titleEn, content.summaryEn, content.storyEn];
  if (english.some((text) => text !== "")) {
    if (content.titleEn === "") found.push(problem("purpose", "titleEn", "english-half"));
    if (content.summaryEn === "") found.push(problem("purpose", "summaryEn", "english-half"));
  }
  return found;
}

function offices(content: DraftContent): DraftProblem[] {
  return [
    ...(content.twin === "" ? [lacking("offices", "twin")] : []),
    ...(content.responsible === "" ? [lacking("offices", "responsible")] : []),
    ...(content.reportingMonths === null ? [lacking("offices", "reportingMonths")] : []),
  ];
}

function households(content: DraftContent): DraftProblem[] {
  const total = householdsOf(content);
  if (total > MOST_HOUSEHOLDS) return [problem("households", "poor", "too-many")];
  // Livestock goes to household groups (II.1.2); a class or a village work may name none.
  if (content.model === "livestock" && total === 0) return [lacking("households", "poor")];
  // A group has one leader who is not poor at most, so there are others.
  if ((content.leader ?? 0) > 0 && (content.leader ?? 0) === total) {
    return [problem("households", "leader", "only-leaders")];
  }
  return [];
}

function needs(content: DraftContent, { norm }: Judging): DraftProblem[] {
  const lines = needLinesOf(content, norm);
  if (lines.length === 0) return [lacking("needs", "needs")];
  const wrong = lines.findIndex(
    ({ quantity, unitPrice }) => quantity < 1 || quantity > MOST_QUANTITY || unitPrice < 1n,
  );
  if (wrong !== -1) return [problem("needs", "needs", "line-unfinished")];
  if (goalOf(lines) > LARGEST_GOAL) return [problem("needs", "needs", "too-large")];
  if (!norm) return [];
  const { normReasons } = content;
  return breachesOf({ needs: lines, households: householdsOf(content) }, norm)
    .filter((breach) => !NORM_REASONS[breach].some((reason) => normReasons.includes(reason)))
    .map((breach) => ({
      section: "needs",
      field: `normReason-${breach}`,
      code: `unexplained-${breach}`,
      breach,
    }));
}

function time(content: DraftContent, { today, amends }: Judging): DraftProblem[] {
  const { startsOn, endsOn, closedOn } = content;
  if (!isDay(startsOn)) return [lacking("time", "startsOn")];
  if (!isDay(endsOn)) return [lacking("time", "endsOn")];
  if (endsOn <= startsOn) return [problem("time", "endsOn", "ends-first")];
  if (!amends) return startsOn < today ? [problem("time", "startsOn", "starts-past")] : [];
  return amendedTime({ startsOn, endsOn, closedOn: closedOn || null }, amends, today);
}

/** What was promised to donors holds: a campaign that began keeps its first day, one that ended does not come back. */
function amendedTime(
  wished: Pick<AmendedTerms, "startsOn" | "endsOn" | "closedOn">,
  now: AmendedTerms,
  today: Day,
): DraftProblem[] {
  const moved = (field: "startsOn" | "endsOn" | "closedOn") => wished[field] !== now[field];
  const last = now.closedOn !== null && now.closedOn < now.endsOn ? now.closedOn : now.endsOn;
  if (last < today && (moved("endsOn") || moved("closedOn"))) {
    return [problem("time", "endsOn", "ended")];
  }
  if (moved("startsOn")) {
    if (now.startsOn <= today) return [problem("time", "startsOn", "began")];
    if (wished.startsOn < today) return [problem("time", "startsOn", "starts-past")];
  }
  if (moved("endsOn") && wished.endsOn < today) return [problem("time", "endsOn", "ends-past")];
  if (moved("closedOn") && wished.closedOn !== null) {
    if (wished.closedOn < today) return [problem("time", "closedOn", "ends-past")];
    if (wished.closedOn > wished.endsOn) return [problem("time", "closedOn", "closes-after")];
  }
  return [];
}

function decision(content: DraftContent, { today }: Judging): DraftProblem[] {
  const found: DraftProblem[] = [];
  if (content.decisionNumber === "") found.push(lacking("decision", "decisionNumber"));
  if (!isDay(content.decisionDate)) found.push(lacking("decision", "decisionDate"));
  else if (content.decisionDate > today) {
    found.push(problem("decision", "decisionDate", "decided-later"));
  }
  return found;
}

function plans(content: DraftContent): DraftProblem[] {
  const found: DraftProblem[] = [];
  if (content.surplus === "") found.push(lacking("plans", "surplus"));
  if (content.surplus === "campaign" && content.surplusTo === "") {
    found.push(lacking("plans", "surplusTo"));
  }
  if (content.shortfall === "") found.push(lacking("plans", "shortfall"));
  if (content.model === "livestock") {
    if (content.passOnHeads === null) found.push(lacking("plans", "passOnHeads"));
    const days = content.passOnAgeDays;
    if (content.passOnHeads !== 0 && (days === null || days < 1 || days > LONGEST_PASS_ON_DAYS)) {
      found.push(lacking("plans", "passOnAgeDays"));
    }
  }
  return found;
}

function story(content: DraftContent): DraftProblem[] {
  const found: DraftProblem[] = [];
  if (content.storyVi === "") found.push(lacking("story", "storyVi"));
  if (content.storyEn === "" && (content.titleEn !== "" || content.summaryEn !== "")) {
    found.push(problem("story", "storyEn", "english-half"));
  }
  if (content.pictures.some(({ altVi }) => altVi === "")) found.push(lacking("story", "pictures"));
  return found;
}

function change(content: DraftContent, { amends }: Judging): DraftProblem[] {
  if (!amends) return [];
  const known = AMEND_REASONS.some((reason) => reason === content.reason);
  return known ? [] : [lacking("change", "reason")];
}
