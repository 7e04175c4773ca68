import { own } from "../kernel/own.ts";
import { no, ok, type Result } from "../kernel/result.ts";

/** What happens to a duty when the animal it comes from is no longer there. */
const DUTY_ANSWERS = ["postpone", "waive", "replace"] as const;
const SALE_ANSWERS = ["replace", "pay"] as const;
const MOTHER_OWNERS = ["household", "group", "commune"] as const;
const NEXT_CHOICES = ["rank", "meeting"] as const;
const PASSED_SEXES = ["F", "M", "any"] as const;

/** What a group passes on, and what happens otherwise: decided with it, as data. */
export interface GroupRules {
  /** Heads owed for each head received. */
  readonly heads: number;
  readonly sex: (typeof PASSED_SEXES)[number];
  /** Days and kg at passing on, at least. */
  readonly leastAgeDays: number;
  readonly leastKg: number;
  /** Days after the hand-over by which it is due. */
  readonly deadlineDays: number;
  readonly onDeath: (typeof DUTY_ANSWERS)[number];
  readonly onBarren: (typeof DUTY_ANSWERS)[number];
  readonly onTheft: (typeof DUTY_ANSWERS)[number];
  readonly onSale: (typeof SALE_ANSWERS)[number];
  /** Who owns the mother. */
  readonly mother: (typeof MOTHER_OWNERS)[number];
  /** How the next household is chosen. */
  readonly next: (typeof NEXT_CHOICES)[number];
}

/** What a new group starts from: the two numbers of its campaign, and what most groups agree on. */
export function defaultRules(campaign: {
  readonly species: string;
  readonly passOnHeads: number;
  readonly passOnAgeDays: number;
}): GroupRules {
  return {
    heads: campaign.passOnHeads,
    sex: "F",
    leastAgeDays: campaign.passOnAgeDays,
    leastKg: 0,
    deadlineDays: campaign.species === "DE" ? 730 : 1095,
    onDeath: "postpone",
    onBarren: "replace",
    onTheft: "postpone",
    onSale: "replace",
    mother: "household",
    next: "rank",
  };
}

/** Most of each number: beyond it, something else was typed. */
const MOST = { heads: 5, leastAgeDays: 1500, leastKg: 500, deadlineDays: 3650 } as const;
type NumberRule = keyof typeof MOST;
const CHOICES = {
  sex: PASSED_SEXES,
  onDeath: DUTY_ANSWERS,
  onBarren: DUTY_ANSWERS,
  onTheft: DUTY_ANSWERS,
  onSale: SALE_ANSWERS,
  mother: MOTHER_OWNERS,
  next: NEXT_CHOICES,
} as const;
type ChoiceRule = keyof typeof CHOICES;

/** Rules that are numbers, and rules that are one of a few words, in the order they are read in. */
export const NUMBER_RULES = Object.keys(MOST) as readonly NumberRule[];
export const CHOICE_RULES = Object.keys(CHOICES) as readonly ChoiceRule[];

/** What can be chosen for a rule. */
export function choicesOf(rule: ChoiceRule): readonly string[] {
  return CHOICES[rule];
}

/** A rule that cannot be read. */
export interface RuleProblem {
  readonly code: "group.wrong-rule";
  readonly rule: NumberRule | ChoiceRule;
  /** Most that a number may be. */
  readonly most: number;
}

/** Rules as typed; the first that is wrong is named. */
export function readRules(
  typed: Readonly<Record<string, string>>,
): Result<GroupRules, RuleProblem> {
  const read: Record<string, string | number> = {};
  for (const rule of NUMBER_RULES) {
    const text = (own(typed, rule) ?? "").replace(/[.\s]/g, "");
    const value = /^\d{1,5}$/.test(text) ? Number(text) : -1;
    if (value < 0 || value > MOST[rule]) {
      return no({ code: "group.wrong-rule", rule, most: MOST[rule] });
    }
    read[rule] = value;
  }
  for (const rule of CHOICE_RULES) {
    const chosen = choicesOf(rule).find((one) => one === own(typed, rule));
    if (chosen === undefined) return no({ code: "group.wrong-rule", rule, most: 0 });
    read[rule] = chosen;
  }
  // Every rule of both lists was read above.
  return ok(read as unknown as GroupRules);
}
