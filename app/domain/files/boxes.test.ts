import { expect, test } from "vitest";

import {
  BOX_UNITS,
  boxesOfCells,
  boxInPixels,
  boxOfPercents,
  cellBox,
  closer,
  frameOf,
  GRID_COLUMNS,
  GRID_ROWS,
  isCovered,
  isInside,
  joinBoxes,
  MOST_BOXES,
  viewOf,
  viewText,
  WHOLE,
  wider,
} from "./boxes.ts";

test("cells of a grid cover its part without a gap, at every depth", () => {
  for (const view of [WHOLE, viewOf("1.3.0"), viewOf("2.15.7")]) {
    const frame = frameOf(view);
    let last = frame.x;
    for (let column = 0; column < GRID_COLUMNS; column += 1) {
      const cell = cellBox(view, column, 0);
      expect(cell.x).toBeLessThanOrEqual(last);
      expect(isInside(cell)).toBe(true);
      last = cell.x + cell.width;
    }
    expect(last).toBe(frame.x + frame.width);
    const corner = cellBox(view, GRID_COLUMNS - 1, GRID_ROWS - 1);
    expect(corner.y + corner.height).toBe(frame.y + frame.height);
  }
});

test("views are read from addresses; nonsense is the whole picture", () => {
  expect(viewOf("1.2.3")).toEqual({ depth: 1, column: 2, row: 3 });
  for (const text of [
    null,
    "",
    "3.0.0",
    "1.4.0",
    "1.-1.0",
    "1.0.5",
    "a.b.c",
    "1.0.0.0",
    "1e0.1.1.1",
    "0.1.1",
  ]) {
    expect(viewOf(text), String(text)).toEqual(WHOLE);
  }
  for (const view of closer(viewOf("1.2.3"))) {
    expect(viewOf(viewText(view))).toEqual(view);
    expect(wider(view)).toEqual(viewOf("1.2.3"));
  }
  expect(closer(viewOf("2.0.0"))).toEqual([]);
});

test("ticked cells become boxes, neighbours joined, strangers passed over", () => {
  const boxes = boxesOfCells(WHOLE, ["0-0", "1-0", "3-0", "15-11", "16-0", "x", "1-12"]);
  expect(boxes).toEqual([
    { x: 0, y: 0, width: 600, height: 400 },
    { x: 900, y: 0, width: 300, height: 400 },
    { x: 4500, y: 4400, width: 300, height: 400 },
  ]);
});

test("percents become boxes that lie inside, or are refused", () => {
  expect(boxOfPercents(0, 0, 100, 100)).toEqual({
    ok: true,
    value: { x: 0, y: 0, width: BOX_UNITS, height: BOX_UNITS },
  });
  for (const wrong of [
    [-1, 0, 10, 10],
    [0, 0, 0, 10],
    [95, 0, 10, 10],
    [0, 0, Number.NaN, 10],
    [0, 0, Number.POSITIVE_INFINITY, 1],
  ] as const) {
    const [left = 0, top = 0, width = 0, height = 0] = wrong;
    expect(boxOfPercents(left, top, width, height).ok, wrong.join()).toBe(false);
  }
});

test("what is covered stays covered and is not counted twice; there is an end to boxes", () => {
  const old = [{ x: 0, y: 0, width: 2400, height: 2400 }];
  const inside = { x: 100, y: 100, width: 10, height: 10 };
  expect(isCovered(inside, old)).toBe(true);
  expect(joinBoxes(old, [inside])).toEqual({ ok: true, value: old });
  const many = Array.from({ length: MOST_BOXES + 1 }, (_, n) => ({
    x: n,
    y: n,
    width: 2,
    height: 2,
  }));
  expect(joinBoxes([], many)).toMatchObject({ problem: { code: "file.too-many-boxes" } });
  expect(joinBoxes([], [{ ...inside, x: 4799 }])).toMatchObject({
    problem: { code: "file.box-outside" },
  });
});

test("boxes in pixels cover at least what they should, and stay in the picture", () => {
  const box = { x: 1, y: 4799, width: 3, height: 1 };
  expect(boxInPixels(box, 2000, 1500)).toEqual({ x: 0, y: 1499, width: 2, height: 1 });
  expect(boxInPixels({ x: 0, y: 0, width: 4800, height: 4800 }, 17, 3)).toEqual({
    x: 0,
    y: 0,
    width: 17,
    height: 3,
  });
});
