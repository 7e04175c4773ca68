/**
 * Outlines as SVG paths: longitude and latitude laid flat on a grid of whole units, north up.
 *
 *   [lon, lat] rings  ->  one scale for all, cos(lat) to keep shapes true  ->  "M12 40l3 1-2 5z"
 *
 * Points are snapped to the grid before duplicates are dropped, so neighbours keep a common border.
 */

/** What is drawn: rings and the point for its name. */
export interface Shape {
  readonly rings: readonly (readonly (readonly [number, number])[])[];
  readonly label: readonly [number, number];
}

/** A drawn shape, in grid units. */
interface Drawn {
  readonly path: string;
  readonly label: readonly [number, number];
}

/** Shapes of one map with the size of its picture. */
export interface DrawnMap {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Drawn[];
}

/** Draw shapes together, `width` units wide; points nearer than `step` units become one. */
export function drawMap(shapes: readonly Shape[], width: number, step: number): DrawnMap {
  const points = shapes.flatMap(({ rings }) => rings.flat());
  if (points.length === 0) return { width, height: 0, shapes: [] };
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const west = Math.min(...lons);
  const north = Math.max(...lats);
  const south = Math.min(...lats);
  const squeeze = Math.cos((((north + south) / 2) * Math.PI) / 180);
  const scale = width / ((Math.max(...lons) - west) * squeeze);
  const flat = ([lon, lat]: readonly [number, number]) =>
    [(lon - west) * squeeze * scale, (north - lat) * scale] as const;
  const snap = (value: number) => Math.round(value / step) * step;
  return {
    width,
    height: Math.ceil((north - south) * scale),
    shapes: shapes.map(({ rings, label }) => {
      const [x, y] = flat(label);
      return {
        label: [Math.round(x), Math.round(y)],
        path: rings
          .map((ring) =>
            ringPath(
              ring.map((point) => {
                const [px, py] = flat(point);
                return [snap(px), snap(py)] as const;
              }),
            ),
          )
          .join(""),
      };
    }),
  };
}

/** A closed ring in relative steps; points on a straight line between their neighbours are left out. */
function ringPath(ring: readonly (readonly [number, number])[]): string {
  const points: (readonly [number, number])[] = [];
  for (const point of ring) {
    const last = points.at(-1);
    if (last && last[0] === point[0] && last[1] === point[1]) continue;
    const before = points.at(-2);
    if (last && before && straight(before, last, point)) points.pop();
    points.push(point);
  }
  const [first, ...rest] = points;
  if (!first || rest.length < 3) return "";
  let [x, y] = first;
  let path = `M${x} ${y}l`;
  for (const [nextX, nextY] of rest.slice(0, -1)) {
    path += step(nextX - x, path) + step(nextY - y, " ");
    [x, y] = [nextX, nextY];
  }
  return `${path}z`;
}

function straight(
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
  [cx, cy]: readonly [number, number],
): boolean {
  return (
    (bx - ax) * (cy - by) === (by - ay) * (cx - bx) &&
    (bx - ax) * (cx - bx) + (by - ay) * (cy - by) > 0
  );
}

/** A number after what stands before it: a minus sign needs no blank. */
function step(value: number, before: string): string {
  const blank = value >= 0 && !before.endsWith("l") ? " " : "";
  return `${blank}${value}`;
}
