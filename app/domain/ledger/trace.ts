/**
 * Following numbers: each movement maps a range of one axis onto a range of the next by a constant shift,
 * so a trace is arithmetic over the movements that overlap it (ledger.md 3.2, 3.11).
 *
 *   gift [lo, lo+amount) on fund -> [..) on commune -> [..) on proc -> [..) on delivered, which is animal X
 */
import type { Range } from "./axis.ts";
import { type BookedMovement, brought, carried } from "./movement.ts";

/** One step of a trace: the numbers that one movement carried, on the axis where they arrived (or came from). */
export interface Piece {
  /** 0 is the range asked for. */
  readonly depth: number;
  readonly account: string;
  /** First number there; absent where the account is no axis (the world). */
  readonly lo?: bigint;
  /** đồng */
  readonly amount: bigint;
  /** First đồng of this piece within the range asked for, from 0: orders and joins pieces. */
  readonly offset: bigint;
  /** The movement it came by; absent at depth 0. */
  readonly entry?: number;
  readonly n?: number;
  readonly animal?: string;
  /** Account it came from (forward) or went to (back); absent at depth 0. */
  readonly via?: string;
}

/** Follow `range` of `account` forwards over movements held in memory. */
export function traceForward(
  movements: readonly BookedMovement[],
  account: string,
  range: Range,
): Piece[] {
  return follow(account, range, (piece, numbers) =>
    movements.flatMap((movement) => {
      if (movement.from !== piece.account || movement.fromLo === undefined) return [];
      const part = partOf(numbers, movement.fromLo, movement.amount);
      if (!part) return [];
      return [{ ...step(piece, movement, movement.to, part), ...at(carried(numbers, movement)) }];
    }),
  );
}

/** Follow `range` of `account` back over movements held in memory. */
export function traceBack(
  movements: readonly BookedMovement[],
  account: string,
  range: Range,
): Piece[] {
  return follow(account, range, (piece, numbers) =>
    movements.flatMap((movement) => {
      if (movement.to !== piece.account || movement.toLo === undefined) return [];
      const part = partOf(numbers, movement.toLo, movement.amount);
      if (!part) return [];
      return [{ ...step(piece, movement, movement.from, part), ...at(brought(numbers, movement)) }];
    }),
  );
}

/** The parts of a forward trace that rest where they are: what has not moved on, in order of offset. */
export function restingPieces(pieces: readonly Piece[]): Piece[] {
  return leaves(pieces).toSorted(byOffset);
}

/** The ends of a backward trace: where the numbers entered from the world, in order of offset. */
export function originPieces(pieces: readonly Piece[]): Piece[] {
  return pieces.filter((piece) => piece.lo === undefined).toSorted(byOffset);
}

function follow(
  account: string,
  range: Range,
  onwards: (piece: Piece, numbers: Range) => Piece[],
): Piece[] {
  const pieces: Piece[] = [{ depth: 0, account, lo: range.lo, amount: range.length, offset: 0n }];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece?.lo === undefined) continue;
    pieces.push(...onwards(piece, { lo: piece.lo, length: piece.amount }).toSorted(byOffset));
  }
  return pieces;
}

function partOf(numbers: Range, lo: bigint, length: bigint): Range | undefined {
  const start = numbers.lo > lo ? numbers.lo : lo;
  const numbersEnd = numbers.lo + numbers.length;
  const end = numbersEnd < lo + length ? numbersEnd : lo + length;
  return end > start ? { lo: start, length: end - start } : undefined;
}

/** `part` of `piece`, carried by `movement` to or from `account`. */
function step(piece: Piece, movement: BookedMovement, account: string, part: Range): Piece {
  return {
    depth: piece.depth + 1,
    account,
    amount: part.length,
    offset: piece.offset + part.lo - (piece.lo ?? part.lo),
    entry: movement.entry,
    n: movement.n,
    via: piece.account,
    ...(movement.animal === undefined ? {} : { animal: movement.animal }),
  };
}

function at(range: Range | undefined): { lo?: bigint } {
  return range ? { lo: range.lo } : {};
}

function byOffset(a: Piece, b: Piece): number {
  return a.offset < b.offset ? -1 : a.offset > b.offset ? 1 : a.depth - b.depth;
}

/** For each piece, what of it no deeper piece continues. A child continues its parent's offsets one depth on. */
function leaves(pieces: readonly Piece[]): Piece[] {
  const children = new Map<string, Piece[]>();
  for (const piece of pieces) {
    if (piece.via === undefined) continue;
    const key = `${piece.depth}|${piece.via}`;
    const list = children.get(key);
    if (list) list.push(piece);
    else children.set(key, [piece]);
  }
  return pieces.flatMap((piece) => {
    const end = piece.offset + piece.amount;
    const onwards = (children.get(`${piece.depth + 1}|${piece.account}`) ?? [])
      .filter((child) => child.offset >= piece.offset && child.offset < end)
      .toSorted(byOffset);
    const rest: Piece[] = [];
    let at = piece.offset;
    for (const child of [...onwards, { offset: end, amount: 0n }]) {
      if (child.offset > at) rest.push(partOfPiece(piece, at, child.offset - at));
      at = child.offset + child.amount;
    }
    return rest;
  });
}

function partOfPiece(piece: Piece, offset: bigint, amount: bigint): Piece {
  const { lo, ...others } = piece;
  return {
    ...others,
    offset,
    amount,
    ...(lo === undefined ? {} : { lo: lo + offset - piece.offset }),
  };
}
