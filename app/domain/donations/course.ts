/**
 * The course of a range of đồng: the flat pieces of a trace as the tree they are.
 *
 *   gift, offsets 0…24.999.999 on fund:LD1
 *   └─ entry 12 ─ commune:20710:LD1 ─┬─ entry 30 ─ proc ─ entry 41 ─ delivered (LD1-0001)  20.000.000
 *                                    └─ (still there)                                       5.000.000
 *
 * Numbers enter an axis once and leave it once, so the ends of a course always sum to it.
 */
import type { Piece } from "../ledger/trace.ts";

/** A part of the followed đồng on one account, with what went on from it. */
export interface Course {
  readonly piece: Piece;
  /** What went on, lowest numbers first. */
  readonly next: readonly Course[];
  /** đồng that did not go on. */
  readonly rest: bigint;
}

/** Where a part of the đồng ends, and the way it came. */
export interface Ending {
  /** From the start to here, both included. */
  readonly way: readonly Piece[];
  /** đồng */
  readonly amount: bigint;
}

/** Order the pieces of one trace (either direction) into the course they describe; the piece of depth 0 is its start. */
export function courseOf(pieces: readonly Piece[]): Course | undefined {
  const start = pieces.find(({ depth }) => depth === 0);
  if (!start) return undefined;
  const following = new Map<string, Piece[]>();
  for (const piece of pieces) {
    if (piece.via === undefined) continue;
    const key = `${piece.depth}|${piece.via}`;
    const there = following.get(key);
    if (there) there.push(piece);
    else following.set(key, [piece]);
  }
  for (const there of following.values()) there.sort(byOffset);
  return grow(start, following);
}

/** The ends of a course, in the order of their numbers. They sum to the course. */
export function endingsOf(course: Course): Ending[] {
  const found: Ending[] = [];
  const walk = (at: Course, before: readonly Piece[]): void => {
    const way = [...before, at.piece];
    for (const next of at.next) walk(next, way);
    if (at.rest > 0n) found.push({ way, amount: at.rest });
  };
  walk(course, []);
  return found;
}

/** Every piece of a course, each after the one it came from. */
export function piecesOf(course: Course): Piece[] {
  return [course.piece, ...course.next.flatMap(piecesOf)];
}

function grow(piece: Piece, following: ReadonlyMap<string, readonly Piece[]>): Course {
  const end = piece.offset + piece.amount;
  const next = (following.get(`${piece.depth + 1}|${piece.account}`) ?? [])
    .filter(({ offset }) => offset >= piece.offset && offset < end)
    .map((child) => grow(child, following));
  const gone = next.reduce((sum, child) => sum + child.piece.amount, 0n);
  return { piece, next, rest: piece.amount - gone };
}

function byOffset(a: Piece, b: Piece): number {
  return a.offset < b.offset ? -1 : a.offset > b.offset ? 1 : 0;
}
