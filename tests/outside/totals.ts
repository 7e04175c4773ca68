/** The four totals of every campaign, by the formulas of `/data/v1/README.txt`, from the CSVs alone. */
import type { Move } from "./replay.ts";
import { by, cell, type Line, type Problems, type Tables, whole } from "./tables.ts";

export const FIGURES = ["pledged", "received", "disbursed", "delivered"] as const;
export type Figures = Record<(typeof FIGURES)[number], bigint>;

/** What movements alone say of each campaign of `campaigns.csv`; nothing is pledged by them. */
export function campaignFigures(tables: Tables, moves: readonly Move[]): Map<string, Figures> {
  const accounts = by(tables.accounts, "account");
  const sums = new Map<string, Figures>(
    tables.campaigns.map((line) => [
      cell(line, "campaign"),
      { pledged: 0n, received: 0n, disbursed: 0n, delivered: 0n },
    ]),
  );
  for (const move of moves) {
    if (move.unit !== "VND") continue;
    const from = accounts.get(move.from);
    const to = accounts.get(move.to);
    if (!from || !to) continue;
    count(to, from, move.amount, sums);
    count(from, to, -move.amount, sums);
  }
  return sums;
}

/** Figures of each campaign of `campaigns.csv`; a difference to what stands there is a problem. */
export function totals(
  tables: Tables,
  moves: readonly Move[],
  problems: Problems,
): Map<string, Figures> {
  const sums = campaignFigures(tables, moves);
  for (const line of tables.pledges) {
    const owed = whole(line, "promised") - whole(line, "paid");
    const sum = sums.get(cell(line, "campaign"));
    const counts = cell(line, "state") === "open" && cell(line, "confirmed_on") !== "";
    if (sum && counts && owed > 0n) sum.pledged += owed;
  }
  for (const line of tables.campaigns) {
    const sum = sums.get(cell(line, "campaign"));
    if (!sum) continue;
    sum.pledged += sum.received;
    for (const figure of FIGURES) {
      if (whole(line, figure) !== sum[figure])
        problems.push(
          `${cell(line, "campaign")}: ${figure} is ${cell(line, figure)}, recomputed ${sum[figure]}`,
        );
    }
  }
  checkPaid(tables, problems);
  checkDelivered(tables, sums, problems);
  return sums;
}

/** What `amount` đồng that come to `mine` from `other` do to the figures; negative when they go there. */
function count(mine: Line, other: Line, amount: bigint, sums: Map<string, Figures>): void {
  const campaign = cell(mine, "campaign");
  const sum = sums.get(campaign);
  const kind = cell(mine, "kind");
  if (!sum || campaign === "" || kind === "refund") return;
  const otherKind = cell(other, "kind");
  const otherCampaign = cell(other, "campaign");
  const donor = cell(other, "account").startsWith("world:donor:");
  const crosses =
    donor ||
    otherKind === "suspense" ||
    (otherKind === "refund" && otherCampaign === campaign) ||
    (otherCampaign !== "" && otherCampaign !== campaign);
  if (crosses) sum.received += amount;

  const comes = amount > 0n;
  const reaches = donor || ["fund", "clearing", "suspense"].includes(otherKind);
  const leaves = ["fund", "suspense", "world"].includes(otherKind);
  if (kind === "commune" && (comes ? reaches : leaves)) sum.disbursed += amount;
  if (kind === "delivered" && otherKind === "proc") sum.delivered += amount;
}

/** `paid` of a promise is the sum of the gifts that name it. */
function checkPaid(tables: Tables, problems: Problems): void {
  const paid = new Map<string, bigint>();
  for (const line of tables.donations) {
    const pledge = cell(line, "pledge");
    paid.set(pledge, (paid.get(pledge) ?? 0n) + whole(line, "amount"));
  }
  for (const line of tables.pledges) {
    const sum = paid.get(cell(line, "pledge")) ?? 0n;
    if (whole(line, "paid") !== sum)
      problems.push(`pledge ${cell(line, "pledge")}: paid ${cell(line, "paid")}, gifts ${sum}`);
  }
}

/** What was delivered is also the prices of the things that stand in the register. */
function checkDelivered(
  tables: Tables,
  sums: ReadonlyMap<string, Figures>,
  problems: Problems,
): void {
  const prices = new Map<string, bigint>();
  for (const line of tables.animals) {
    if (cell(line, "price") === "" || cell(line, "state") === "reversed") continue;
    const campaign = cell(line, "campaign");
    prices.set(campaign, (prices.get(campaign) ?? 0n) + whole(line, "price"));
  }
  for (const [campaign, { delivered }] of sums) {
    const sum = prices.get(campaign) ?? 0n;
    if (sum !== delivered)
      problems.push(`${campaign}: delivered ${delivered}, prices of its things ${sum}`);
  }
}
