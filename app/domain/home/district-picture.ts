import { placeLabels } from "../places/map-labels.ts";
import { drawMap } from "../places/map-paths.ts";
import type { DistrictProgress } from "./ports.ts";

const MAP_WIDTH = 460;
const MAP_STEP = 2;
/** Room of a name on the map: per letter, and name and figure together. */
const LETTER = 10.4;
const LABEL_HEIGHT = 40;

/** The districts as one picture, in grid units. */
export interface DrawnDistricts {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly { code: string; path: string; label: readonly [number, number] }[];
}

/** Maps already drawn, by the first of their outlines: outlines stay the same while the site runs. */
const drawnMaps = new WeakMap<object, DrawnDistricts>();

/** The districts that have an outline, drawn together with their names apart. */
export function districtPicture(districts: readonly DistrictProgress[]): DrawnDistricts {
  const drawn = districts.flatMap(({ code, name, outline }) =>
    outline ? [{ code, name, outline }] : [],
  );
  const key = drawn[0]?.outline;
  const known = key && drawnMaps.get(key);
  if (known) return known;
  const map = drawMap(
    drawn.map(({ outline }) => outline),
    MAP_WIDTH,
    MAP_STEP,
  );
  const labels = placeLabels(
    drawn.map(({ name }, n) => {
      const [x, y] = map.shapes[n]?.label ?? [0, 0];
      return { x, y, width: name.length * LETTER, height: LABEL_HEIGHT };
    }),
    map,
    4,
  );
  const made: DrawnDistricts = {
    width: map.width,
    height: map.height,
    shapes: drawn.map(({ code }, n) => ({
      code,
      path: map.shapes[n]?.path ?? "",
      label: [labels[n]?.x ?? 0, labels[n]?.y ?? 0],
    })),
  };
  if (key) drawnMaps.set(key, made);
  return made;
}
