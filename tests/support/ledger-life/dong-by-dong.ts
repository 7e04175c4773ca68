/**
 * The ledger as a child would keep it: every đồng is a coin with its number on it, lying in a heap, and remembers which
 * entry brought it from the world. Slow, and made without a look at the real rules, so that it can judge them.
 */

/** One đồng. */
interface Coin {
  readonly number: number;
  /** Key of the entry that brought it from the world. */
  readonly origin: string;
}

/** Which coins a leg wants. */
type Wish = "lowest" | readonly (readonly [lo: number, length: number])[] | number;

/** A leg in the child's words; a number as `take` is an earlier leg of the same entry. */
export interface CoinLeg {
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly take?: Wish;
  readonly animal?: string;
}

/** What lies where. */
export interface Heaps {
  /** Coins of each numbered account, in order of their numbers, and the last number given there. */
  readonly axes: ReadonlyMap<string, { readonly last: number; readonly coins: readonly Coin[] }>;
  /** Heads and debts, which are only counted. */
  readonly counts: ReadonlyMap<string, number>;
  readonly closed: ReadonlySet<string>;
}

export const NO_HEAPS: Heaps = { axes: new Map(), counts: new Map(), closed: new Set() };

const NUMBERED = /^(clearing|suspense|fund|commune|proc|delivered|fee|refund|loss):|^reserve$/;

/** Whether its đồng carry numbers. */
function isNumbered(account: string): boolean {
  return NUMBERED.test(account);
}

function unitOf(account: string): string {
  return /^(herd|owed|world:[a-z]+):.*\b(BO|DE)\b/.exec(account)?.[2] ?? "VND";
}

/** Move coins, or refuse the whole entry: undefined. */
export function move(heaps: Heaps, legs: readonly CoinLeg[], origin: string): Heaps | undefined {
  const axes = new Map(heaps.axes);
  const counts = new Map(heaps.counts);
  const broughtBy: number[][] = [];
  for (const leg of legs) {
    const { from, to, amount } = leg;
    if (amount <= 0 || from === to || unitOf(from) !== unitOf(to)) return undefined;
    if (heaps.closed.has(from) || heaps.closed.has(to)) return undefined;
    let moving: Coin[] = Array.from({ length: amount }, () => ({ number: 0, origin }));
    if (isNumbered(from)) {
      const heap = axes.get(from) ?? { last: 0, coins: [] };
      const taken = pick(heap.coins, amount, leg.take ?? "lowest", broughtBy);
      if (!taken) return undefined;
      moving = taken;
      axes.set(from, { ...heap, coins: heap.coins.filter((coin) => !taken.includes(coin)) });
    } else if (!from.startsWith("world:")) {
      const there = counts.get(from) ?? 0;
      if (there < amount) return undefined;
      counts.set(from, there - amount);
    }
    const landed: number[] = [];
    if (isNumbered(to)) {
      const heap = axes.get(to) ?? { last: 0, coins: [] };
      const coins = moving.map((coin, n) => ({ ...coin, number: heap.last + 1 + n }));
      landed.push(...coins.map(({ number }) => number));
      axes.set(to, { last: heap.last + amount, coins: [...heap.coins, ...coins] });
    } else if (!to.startsWith("world:")) {
      counts.set(to, (counts.get(to) ?? 0) + amount);
    }
    broughtBy.push(landed);
  }
  return { ...heaps, axes, counts };
}

function pick(
  coins: readonly Coin[],
  amount: number,
  wish: Wish,
  broughtBy: readonly (readonly number[])[],
): Coin[] | undefined {
  if (wish === "lowest") return coins.length < amount ? undefined : coins.slice(0, amount);
  const named =
    typeof wish === "number"
      ? [...(broughtBy[wish] ?? [])]
      : wish.flatMap(([lo, length]) =>
          Array.from({ length: Math.max(length, 0) }, (_, n) => lo + n),
        );
  // Only so many of them as are wanted; each must be there, and once.
  const numbers = named.slice(0, amount);
  if (numbers.length < amount) return undefined;
  const byNumber = new Map(coins.map((coin) => [coin.number, coin]));
  const picked = numbers.map((number) => byNumber.get(number));
  return new Set(picked).size === amount && !picked.includes(undefined)
    ? (picked as Coin[])
    : undefined;
}

/** What lies on an account. */
export function balance(heaps: Heaps, account: string): number {
  return heaps.axes.get(account)?.coins.length ?? heaps.counts.get(account) ?? 0;
}

/** Where the đồng of one origin lie: ranges of numbers by account. */
export function whereIs(heaps: Heaps, origin: string): Map<string, [lo: number, length: number][]> {
  const places = new Map<string, [number, number][]>();
  for (const [account, { coins }] of heaps.axes) {
    const ranges = rangesOf(coins.filter((coin) => coin.origin === origin));
    if (ranges.length > 0) places.set(account, ranges);
  }
  return places;
}

/** Numbers in order as ranges, each with its length. */
export function rangesOf(coins: readonly { readonly number: number }[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const { number } of coins) {
    const last = ranges.at(-1);
    if (last && last[0] + last[1] === number) last[1] += 1;
    else ranges.push([number, 1]);
  }
  return ranges;
}
