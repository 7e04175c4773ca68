/**
 * The books replayed from `entries.csv`, `movements.csv` and `accounts.csv`, movement by movement. Each axis is kept as
 * the stretches of numbers that are on it; nothing of the application's arithmetic is used.
 */
import { cell, type Line, maybeWhole, type Problems, type Tables, whole } from "./tables.ts";

/** A movement with its cells read. */
export interface Move {
  readonly entry: bigint;
  readonly n: bigint;
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  readonly amount: bigint;
  readonly fromLo: bigint | undefined;
  readonly toLo: bigint | undefined;
  readonly animal: string;
}

interface Held {
  readonly line: Line;
  readonly axis: boolean;
  readonly guarded: boolean;
  balance: bigint;
  /** Next number on the axis. */
  next: bigint;
  /** Stretches still there, `[first, after last]`, rising. */
  stretches: [bigint, bigint][];
}

/** What is left after the last entry. */
export interface Replayed {
  readonly moves: readonly Move[];
  readonly balances: ReadonlyMap<string, bigint>;
}

/** Replay all entries; whatever breaks a promise is named. */
export function replay(tables: Tables, problems: Problems): Replayed {
  checkEntries(tables.entries, problems);
  const moves = tables.movements.map((line): Move => ({
    entry: whole(line, "entry"),
    n: whole(line, "n"),
    from: cell(line, "from_account"),
    to: cell(line, "to_account"),
    unit: cell(line, "unit"),
    amount: whole(line, "amount"),
    fromLo: maybeWhole(line, "from_lo"),
    toLo: maybeWhole(line, "to_lo"),
    animal: cell(line, "animal"),
  }));
  const accounts = new Map<string, Held>(
    tables.accounts.map((line) => [
      cell(line, "account"),
      {
        line,
        axis: cell(line, "axis") === "true",
        guarded: cell(line, "may_be_negative") !== "true",
        balance: 0n,
        next: 1n,
        stretches: [],
      },
    ]),
  );
  const known = new Set(tables.entries.map((line) => whole(line, "entry")));
  const touched = new Set<string>();
  moves.forEach((move, at) => {
    const name = `movement ${move.entry}.${move.n}`;
    const before = moves[at - 1];
    const follows =
      before?.entry === move.entry
        ? move.n === before.n + 1n
        : move.n === 0n && (before === undefined || before.entry < move.entry);
    if (!follows) problems.push(`${name} is out of order`);
    if (!known.has(move.entry)) problems.push(`${name} belongs to no entry`);
    const from = accounts.get(move.from);
    const to = accounts.get(move.to);
    if (!from || !to) {
      problems.push(`${name} uses an account that is not listed`);
      return;
    }
    carry(name, move, from, to, problems);
    touched.add(move.from).add(move.to);
    if (moves[at + 1]?.entry !== move.entry) {
      endOfEntry(move.entry, touched, accounts, problems);
      touched.clear();
    }
  });
  checkUnits(accounts, problems);
  checkReversals(tables.entries, moves, problems);
  return {
    moves,
    balances: new Map([...accounts].map(([code, { balance }]) => [code, balance])),
  };
}

function checkEntries(entries: readonly Line[], problems: Problems): void {
  const seen = new Set<string>();
  const reversed = new Set<string>();
  let last = "";
  entries.forEach((line, at) => {
    const number = whole(line, "entry");
    if (number !== BigInt(at + 1)) problems.push(`entry ${number} stands at place ${at + 1}`);
    if (!/^[0-9a-f]{64}$/.test(cell(line, "leaf_hash")))
      problems.push(`entry ${number} has no leaf hash`);
    if (seen.has(cell(line, "leaf_hash"))) problems.push(`entry ${number} repeats a leaf hash`);
    seen.add(cell(line, "leaf_hash"));
    const recorded = cell(line, "recorded_at");
    // Times go back where an entry says that a clock was wrong, and nowhere else.
    const corrects = cell(line, "kind") === "clock-corrected";
    if (Number.isNaN(Date.parse(recorded)) || recorded < last !== corrects)
      problems.push(`entry ${number} was recorded at ${recorded}, after ${last}`);
    last = recorded;
    if (!/^\d{4}-\d\d-\d\d$/.test(cell(line, "effective_on")))
      problems.push(`entry ${number} has no day`);
    const answers = cell(line, "reverses");
    if (answers === "") return;
    if (BigInt(answers) >= number) problems.push(`entry ${number} reverses ${answers}`);
    if (reversed.has(answers)) problems.push(`entry ${answers} is reversed twice`);
    reversed.add(answers);
  });
}

