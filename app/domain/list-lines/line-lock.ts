/**
 * A list before a cow: nothing is advanced or handed over for a household whose line is not decided, not posted for the
 * whole time, a reserve, or objected to. Asked inside the transaction that books, under the lock that an objection is opened
 * under, so one of the two comes first.
 */
import type { Dong } from "../kernel/dong.ts";
import type { CampaignLines, LineStores, ListedLine } from "./ports.ts";

/** Why a line gets nothing. */
export type LineProblem =
  | { readonly code: "order.line-unknown"; readonly line: string }
  | { readonly code: "order.line-not-decided"; readonly line: string }
  | { readonly code: "order.line-reserve"; readonly line: string }
  | { readonly code: "order.line-not-posted"; readonly line: string; readonly list: string }
  | { readonly code: "order.line-locked"; readonly line: string; readonly objection: string };

/** Why money cannot be asked for lines. */
export type LinesProblem =
  | LineProblem
  | { readonly code: "order.lines-needed" }
  | { readonly code: "order.line-twice"; readonly line: string }
  | { readonly code: "order.line-advanced"; readonly line: string; readonly number: number }
  /** Heads asked for, and heads of the lines. */
  | { readonly code: "order.lines-heads"; readonly heads: number; readonly open: number };

/** Why nothing may be given to a line now; undefined when it may. */
export function lineProblem(
  { lines, undecided }: Pick<CampaignLines, "lines" | "undecided">,
  code: string,
): LineProblem | undefined {
  const line = lines.find((one) => one.code === code);
  if (!line) {
    return undecided.includes(code)
      ? { code: "order.line-not-decided", line: code }
      : { code: "order.line-unknown", line: code };
  }
  if (line.reserve) return { code: "order.line-reserve", line: code };
  const [objection] = line.objections;
  if (objection !== undefined) return { code: "order.line-locked", line: code, objection };
  if (!line.posted) return { code: "order.line-not-posted", line: code, list: line.list };
  return undefined;
}

/** Why money for a line cannot be asked now; undefined when it can. */
function askingProblem(campaign: CampaignLines, code: string): LinesProblem | undefined {
  const problem = lineProblem(campaign, code);
  if (problem) return problem;
  const line = campaign.lines.find((one) => one.code === code);
  return line && line.openHeads === 0
    ? { code: "order.line-advanced", line: code, number: line.advancedBy ?? 0 }
    : undefined;
}

/** What is asked for which lines. */
export interface LinesAsked {
  readonly campaign: string;
  readonly species: string;
  /** Codes of the lines; absent: none. */
  readonly lines?: readonly string[];
  /** Heads asked for; absent: not said. */
  readonly heads?: number;
}

/** The first thing that stands in the way of an advance for lines; undefined when nothing does. */
export async function wrongLines(
  { listLines }: LineStores,
  asked: LinesAsked,
): Promise<LinesProblem | undefined> {
  if (!isLiving(asked.species)) return undefined;
  const campaign = await listLines.ofCampaign(asked.campaign);
  return wrongAmong(campaign, asked);
}

/** `wrongLines`, of lines that were read. */
export function wrongAmong(
  campaign: CampaignLines,
  { lines = [], heads }: Pick<LinesAsked, "lines" | "heads">,
): LinesProblem | undefined {
  if (lines.length === 0) return { code: "order.lines-needed" };
  const twice = lines.find((code, at) => lines.indexOf(code) !== at);
  if (twice !== undefined) return { code: "order.line-twice", line: twice };
  for (const code of lines) {
    const problem = askingProblem(campaign, code);
    if (problem) return problem;
  }
  const open = campaign.lines
    .filter(({ code }) => lines.includes(code))
    .reduce((sum, line) => sum + line.openHeads, 0);
  return heads !== undefined && heads !== open
    ? { code: "order.lines-heads", heads, open }
    : undefined;
}

/** The first household that nothing may be handed over to now; undefined when all may be given something. */
export async function wrongReceivers(
  { listLines }: LineStores,
  { id, species }: { readonly id: string; readonly species: string },
  households: readonly string[],
): Promise<LineProblem | undefined> {
  if (!isLiving(species) || households.length === 0) return undefined;
  const campaign = await listLines.ofCampaign(id);
  for (const code of households) {
    const problem = lineProblem(campaign, code);
    if (problem) return problem;
  }
  return undefined;
}

/** Living things stand in the barn of a household: they need a list. */
function isLiving(species: string): boolean {
  return species === "BO" || species === "DE";
}

/** A line as the form of an advance offers it. */
export interface LineChoice {
  readonly code: string;
  readonly list: string;
  readonly openHeads: number;
  /** đồng of these heads. */
  readonly amount: Dong;
  /** Why it cannot be asked for; null when it can. */
  readonly problem: LinesProblem | null;
}

/** Lines that an advance can be asked for, and why not for others; undefined where it needs none. */
export function lineChoices(
  species: string,
  campaign: CampaignLines,
): { readonly choices: readonly LineChoice[]; readonly money: LineMoney } | undefined {
  if (!isLiving(species)) return undefined;
  return {
    choices: campaign.lines
      .filter(({ reserve }) => !reserve)
      .map((line) => ({
        code: line.code,
        list: line.list,
        openHeads: line.openHeads,
        amount: openAmount(line),
        problem: askingProblem(campaign, line.code) ?? null,
      })),
    money: lineMoney(campaign),
  };
}

/** What of a campaign's lines can be asked for now, and what is locked by objections. */
export interface LineMoney {
  /** đồng of lines that money can be asked for. */
  readonly free: Dong;
  /** đồng of lines that objections lock and that have nothing yet. */
  readonly locked: Dong;
  /** Lines that are locked. */
  readonly lockedLines: readonly string[];
}

/** Sum up the lines of a campaign. */
export function lineMoney(campaign: Pick<CampaignLines, "lines" | "undecided">): LineMoney {
  let [free, locked] = [0n, 0n];
  const lockedLines: string[] = [];
  for (const line of campaign.lines) {
    if (line.reserve || line.openHeads === 0) continue;
    if (line.objections.length > 0) {
      locked += openAmount(line);
      lockedLines.push(line.code);
    } else if (line.posted) free += openAmount(line);
  }
  return { free, locked, lockedLines };
}

/** đồng of the heads that money may be asked for. */
function openAmount({
  amount,
  heads,
  openHeads,
}: Pick<ListedLine, "amount" | "heads" | "openHeads">): Dong {
  return (amount * BigInt(openHeads)) / BigInt(heads);
}
