import { drawMap, type Shape } from "./map-paths.ts";

const MAP_WIDTH = 460;
const MAP_STEP = 2;

/** Today's communes as one picture, in grid units; each with the point for its number. */
export interface DrawnCommunes {
  readonly width: number;
  readonly height: number;
  /** By the code of the commune. */
  readonly shapes: ReadonlyMap<
    string,
    { readonly path: string; readonly label: readonly [number, number] }
  >;
}

/** Maps already drawn, by the first of their outlines: outlines stay the same while the site runs. */
const drawnMaps = new WeakMap<object, DrawnCommunes>();

/** The communes that have an outline, drawn together. */
export function communePicture(
  communes: readonly { readonly code: string; readonly outline: Shape | null }[],
): DrawnCommunes {
  const drawn = communes.flatMap(({ code, outline }) => (outline ? [{ code, outline }] : []));
  const key = drawn[0]?.outline;
  const known = key && drawnMaps.get(key);
  if (known) return known;
  const map = drawMap(
    drawn.map(({ outline }) => outline),
    MAP_WIDTH,
    MAP_STEP,
  );
  const made: DrawnCommunes = {
    width: map.width,
    height: map.height,
    shapes: new Map(
      drawn.flatMap(({ code }, n) => {
        const shape = map.shapes[n];
        return shape ? [[code, shape] as const] : [];
      }),
    ),
  };
  if (key) drawnMaps.set(key, made);
  return made;
}
