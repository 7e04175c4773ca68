/**
 * Turn the legs of a draft into movements with numbers, in the order given; later legs see what earlier ones did.
 * Pure: given the states of the accounts named, it answers the movements and the states after.
 */
import { no, ok, type Result } from "../kernel/result.ts";
import { type AxisProblem, type Range, takeExactly, takeFirst, total, without } from "./axis.ts";
import { type AccountSpec, accountSpec, type ChartProblem } from "./chart.ts";
import type { Leg } from "./entry.ts";
import type { Movement } from "./movement.ts";

/** Sums in and out of one account and, on an axis, the numbers still there (sorted, disjoint, none empty). */
export interface AccountState {
  readonly spec: AccountSpec;
  readonly received: bigint;
  readonly sent: bigint;
  readonly free: readonly Range[];
  readonly closed: boolean;
}

export type LayOutProblem =
  | ChartProblem
  | (AxisProblem & { account: string })
  | { code: "ledger.not-positive"; amount: bigint }
  | { code: "ledger.units-differ"; from: string; to: string }
  | { code: "ledger.same-account"; account: string }
  | { code: "ledger.too-large"; account: string; amount: bigint }
  | { code: "ledger.account-closed"; account: string };

/** What laying out answers. */
export interface LaidOut {
  readonly movements: readonly Movement[];
  /** For each movement, the unit it counts. */
  readonly units: readonly string[];
  /** States after, of every account touched. */
  readonly states: ReadonlyMap<string, AccountState>;
  /** Accounts used for the first time. */
  readonly opens: readonly string[];
}

/** Largest number of an axis, and largest sum: what the published JSON can tell exactly, 2^53 − 1. */
const LARGEST_NUMBER = BigInt(Number.MAX_SAFE_INTEGER);

/** Whether `amount` more still fits an account that has received `received` so far. */
export function fitsAxis(received: bigint, amount: bigint): boolean {
  return received + amount <= LARGEST_NUMBER;
}

/** An account that nobody has used yet. */
function unopened(spec: AccountSpec): AccountState {
  return { spec, received: 0n, sent: 0n, free: [], closed: false };
}

/** What is on a guarded account now; without meaning for a world account. */
export function balanceOf(state: AccountState): bigint {
  return state.received - state.sent;
}

/** Lay out `legs` over `before`; an account missing there is opened. */
export function layOut(
  before: ReadonlyMap<string, AccountState>,
  legs: readonly Leg[],
): Result<LaidOut, LayOutProblem> {
  const states = new Map<string, AccountState>();
  const opens: string[] = [];
  const movements: Movement[] = [];
  const units: string[] = [];
  const arrived: Range[][] = [];

  const open = (code: string): Result<AccountState, LayOutProblem> => {
    const known = states.get(code) ?? before.get(code);
    if (known?.closed) return no({ code: "ledger.account-closed", account: code });
    if (known) return ok(known);
    const spec = accountSpec(code);
    if (!spec.ok) return spec;
    opens.push(code);
    const state = unopened(spec.value);
    states.set(code, state);
    return ok(state);
  };

  for (const leg of legs) {
    if (leg.amount <= 0n) return no({ code: "ledger.not-positive", amount: leg.amount });
    if (leg.from === leg.to) return no({ code: "ledger.same-account", account: leg.from });
    const from = open(leg.from);
    if (!from.ok) return from;
    const to = open(leg.to);
    if (!to.ok) return to;
    if (from.value.spec.unit !== to.value.spec.unit) {
      return no({ code: "ledger.units-differ", from: leg.from, to: leg.to });
    }
    if (!fitsAxis(to.value.received, leg.amount)) {
      return no({ code: "ledger.too-large", account: leg.to, amount: leg.amount });
    }
    const parts = partsOf(from.value, leg, arrived);
    if (!parts.ok) return no({ ...parts.problem, account: leg.from });

    states.set(leg.from, sentFrom(from.value, parts.value, leg.amount));
    const landed: Range[] = [];
    for (const part of parts.value) {
      const target = states.get(leg.to) ?? to.value;
      const toLo = target.received + 1n;
      movements.push({
        from: leg.from,
        to: leg.to,
        amount: part.length,
        ...(from.value.spec.axis ? { fromLo: part.lo } : {}),
        ...(target.spec.axis ? { toLo } : {}),
        ...(leg.animal === undefined ? {} : { animal: leg.animal }),
      });
      units.push(target.spec.unit);
      if (target.spec.axis) landed.push({ lo: toLo, length: part.length });
      states.set(leg.to, receivedInto(target, part.length));
    }
    arrived.push(landed);
  }
  return ok({ movements, units, states, opens });
}

/** The ranges a leg takes on its from-account; a single nameless part where that is no axis. */
function partsOf(
  from: AccountState,
  leg: Leg,
  arrived: readonly (readonly Range[])[],
): Result<readonly Range[], AxisProblem> {
  if (!from.spec.axis) {
    const missing = leg.amount - balanceOf(from);
    if (!from.spec.mayBeNegative && missing > 0n) {
      return no({ code: "ledger.not-enough", missing });
    }
    return ok([{ lo: 0n, length: leg.amount }]);
  }
  const take = leg.take ?? "lowest";
  if (take === "lowest") return takeFirst(from.free, leg.amount);
  const wanted = "broughtBy" in take ? (arrived[take.broughtBy] ?? []) : take;
  const missing = leg.amount - total(wanted);
  if (missing > 0n) return no({ code: "ledger.not-enough", missing });
  const first = takeFirst(wanted, leg.amount);
  return first.ok ? takeExactly(from.free, first.value) : first;
}

function sentFrom(state: AccountState, parts: readonly Range[], amount: bigint): AccountState {
  return {
    ...state,
    sent: state.sent + amount,
    free: state.spec.axis ? without(state.free, parts) : state.free,
  };
}

function receivedInto(state: AccountState, amount: bigint): AccountState {
  return {
    ...state,
    received: state.received + amount,
    free: state.spec.axis ? extended(state.free, state.received + 1n, amount) : state.free,
  };
}

/** New numbers always join at the head; they grow the last range when it reaches there. */
function extended(free: readonly Range[], lo: bigint, length: bigint): readonly Range[] {
  const last = free.at(-1);
  if (last && last.lo + last.length === lo) {
    return [...free.slice(0, -1), { lo: last.lo, length: last.length + length }];
  }
  return [...free, { lo, length }];
}
