/**
 * Black boxes over a picture, in whole units of 1/4800 of its width and height: a number that the grids of all depths and
 * whole percents divide.
 *
 *   depth 0: 16 x 12 cells over the whole picture
 *   depth 1: 16 x 12 cells over one of 4 x 4 parts
 *   depth 2: 16 x 12 cells over one of 16 x 16 parts, each cell some eight pixels of the public picture
 */
import { no, ok, type Result } from "../kernel/result.ts";

/** Width and height of every picture in units of its boxes. */
export const BOX_UNITS = 4800;

/** A rectangle that is covered. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const GRID_COLUMNS = 16;
export const GRID_ROWS = 12;
const PARTS = 4;
/** How often one can go closer. */
const DEEPEST = 2;
/** More boxes than this are a mistake or a joke. */
export const MOST_BOXES = 2000;

/** Part of the picture that a grid lies over. */
export interface View {
  readonly depth: number;
  /** Which part, counted from the left and from the top at this depth. */
  readonly column: number;
  readonly row: number;
}

export const WHOLE: View = { depth: 0, column: 0, row: 0 };

/** Read `depth.column.row`; what is no view of ours is the whole picture. */
export function viewOf(text: string | null): View {
  const [depth = 0, column = 0, row = 0, ...rest] = (text ?? "").split(".").map(Number);
  const parts = PARTS ** depth;
  const inside = (at: number) => Number.isInteger(at) && at >= 0 && at < parts;
  const known = Number.isInteger(depth) && depth > 0 && depth <= DEEPEST && rest.length === 0;
  return known && inside(column) && inside(row) ? { depth, column, row } : WHOLE;
}

/** A view as text for an address. */
export function viewText({ depth, column, row }: View): string {
  return `${depth}.${column}.${row}`;
}

/** The part of the picture that a view shows. */
export function frameOf({ depth, column, row }: View): Box {
  const size = BOX_UNITS / PARTS ** depth;
  return { x: column * size, y: row * size, width: size, height: size };
}

/** The closer views of a view, row by row; none at the deepest. */
export function closer({ depth, column, row }: View): View[] {
  if (depth >= DEEPEST) return [];
  return Array.from({ length: PARTS * PARTS }, (_, n) => ({
    depth: depth + 1,
    column: column * PARTS + (n % PARTS),
    row: row * PARTS + Math.floor(n / PARTS),
  }));
}

/** The view one step back; undefined for the whole picture. */
export function wider({ depth, column, row }: View): View | undefined {
  if (depth === 0) return undefined;
  return { depth: depth - 1, column: Math.floor(column / PARTS), row: Math.floor(row / PARTS) };
}

/** A cell of a view's grid, column and row counted from 0. */
export function cellBox(view: View, column: number, row: number): Box {
  const frame = frameOf(view);
  const left = frame.x + Math.floor((column * frame.width) / GRID_COLUMNS);
  const right = frame.x + Math.ceil(((column + 1) * frame.width) / GRID_COLUMNS);
  const top = frame.y + Math.floor((row * frame.height) / GRID_ROWS);
  const bottom = frame.y + Math.ceil(((row + 1) * frame.height) / GRID_ROWS);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Ticked cells `column-row` of a view as boxes, neighbours in a row joined; what is no cell is passed over. */
export function boxesOfCells(view: View, cells: readonly string[]): Box[] {
  const ticked = new Set(cells);
  const boxes: Box[] = [];
  for (let row = 0; row < GRID_ROWS; row += 1) {
    let run: Box | undefined;
    for (let column = 0; column <= GRID_COLUMNS; column += 1) {
      if (column < GRID_COLUMNS && ticked.has(`${column}-${row}`)) {
        const cell = cellBox(view, column, row);
        run = run ? { ...run, width: cell.x + cell.width - run.x } : cell;
      } else if (run) {
        boxes.push(run);
        run = undefined;
      }
    }
  }
  return boxes;
}

export type BoxProblem =
  | { code: "file.box-outside" }
  | { code: "file.too-many-boxes"; limit: number };

/** A box given as percents of the picture, from the left and the top. */
export function boxOfPercents(
  left: number,
  top: number,
  width: number,
  height: number,
): Result<Box, BoxProblem> {
  const unit = BOX_UNITS / 100;
  const box = {
    x: Math.floor(left * unit),
    y: Math.floor(top * unit),
    width: Math.ceil(width * unit),
    height: Math.ceil(height * unit),
  };
  return isInside(box) ? ok(box) : no({ code: "file.box-outside" });
}

/** Whether a box lies inside the picture and covers something. */
export function isInside({ x, y, width, height }: Box): boolean {
  const whole = [x, y, width, height].every(Number.isInteger);
  return (
    whole &&
    x >= 0 &&
    y >= 0 &&
    width > 0 &&
    height > 0 &&
    x + width <= BOX_UNITS &&
    y + height <= BOX_UNITS
  );
}

/** Whether a cell is covered already, so that the grid can say so. */
export function isCovered(cell: Box, boxes: readonly Box[]): boolean {
  return boxes.some(
    (box) =>
      box.x <= cell.x &&
      box.y <= cell.y &&
      box.x + box.width >= cell.x + cell.width &&
      box.y + box.height >= cell.y + cell.height,
  );
}

/** Boxes with those that say nothing new left out. */
export function joinBoxes(old: readonly Box[], added: readonly Box[]): Result<Box[], BoxProblem> {
  const boxes = [...old];
  for (const box of added) {
    if (!isInside(box)) return no({ code: "file.box-outside" });
    if (!isCovered(box, boxes)) boxes.push(box);
  }
  return boxes.length > MOST_BOXES
    ? no({ code: "file.too-many-boxes", limit: MOST_BOXES })
    : ok(boxes);
}

/** A box in pixels of a picture, never smaller than what it covers. */
export function boxInPixels(box: Box, width: number, height: number): Box {
  const left = Math.floor((box.x * width) / BOX_UNITS);
  const top = Math.floor((box.y * height) / BOX_UNITS);
  return {
    x: left,
    y: top,
    width: Math.min(width, Math.ceil(((box.x + box.width) * width) / BOX_UNITS)) - left,
    height: Math.min(height, Math.ceil(((box.y + box.height) * height) / BOX_UNITS)) - top,
  };
}