function carry(name: string, move: Move, from: Held, to: Held, problems: Problems): void {
  if (move.amount <= 0n) problems.push(`${name} carries ${move.amount}`);
  for (const side of [from, to]) {
    if (cell(side.line, "unit") !== move.unit)
      problems.push(`${name} changes ${cell(side.line, "unit")} into ${move.unit}`);
  }
  if (from.axis !== (move.fromLo !== undefined) || to.axis !== (move.toLo !== undefined))
    problems.push(`${name} has numbers where none belong, or lacks them`);
  from.balance -= move.amount;
  to.balance += move.amount;
  if (move.fromLo !== undefined && !take(from.stretches, move.fromLo, move.fromLo + move.amount))
    problems.push(`${name} takes numbers of ${move.from} that are not there`);
  if (move.toLo === undefined) return;
  if (move.toLo !== to.next)
    problems.push(`${name} gives number ${move.toLo} of ${move.to}, next is ${to.next}`);
  to.next = move.toLo + move.amount;
  const last = to.stretches.at(-1);
  if (last && last[1] === move.toLo) last[1] = to.next;
  else to.stretches.push([move.toLo, to.next]);
}

/** Cut `[lo, end)` out of the stretches; false when it is not there whole. */
function take(stretches: [bigint, bigint][], lo: bigint, end: bigint): boolean {
  const at = stretches.findIndex(([first, after]) => first <= lo && end <= after);
  const home = stretches[at];
  if (!home) return false;
  const parts: [bigint, bigint][] = [
    [home[0], lo],
    [end, home[1]],
  ];
  stretches.splice(at, 1, ...parts.filter(([first, after]) => first < after));
  return true;
}

function endOfEntry(
  entry: bigint,
  touched: ReadonlySet<string>,
  accounts: ReadonlyMap<string, Held>,
  problems: Problems,
): void {
  for (const code of touched) {
    const held = accounts.get(code);
    if (!held) continue;
    if (held.guarded && held.balance < 0n)
      problems.push(`${code} is ${held.balance} after entry ${entry}`);
    const there = held.stretches.reduce((sum, [first, after]) => sum + after - first, 0n);
    if (held.axis && there !== held.balance)
      problems.push(`${code} holds ${there} numbers and ${held.balance} after entry ${entry}`);
    const closed = cell(held.line, "closed_by");
    if (closed !== "" && entry > BigInt(closed))
      problems.push(`${code} moves in entry ${entry}, after it was closed`);
    if (closed === String(entry) && held.balance !== 0n)
      problems.push(`${code} was closed with ${held.balance}`);
  }
}

function checkUnits(accounts: ReadonlyMap<string, Held>, problems: Problems): void {
  const sums = new Map<string, bigint>();
  for (const { line, balance } of accounts.values()) {
    const unit = cell(line, "unit");
    sums.set(unit, (sums.get(unit) ?? 0n) + balance);
  }
  for (const [unit, sum] of sums) {
    if (sum !== 0n) problems.push(`${unit} does not conserve: ${sum}`);
  }
}

/** A reversal and what it reverses leave every account as it was, and every number goes back the way it came. */
function checkReversals(
  entries: readonly Line[],
  moves: readonly Move[],
  problems: Problems,
): void {
  const byEntry = Map.groupBy(moves, ({ entry }) => entry);
  for (const line of entries) {
    if (cell(line, "reverses") === "") continue;
    const net = new Map<string, bigint>();
    const add = (account: string, amount: bigint) =>
      net.set(account, (net.get(account) ?? 0n) + amount);
    const first = byEntry.get(whole(line, "reverses")) ?? [];
    const second = byEntry.get(whole(line, "entry")) ?? [];
    for (const { from, to, amount } of [...first, ...second]) {
      add(from, -amount);
      add(to, amount);
    }
    const mirrored = first.every((move) =>
      second.some(
        (back) =>
          back.from === move.to &&
          back.to === move.from &&
          back.amount === move.amount &&
          back.fromLo === move.toLo,
      ),
    );
    if (!mirrored || [...net.values()].some((sum) => sum !== 0n))
      problems.push(`entry ${cell(line, "entry")} does not undo ${cell(line, "reverses")}`);
  }
}
