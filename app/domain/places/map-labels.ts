/** A name on a map: its middle and its size, in grid units. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Distance between places that are tried, in grid units. */
const STEP = 4;

/**
 * Put labels where they wish to be or, where one would cover another or leave the map, at the nearest place that is free:
 * rings of places around the wish are tried outwards. Earlier labels have the first choice.
 */
export function placeLabels<One extends Label>(
  labels: readonly One[],
  map: { readonly width: number; readonly height: number },
  gap: number,
): One[] {
  const placed: One[] = [];
  for (const label of labels) {
    const wish = inside(label, map);
    placed.push(nearestFree(wish, placed, map, gap) ?? wish);
  }
  return placed;
}

function nearestFree<One extends Label>(
  wish: One,
  placed: readonly Label[],
  map: { readonly width: number; readonly height: number },
  gap: number,
): One | undefined {
  const farthest = Math.ceil(Math.max(map.width, map.height) / STEP);
  for (let ring = 0; ring <= farthest; ring += 1) {
    let best: One | undefined;
    for (const [dx, dy] of ringAround(ring)) {
      const tried = inside({ ...wish, x: wish.x + dx, y: wish.y + dy }, map);
      if (placed.some((other) => covers(tried, other, gap))) continue;
      if (!best || distance(tried, wish) < distance(best, wish)) best = tried;
    }
    if (best) return best;
  }
  return undefined;
}

/** Steps to the places of a square ring; the middle itself for ring 0. */
function ringAround(ring: number): (readonly [number, number])[] {
  if (ring === 0) return [[0, 0]];
  const steps: (readonly [number, number])[] = [];
  for (let at = -ring; at <= ring; at += 1) {
    steps.push([at, -ring], [at, ring]);
    if (at > -ring && at < ring) steps.push([-ring, at], [ring, at]);
  }
  return steps.map(([x, y]) => [x * STEP, y * STEP]);
}

function covers(one: Label, other: Label, gap: number): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 + gap &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 + gap
  );
}

function distance(one: Label, other: Label): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function inside<One extends Label>(
  one: One,
  map: { readonly width: number; readonly height: number },
): One {
  const clamp = (value: number, half: number, most: number) =>
    Math.round(Math.min(Math.max(value, half), Math.max(half, most - half)));
  return {
    ...one,
    x: clamp(one.x, one.width / 2, map.width),
    y: clamp(one.y, one.height / 2, map.height),
  };
}
