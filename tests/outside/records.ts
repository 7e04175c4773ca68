/** `/data/v1/donations/<code>.json` against the recomputed traces. */
import { type FollowedGift, sumOf } from "./gifts.ts";
import type { Source } from "./source.ts";
import { cell, type Problems } from "./tables.ts";

const AT_ONCE = 8;

interface Piece {
  account: string;
  amount: number;
  animal?: string | null;
  lo?: number | null;
}

interface GiftRecord {
  donation: string;
  amount: number;
  campaign: string | null;
  entry: number;
  account: string;
  lo: number;
  pieces: Piece[];
}

/** Read the record of each gift and hold it against the CSVs; answers how many were there. */
export async function checkRecords(
  source: Source,
  gifts: readonly FollowedGift[],
  problems: Problems,
): Promise<number> {
  let checked = 0;
  const waiting = [...gifts];
  const work = async () => {
    for (let gift = waiting.shift(); gift; gift = waiting.shift()) {
      const text = await source.text(`/data/v1/donations/${gift.code}.json`);
      if (text === undefined) {
        if (source.live) problems.push(`gift ${gift.code} has no record`);
        continue;
      }
      checkRecord(gift, JSON.parse(text) as GiftRecord, problems);
      checked += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return checked;
}

function checkRecord(gift: FollowedGift, record: GiftRecord, problems: Problems): void {
  const { line, code, amount } = gift;
  const said = [
    record.donation,
    record.amount,
    record.campaign ?? "",
    record.entry,
    record.account,
    record.lo,
  ].join("|");
  const known = ["donation", "amount", "campaign", "entry", "account", "lo"]
    .map((column) => cell(line, column))
    .join("|");
  if (said !== known) problems.push(`record of ${code} says ${said}, the table ${known}`);
  if (BigInt(record.pieces.reduce((sum, piece) => sum + piece.amount, 0)) !== amount)
    problems.push(`pieces of ${code} do not sum to ${amount}`);
  const told = grouped(
    record.pieces.map((piece) => ({
      account: piece.account,
      animal: piece.animal ?? "",
      lo: piece.lo ?? undefined,
      amount: BigInt(piece.amount),
    })),
  );
  const recomputed = grouped(
    gift.resting.map(({ account, animal, lo, amount: part }) => ({
      account,
      // Elsewhere a name met on the way means nothing: the thing was undone.
      animal: /^(delivered|loss):/.test(account) ? animal : "",
      lo: lo === undefined ? undefined : Number(lo),
      amount: part,
    })),
  );
  if (told !== recomputed)
    problems.push(`pieces of ${code}:\n    told       ${told}\n    recomputed ${recomputed}`);
}

interface Part {
  readonly account: string;
  readonly animal: string;
  readonly lo: number | undefined;
  readonly amount: bigint;
}

/** The same stretches however they are cut: neighbours joined, in one order. */
function grouped(parts: readonly Part[]): string {
  const places = Map.groupBy(parts, ({ account, animal }) => `${account} ${animal}`);
  return [...places]
    .map(([place, there]) => `${place} ${joined(there)} = ${sumOf(there)}`)
    .sort()
    .join("; ");
}

function joined(parts: readonly Part[]): string {
  const rising = parts
    .flatMap(({ lo, amount }) => (lo === undefined ? [] : [{ lo, end: lo + Number(amount) }]))
    .sort((a, b) => a.lo - b.lo);
  const runs: { lo: number; end: number }[] = [];
  for (const part of rising) {
    const last = runs.at(-1);
    if (last?.end === part.lo) last.end = part.end;
    else runs.push({ ...part });
  }
  return runs.map(({ lo, end }) => `${lo}-${end - 1}`).join("+");
}
