import { expect, test } from "vitest";

import { drawMap } from "./map-paths.ts";

const square = (lon: number, lat: number, size: number) =>
  [
    [lon, lat],
    [lon + size, lat],
    [lon + size, lat - size],
    [lon, lat - size],
    [lon, lat],
  ] as const;

test("north is up, the map is as wide as asked, and shapes keep their proportion", () => {
  const map = drawMap([{ rings: [square(108, 0.5, 1)], label: [108.5, 0] }], 100, 1);
  expect(map.width).toBe(100);
  expect(map.height).toBe(100);
  expect(map.shapes[0]).toEqual({ path: "M0 0l100 0 0 100-100 0z", label: [50, 50] });
});

test("neighbours keep one border and points on a line are left out", () => {
  const left = [
    [0, 1],
    [1, 1],
    [1, 0.5],
    [1, 0],
    [0, 0],
    [0, 1],
  ] as const;
  const map = drawMap(
    [
      { rings: [left], label: [0.5, 0.5] },
      { rings: [square(1, 1, 1)], label: [1.5, 0.5] },
    ],
    200,
    2,
  );
  expect(map.shapes[0]?.path).toBe("M0 0l100 0 0 100-100 0z");
  expect(map.shapes[1]?.path).toBe("M100 0l100 0 0 100-100 0z");
});

test("a ring smaller than the grid vanishes instead of breaking the picture", () => {
  const map = drawMap(
    [{ rings: [square(0, 1, 1), square(0.5, 0.5, 0.001)], label: [0.5, 0.5] }],
    100,
    2,
  );
  expect(map.shapes[0]?.path.match(/M/g)).toHaveLength(1);
  expect(drawMap([], 100, 1)).toEqual({ width: 100, height: 0, shapes: [] });
});
