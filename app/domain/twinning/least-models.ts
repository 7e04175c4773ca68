import type { Model } from "../campaigns/model.ts";
import { MODELS } from "../campaigns/ports.ts";
import { type Day, isDay } from "../kernel/calendar.ts";

/** How far one model has come in a pair. */
export interface ModelStanding {
  readonly model: Model;
  /** `agreed`: both sides signed a promise, or a campaign of it was published; `promised`: the commune has not answered. */
  readonly state: "agreed" | "promised" | "none";
}

/** The rule of III.7: bodies on one commune agree with it on at least so many of the four models. */
export interface LeastModels {
  readonly is: "met" | "not-yet" | "not-met";
  readonly agreed: number;
  readonly least: number;
  /** Last day to reach it: the pair's end or its first review, whichever comes first. */
  readonly until: Day;
}

/** What the rule is asked about. */
export interface LeastModelsAsked {
  readonly agreed: ReadonlySet<Model>;
  /** Rule `twins.least-models`. */
  readonly least: number;
  /** Years after which a pair is first reviewed: rule `twins.statement-years`. */
  readonly reviewYears: number;
  readonly from: Day;
  readonly to: Day | null;
}

/**
 * Whether at least two of the four models were agreed on. The plan names no day; before the first review (three years,
 * III.7) a pair has "not yet" done it, after it, or after the pair's end, it has not.
 */
export function leastModels(asked: LeastModelsAsked, today: Day): LeastModels {
  const review = yearsAfter(asked.from, asked.reviewYears);
  const until = asked.to !== null && asked.to < review ? asked.to : review;
  const agreed = MODELS.filter((model) => asked.agreed.has(model)).length;
  const is = agreed >= asked.least ? "met" : today <= until ? "not-yet" : "not-met";
  return { is, agreed, least: asked.least, until };
}

/** The four models in the plan's order, each with its state. */
export function modelStandings(
  agreed: ReadonlySet<Model>,
  promised: ReadonlySet<Model>,
): ModelStanding[] {
  return MODELS.map((model) => ({
    model,
    state: agreed.has(model) ? "agreed" : promised.has(model) ? "promised" : "none",
  }));
}

/** The same day some years on; 29 February becomes the last of that month. */
export function yearsAfter(day: Day, years: number): Day {
  const year = Number(day.slice(0, 4)) + years;
  const same = `${year}${day.slice(4)}`;
  return isDay(same) ? same : `${year}-02-28`;
}
