import { overlap, type Range } from "./axis.ts";

/** One amount from one account to another; where an account is an axis, the first number there. */
export interface Movement {
  readonly from: string;
  readonly to: string;
  /** Whole đồng, or heads where the accounts count heads; always positive. */
  readonly amount: bigint;
  readonly fromLo?: bigint;
  readonly toLo?: bigint;
  /** Code of the delivered thing these đồng or this head are. */
  readonly animal?: string;
}

/** A movement with its place in the ledger. */
export interface BookedMovement extends Movement {
  readonly entry: number;
  readonly n: number;
}

/** Where the part of `range` on the from-axis that the movement carried arrived; undefined when it carried none of it. */
export function carried(range: Range, movement: Movement): Range | undefined {
  return shifted(range, movement.fromLo, movement.toLo, movement.amount);
}

/** Where the part of `range` on the to-axis that the movement brought came from; undefined when it brought none of it. */
export function brought(range: Range, movement: Movement): Range | undefined {
  return shifted(range, movement.toLo, movement.fromLo, movement.amount);
}

function shifted(
  range: Range,
  here: bigint | undefined,
  there: bigint | undefined,
  amount: bigint,
): Range | undefined {
  if (here === undefined || there === undefined) return undefined;
  const part = overlap(range, { lo: here, length: amount });
  return part && { lo: part.lo - here + there, length: part.length };
}
