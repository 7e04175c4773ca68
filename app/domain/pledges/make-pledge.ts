import type { DatedRules } from "../kernel/dated-rules.ts";
import { campaignState, lastDay, stillNeeded, takesGifts } from "../campaigns/state.ts";
import { addDays, type Day, dayOf, type Seconds } from "../kernel/calendar.ts";
import { canonicalText } from "../kernel/canonical.ts";
import type { Sha256 } from "../kernel/digest.ts";
import type { Dong } from "../kernel/dong.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { tidy } from "../kernel/tidy.ts";
import { latenessOf, type Owing } from "../campaigns/lateness.ts";
import {
  type LimitProblem,
  limitsOn,
  type LimitsTable,
  type PayChannel,
  withinLimits,
} from "../payments/limits.ts";
import { drawReferenceCode, type DrawSigns } from "../kernel/reference-code.ts";
import type { Pledges } from "./ports.ts";

/** What a promise is measured by: the campaign's days, its goal with what came of it, and the statements it owes. */
export type GivingTerms = Parameters<typeof campaignState>[0] &
  Parameters<typeof stillNeeded>[0] &
  Owing & { readonly id: string };

/** What a donor wishes, as typed and read. */
export interface GivingWish {
  readonly amount: Dong;
  readonly intent: "now" | "promised";
  /** Only when promised. */
  readonly promisedOn?: Day;
  readonly donorKind: "person" | "organisation";
  readonly donorName: string;
  readonly namePublic: boolean;
  readonly channel: PayChannel;
  readonly locale: "vi" | "en";
  /** The amount that the donor was asked about, as it is above what is missing, and said yes to; absent: not asked. */
  readonly sureOf?: Dong;
  /** Made with the form, before its first send: a double click is one pledge, a corrected form is another. */
  readonly formKey: string;
}

export type PledgeProblem =
  | LimitProblem
  | { readonly code: "campaign.upcoming"; readonly on: Day }
  | { readonly code: "campaign.closed"; readonly on: Day }
  | { readonly code: "campaign.held-up"; readonly on: Day }
  | { readonly code: "promise.no-day" }
  | { readonly code: "promise.past" }
  | { readonly code: "promise.after-end"; readonly on: Day }
  | { readonly code: "promise.too-far"; readonly on: Day }
  /** Asked once: the same amount sent again with `sureOf` is taken. đồng as text. */
  | { readonly code: "amount.above-missing"; readonly missing: string }
  | { readonly code: "name.missing" }
  | { readonly code: "name.too-long"; readonly limit: number };

/** Services a pledge needs. */
export interface PledgeServices {
  now(): Seconds;
  readonly drawSigns: DrawSigns;
  readonly sha256: Sha256;
  readonly pledges: Pick<Pledges, "add">;
  readonly rules: DatedRules;
}

export const LONGEST_NAME = 120;
/** A promise is for a day within this many days. */
const FARTHEST_PROMISE_DAYS = 366;
/** Codes drawn before giving up; each is free with all but certainty. */
const DRAWS = 8;

/**
 * Take a pledge: decided by pure rules, written once. Nothing here moves money. A form that was sent twice answers the
 * pledge it made the first time; gone back to, changed and sent again, it makes another (ledger.md 3.10).
 */
export async function makePledge(
  services: PledgeServices,
  campaign: GivingTerms,
  wish: GivingWish,
): Promise<Result<{ readonly code: string; readonly again: boolean }, PledgeProblem>> {
  const moment = services.now();
  const today = dayOf(moment);
  const limits = await limitsOn(services.rules, today);
  const problem = refuses(campaign, wish, { today, limits });
  if (problem) return no(problem);

  for (let draw = 0; draw < DRAWS; draw += 1) {
    const code = drawReferenceCode(services.drawSigns);
    const added = await services.pledges.add({
      code,
      campaign: campaign.id,
      amount: wish.amount,
      intent: wish.intent,
      promisedOn: wish.intent === "promised" ? (wish.promisedOn ?? null) : null,
      donorKind: wish.donorKind,
      donorName: tidy(wish.donorName),
      namePublic: wish.namePublic && tidy(wish.donorName) !== "",
      channel: wish.channel,
      locale: wish.locale,
      createdAt: moment,
      formKey: keyOf(services.sha256, campaign, wish),
    });
    if (added.done !== "taken") return ok({ code: added.code, again: added.done === "again" });
  }
  throw new Error(`${DRAWS} drawn codes were all taken`);
}

/** The form's key with a digest of what was asked: the same wish keeps its key, another has another. */
function keyOf(sha256: Sha256, { id }: GivingTerms, wish: GivingWish): string {
  const { formKey, locale: _, sureOf: __, ...rest } = wish;
  const asked = { ...rest, campaign: id, donorName: tidy(rest.donorName) };
  return `${formKey}:${sha256(canonicalText(asked)).slice(0, 32)}`;
}

type Asked = Omit<GivingTerms, "id">;

/** The first rule a wish breaks; undefined when it may be taken. */
export function refuses(
  campaign: Asked,
  wish: GivingWish,
  { today, limits }: { readonly today: Day; readonly limits: LimitsTable },
): PledgeProblem | undefined {
  if (!takesGifts(campaign, today)) {
    return campaignState(campaign, today) === "upcoming"
      ? { code: "campaign.upcoming", on: campaign.startsOn }
      : { code: "campaign.closed", on: lastDay(campaign) };
  }
  // A promise made before is still paid, and money that comes is booked: only new ones wait.
  const lateness = latenessOf(campaign, today);
  if (lateness.is === "held-up") return { code: "campaign.held-up", on: lateness.dueOn };
  const amount = withinLimits(limits, wish.channel, wish.amount);
  if (!amount.ok) return amount.problem;
  const name = tidy(wish.donorName);
  if (name.length > LONGEST_NAME) return { code: "name.too-long", limit: LONGEST_NAME };
  if (name === "" && (wish.donorKind === "organisation" || wish.namePublic)) {
    return { code: "name.missing" };
  }
  const promise =
    wish.intent === "promised" ? refusesPromise(campaign, wish.promisedOn, today) : undefined;
  return promise ?? asksAboutAmount(campaign, wish);
}

/**
 * More than the campaign lacks is seldom meant (500 cows typed for 5) and sometimes is: it is asked, once, when everything
 * else is right. Who gives to one that has all it needs was told so by its page and is not asked.
 */
function asksAboutAmount(
  campaign: Asked,
  { amount, sureOf }: Pick<GivingWish, "amount" | "sureOf">,
): PledgeProblem | undefined {
  const missing = stillNeeded(campaign);
  if (missing === 0n || amount <= missing || sureOf === amount) return undefined;
  return { code: "amount.above-missing", missing: missing.toString() };
}

function refusesPromise(
  campaign: Asked,
  on: Day | undefined,
  today: Day,
): PledgeProblem | undefined {
  if (on === undefined) return { code: "promise.no-day" };
  if (on < today) return { code: "promise.past" };
  const last = lastDay(campaign);
  if (on > last) return { code: "promise.after-end", on: last };
  const farthest = addDays(today, FARTHEST_PROMISE_DAYS);
  return on > farthest ? { code: "promise.too-far", on: farthest } : undefined;
}
