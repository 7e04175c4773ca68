/**
 * What a commune and a twinned body have in hand, for the home of the office. What waits for a decision is
 * `people/waiting.ts`; this says where their own money, purchases, reports and promises stand.
 */
import { latenessOf } from "../campaigns/lateness.ts";
import type { Campaigns } from "../campaigns/ports.ts";
import { type Day, dayOf, type Seconds } from "../kernel/calendar.ts";
import type { DatedRules } from "../kernel/dated-rules.ts";
import type { Dong } from "../kernel/dong.ts";
import { openAdvances } from "../orders/advances.ts";
import { subjectOf } from "../orders/place.ts";
import type { OrderReading } from "../orders/ports.ts";
import { may, type Person } from "../people/may.ts";
import type { ProgressReading } from "../progress/ports.ts";
import { boardOf, pairYears } from "../twinning/board.ts";
import { actingGiver, standsIn } from "../twinning/pair.ts";
import type { TwinningReading } from "../twinning/ports.ts";

export interface OwnFigureNeeds {
  readonly orders: Pick<OrderReading, "campaigns" | "advances">;
  readonly rules: DatedRules;
  readonly progress: Pick<ProgressReading, "owing">;
  readonly twinning: Pick<TwinningReading, "pairs" | "versions" | "rules" | "years">;
  readonly campaigns: Pick<Campaigns, "all">;
  now(): Seconds;
}

/** What the communes of a person hold. Amounts in đồng. */
export interface CommuneFigures {
  readonly withCommune: Dong;
  /** Purchases that were advanced money for and still hold some. */
  readonly openAdvances: number;
  readonly advanced: Dong;
  /** Day the next progress statement is due; null: none is. */
  readonly nextStatement: Day | null;
}

/** What a twinned body's pairs come to in the current year, of all donors. Amounts in đồng. */
export interface TwinFigures {
  readonly year: number;
  /** Promised for the year, signed by the commune or not yet. */
  readonly promised: Dong;
  readonly received: Dong;
  readonly delivered: Dong;
}

/** Figures of the communes whose money a person asks for; undefined where there is none. */
export async function communeFigures(
  { orders, progress, rules, now }: Pick<OwnFigureNeeds, "orders" | "progress" | "rules" | "now">,
  person: Person,
): Promise<CommuneFigures | undefined> {
  if (!may(person, "progress.file").ok) return undefined;
  const today = dayOf(now());
  const own = (await orders.campaigns()).filter(
    (campaign) => may(person, "progress.file", subjectOf(campaign)).ok,
  );
  if (own.length === 0) return undefined;
  const ids = new Set(own.map(({ id }) => id));
  const advances = (await openAdvances({ orders, rules }, today)).filter(({ campaign }) =>
    ids.has(campaign),
  );
  const due = (await progress.owing())
    .filter(({ id }) => ids.has(id))
    .flatMap((campaign) => {
      const lateness = latenessOf(campaign, today);
      return "dueOn" in lateness ? [lateness.dueOn] : [];
    });
  return {
    withCommune: own.reduce((sum, campaign) => sum + campaign.withCommune, 0n),
    openAdvances: advances.length,
    advanced: advances.reduce((sum, { balance }) => sum + balance, 0n),
    nextStatement: due.toSorted()[0] ?? null,
  };
}

/** Figures of the pairs that a person promises for; undefined where there is none. */
export async function twinFigures(
  { twinning, campaigns, now }: Pick<OwnFigureNeeds, "twinning" | "campaigns" | "now">,
  person: Person,
): Promise<TwinFigures | undefined> {
  if (!may(person, "twinning.promise").ok) return undefined;
  const today = dayOf(now());
  const year = Number(today.slice(0, 4));
  const pairs = (await twinning.pairs()).filter(
    (pair) =>
      standsIn(pair, year) &&
      may(person, "twinning.promise", { twin: actingGiver(pair, today).id }).ok,
  );
  if (pairs.length === 0) return undefined;
  const [versions, all, rules] = await Promise.all([
    twinning.versions(),
    campaigns.all(),
    twinning.rules(today),
  ]);
  const lines = boardOf({ pairs, versions, campaigns: all, rules }, today);
  const moved = await twinning.years([...new Set(pairs.flatMap((pair) => pair.campaigns))]);
  const rows = lines.flatMap((line) =>
    pairYears(line, moved, today)
      .filter((one) => one.year === year)
      .flatMap((one) => one.lines),
  );
  const promised = rows.flatMap(({ promises }) =>
    promises.map(({ signed, waiting }) => (waiting ?? signed)?.money ?? 0n),
  );
  return {
    year,
    promised: promised.reduce((sum, money) => sum + money, 0n),
    received: rows.reduce((sum, row) => sum + row.received, 0n),
    delivered: rows.reduce((sum, row) => sum + row.delivered, 0n),
  };
}
