/**
 * Whose đồng an animal is: its range on the delivered axis, tiled by the gifts its numbers came from.
 *
 *   numbers of the animal   |115.700.001 ----------------------------- 134.700.000|
 *   gifts                   |-- QNA..., 12.132.000 --|-- QNB..., 6.868.000 -------|
 */
import { originPieces } from "../ledger/trace.ts";
import type { AnimalFile, GiftOfEntry } from "./animal-file.ts";

/** Numbers `lo` to `hi` of the delivered axis, both included. */
interface Run {
  readonly lo: bigint;
  readonly hi: bigint;
}

/** What one gift (or another source, such as compensation) is of an animal. */
export interface AnimalShare {
  /** Entry by which these đồng came in from the world. */
  readonly entry: number;
  /** Account of the world they came from. */
  readonly source: string;
  /** Null where they are no gift. */
  readonly gift: GiftOfEntry | null;
  /** đồng */
  readonly amount: bigint;
  readonly runs: readonly Run[];
}

/** What can be said against the shares: nothing, when the books are right. */
export interface ShareProof {
  readonly price: bigint;
  readonly sum: bigint;
  /** The shares' numbers follow one another from the first to the last number of the animal. */
  readonly tiled: boolean;
  /** Other animals that claim some of the same numbers. */
  readonly rivals: readonly string[];
}

/** The shares of an animal in the order of its numbers. */
export function sharesOf(file: Pick<AnimalFile, "pieces" | "owned" | "gifts">): AnimalShare[] {
  const { owned } = file;
  if (!owned) return [];
  const gifts = new Map(file.gifts.map((gift) => [gift.entry, gift]));
  const shares = new Map<number, AnimalShare & { runs: Run[] }>();
  for (const { entry, account, amount, offset } of originPieces(file.pieces)) {
    if (entry === undefined) continue;
    const lo = owned.lo + offset;
    const run = { lo, hi: lo + amount - 1n };
    const before = shares.get(entry);
    shares.set(entry, {
      entry,
      source: account,
      gift: gifts.get(entry) ?? null,
      amount: (before?.amount ?? 0n) + amount,
      runs: joined(before?.runs ?? [], run),
    });
  }
  return [...shares.values()];
}

/** Check the shares against the price and the numbers of the animal. */
export function proofOf(
  file: Pick<AnimalFile, "owned" | "rivals">,
  shares: readonly AnimalShare[],
): ShareProof | undefined {
  const { owned, rivals } = file;
  if (!owned) return undefined;
  const runs = shares
    .flatMap((share) => share.runs)
    .toSorted((a, b) => (a.lo < b.lo ? -1 : a.lo > b.lo ? 1 : 0));
  let next = owned.lo;
  for (const { lo, hi } of runs) {
    if (lo !== next) break;
    next = hi + 1n;
  }
  return {
    price: owned.price,
    sum: shares.reduce((sum, { amount }) => sum + amount, 0n),
    tiled: next === owned.lo + owned.price && runs.at(-1)?.hi === next - 1n,
    rivals,
  };
}

function joined(runs: readonly Run[], next: Run): Run[] {
  const last = runs.at(-1);
  if (last && last.hi + 1n === next.lo) return [...runs.slice(0, -1), { lo: last.lo, hi: next.hi }];
  return [...runs, next];
}
