/** Every gift forwards, every thing backwards, and the two against each other. */
import type { Move } from "./replay.ts";
import { by, cell, type Line, maybeWhole, type Problems, type Tables, whole } from "./tables.ts";
import type { Atlas, Stretch } from "./traces.ts";

/** A gift with where its đồng rest. */
export interface FollowedGift {
  readonly line: Line;
  readonly code: string;
  readonly amount: bigint;
  readonly resting: readonly Stretch[];
}

/** Follow every gift; its stretches sum to it, and its state says where they are. */
export function followGifts(
  tables: Tables,
  moves: readonly Move[],
  atlas: Atlas,
  problems: Problems,
): FollowedGift[] {
  const kinds = by(tables.accounts, "account");
  const entries = by(tables.entries, "entry");
  const first = new Map(moves.filter(({ n }) => n === 0n).map((move) => [move.entry, move]));
  const codes = new Set<string>();
  return tables.donations.map((line) => {
    const code = cell(line, "donation");
    const account = cell(line, "account");
    const lo = whole(line, "lo");
    const amount = whole(line, "amount");
    if (codes.has(code)) problems.push(`gift ${code} stands twice`);
    codes.add(code);
    const came = first.get(whole(line, "entry"));
    const isIt =
      came?.to === account &&
      came.toLo === lo &&
      came.amount === amount &&
      came.from === `world:donor:${cell(line, "channel")}`;
    if (!isIt) problems.push(`gift ${code} is not what its entry brought`);
    const resting = atlas.ahead(account, lo, amount);
    const sum = sumOf(resting);
    if (sum !== amount) problems.push(`gift ${code} of ${amount} leads to ${sum}`);
    const state = stateOf(resting, kinds, entries);
    if (cell(line, "state") !== state)
      problems.push(`gift ${code} is called ${cell(line, "state")}, recomputed ${state}`);
    const back = sumOf(resting.filter((part) => ["world", "refund"].includes(kindOf(part, kinds))));
    if (maybeWhole(line, "returned") !== undefined && whole(line, "returned") !== back)
      problems.push(`gift ${code}: returned ${cell(line, "returned")}, recomputed ${back}`);
    return { line, code, amount, resting };
  });
}

function stateOf(
  resting: readonly Stretch[],
  accounts: ReadonlyMap<string, Line>,
  entries: ReadonlyMap<string, Line>,
): string {
  const kinds = new Set(resting.map((part) => kindOf(part, accounts)));
  if (kinds.has("suspense")) return "suspense";
  if (kinds.has("clearing")) return "reported";
  if (["fund", "commune", "proc", "delivered", "loss", "reserve"].some((kind) => kinds.has(kind)))
    return "received";
  if (kinds.has("refund") || resting.some(({ account }) => account === "world:refund"))
    return "refunded";
  if (!kinds.has("world")) return "received";
  const expired = resting.some(
    ({ entry }) => cell(entries.get(String(entry)) ?? {}, "kind") === "donation-expired",
  );
  return expired ? "expired" : "reversed";
}

/** Trace every thing back; its origins sum to its price, and gifts own it đồng by đồng. */
export function traceThings(
  tables: Tables,
  atlas: Atlas,
  gifts: readonly FollowedGift[],
  problems: Problems,
): void {
  const owner = new Map(gifts.map((gift) => [whole(gift.line, "entry"), gift]));
  const shares = new Map<string, bigint>();
  for (const line of tables.animals) {
    const code = cell(line, "animal");
    const account = cell(line, "account");
    if (account === "") {
      if (cell(line, "lo") !== "" || cell(line, "price") !== "")
        problems.push(`${code} has a price and no numbers`);
      continue;
    }
    const lo = whole(line, "lo");
    const price = whole(line, "price");
    const brought = atlas.broughtBy(account, lo, price);
    const own = brought.every(
      (move) =>
        move.animal === code &&
        (move.toLo ?? 0n) >= lo &&
        (move.toLo ?? 0n) + move.amount <= lo + price &&
        move.entry === whole(line, "entry"),
    );
    if (!own || brought.reduce((sum, { amount }) => sum + amount, 0n) !== price)
      problems.push(`${code} is not the numbers its entry brought`);
    const origins = atlas.origins(account, lo, price);
    const sum = sumOf(origins);
    if (sum !== price) problems.push(`${code} of ${price} traces back to ${sum}`);
    for (const { entry, amount } of origins) {
      const gift = owner.get(entry ?? 0n);
      if (gift)
        shares.set(`${gift.code} ${code}`, (shares.get(`${gift.code} ${code}`) ?? 0n) + amount);
    }
  }
  checkApart(tables, problems);
  checkShares(tables, gifts, shares, problems);
}

