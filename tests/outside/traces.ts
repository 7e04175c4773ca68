/** Following numbers through the movements, forwards and back, by looking up stretches: no recursion in a database. */
import type { Move } from "./replay.ts";

/** A stretch of đồng where it rests (or where it came from). */
export interface Stretch {
  readonly account: string;
  /** First number; undefined where the account is no axis. */
  readonly lo: bigint | undefined;
  readonly amount: bigint;
  /** Thing these đồng are or were, last named on the way. */
  readonly animal: string;
  /** Entry that brought it there; undefined when it never moved. */
  readonly entry: bigint | undefined;
}

/** Looks numbers up on either side of the movements. */
export class Atlas {
  readonly #out: Map<string, Move[]>;
  readonly #in: Map<string, Move[]>;

  constructor(moves: readonly Move[]) {
    const rising = (key: "fromLo" | "toLo") => (a: Move, b: Move) =>
      (a[key] ?? 0n) < (b[key] ?? 0n) ? -1 : 1;
    this.#out = Map.groupBy(
      moves.filter(({ fromLo }) => fromLo !== undefined).sort(rising("fromLo")),
      ({ from }) => from,
    );
    this.#in = Map.groupBy(
      moves.filter(({ toLo }) => toLo !== undefined).sort(rising("toLo")),
      ({ to }) => to,
    );
  }

  /** Where the numbers `lo` to `lo + amount - 1` of an account rest now. */
  ahead(account: string, lo: bigint, amount: bigint): Stretch[] {
    const resting: Stretch[] = [];
    const waiting: Stretch[] = [{ account, lo, amount, animal: "", entry: undefined }];
    for (let stretch = waiting.pop(); stretch; stretch = waiting.pop()) {
      if (stretch.lo === undefined) {
        resting.push(stretch);
        continue;
      }
      const end = stretch.lo + stretch.amount;
      let at = stretch.lo;
      for (const move of overlapping(this.#out.get(stretch.account), "fromLo", at, end)) {
        const first = move.fromLo ?? 0n;
        const begin = first > at ? first : at;
        const stop = min(first + move.amount, end);
        if (begin > at) resting.push({ ...stretch, lo: at, amount: begin - at });
        waiting.push({
          account: move.to,
          lo: move.toLo === undefined ? undefined : move.toLo + begin - first,
          amount: stop - begin,
          animal: move.animal === "" ? stretch.animal : move.animal,
          entry: move.entry,
        });
        at = stop;
      }
      if (at < end) resting.push({ ...stretch, lo: at, amount: end - at });
    }
    return resting;
  }

  /** Where the numbers entered the books: stretches of the axis they first entered, with the entry. */
  origins(account: string, lo: bigint, amount: bigint): Stretch[] {
    const origins: Stretch[] = [];
    const waiting: { account: string; lo: bigint; amount: bigint }[] = [{ account, lo, amount }];
    for (let stretch = waiting.pop(); stretch; stretch = waiting.pop()) {
      const end = stretch.lo + stretch.amount;
      for (const move of overlapping(this.#in.get(stretch.account), "toLo", stretch.lo, end)) {
        const first = move.toLo ?? 0n;
        const begin = first > stretch.lo ? first : stretch.lo;
        const part = min(first + move.amount, end) - begin;
        if (move.fromLo !== undefined) {
          waiting.push({ account: move.from, lo: move.fromLo + begin - first, amount: part });
          continue;
        }
        origins.push({
          account: stretch.account,
          lo: begin,
          amount: part,
          animal: move.animal,
          entry: move.entry,
        });
      }
    }
    return origins;
  }

  /** Movements that brought any of the numbers. */
  broughtBy(account: string, lo: bigint, amount: bigint): Move[] {
    return overlapping(this.#in.get(account), "toLo", lo, lo + amount);
  }
}

/** Of movements sorted by `key` and disjoint there, those that share a number with `[lo, end)`. */
function overlapping(
  moves: readonly Move[] | undefined,
  key: "fromLo" | "toLo",
  lo: bigint,
  end: bigint,
): Move[] {
  if (!moves) return [];
  let left = 0;
  let right = moves.length;
  while (left < right) {
    const middle = (left + right) >> 1;
    const move = moves[middle];
    if (move && (move[key] ?? 0n) + move.amount <= lo) left = middle + 1;
    else right = middle;
  }
  const found: Move[] = [];
  for (let at = left; at < moves.length; at += 1) {
    const move = moves[at];
    if (!move || (move[key] ?? 0n) >= end) break;
    found.push(move);
  }
  return found;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