/** No two things share a number. */
function checkApart(tables: Tables, problems: Problems): void {
  const owned = tables.animals.filter((line) => cell(line, "account") !== "");
  for (const lines of Map.groupBy(owned, (line) => cell(line, "account")).values()) {
    const rising = lines.toSorted((a, b) => (whole(a, "lo") < whole(b, "lo") ? -1 : 1));
    rising.forEach((line, at) => {
      const before = rising[at - 1];
      if (before && whole(before, "lo") + whole(before, "price") > whole(line, "lo"))
        problems.push(`${cell(line, "animal")} shares numbers with ${cell(before, "animal")}`);
    });
  }
}

/** A gift's share of a thing is the same seen from the gift and from the thing. */
function checkShares(
  tables: Tables,
  gifts: readonly FollowedGift[],
  fromThings: ReadonlyMap<string, bigint>,
  problems: Problems,
): void {
  const undone = new Set(
    tables.animals
      .filter((line) => cell(line, "state") === "reversed")
      .map((line) => cell(line, "animal")),
  );
  const fromGifts = new Map<string, bigint>();
  for (const { code, resting } of gifts) {
    for (const { account, animal, amount } of resting) {
      if (!/^(delivered|loss):/.test(account) || animal === "") continue;
      fromGifts.set(`${code} ${animal}`, (fromGifts.get(`${code} ${animal}`) ?? 0n) + amount);
    }
  }
  for (const [share, amount] of fromThings) {
    const there = fromGifts.get(share) ?? 0n;
    // A thing that was undone still has its numbers in the books, and no gift rests there any more.
    const expected = undone.has(share.split(" ")[1] ?? "") ? 0n : amount;
    if (there !== expected) problems.push(`share ${share}: ${there} forwards, ${expected} back`);
  }
  for (const share of fromGifts.keys()) {
    if (!fromThings.has(share)) problems.push(`share ${share} is seen from the gift only`);
  }
}

/** States of animals, and that whoever is born has a mother and no price. */
export function checkAnimalStates(tables: Tables, problems: Problems): void {
  const reversed = new Set(tables.entries.map((line) => cell(line, "reverses")));
  const events = Map.groupBy(
    tables.animal_events.filter((line) => !reversed.has(cell(line, "entry"))),
    (line) => cell(line, "animal"),
  );
  const known = by(tables.animals, "animal");
  for (const line of tables.animals) {
    const code = cell(line, "animal");
    const kinds = new Set((events.get(code) ?? []).map((event) => cell(event, "kind")));
    const state = reversed.has(cell(line, "entry"))
      ? "reversed"
      : kinds.has("died")
        ? "dead"
        : kinds.has("returned")
          ? "returned"
          : ["BO", "DE"].includes(cell(line, "species"))
            ? "alive"
            : "delivered";
    if (state !== cell(line, "state"))
      problems.push(`${code} is called ${cell(line, "state")}, recomputed ${state}`);
    const dam = cell(line, "dam");
    if (dam !== "" && (!known.has(dam) || cell(line, "account") !== ""))
      problems.push(`${code} was born of ${dam} and must have a mother and no price`);
  }
}

export function sumOf(parts: readonly { readonly amount: bigint }[]): bigint {
  return parts.reduce((sum, { amount }) => sum + amount, 0n);
}

function kindOf({ account }: Stretch, accounts: ReadonlyMap<string, Line>): string {
  return cell(accounts.get(account) ?? {}, "kind");
}
