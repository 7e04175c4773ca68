import type { Writing } from "#app/domain/acts/act.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import type { Places } from "#app/domain/places/ports.ts";
import type { Unit } from "#app/domain/places/unit.ts";
import type { Database } from "#db/client.ts";
import { placesStore } from "#db/stores/places.ts";

import { CAMPAIGNS } from "./campaign-plans.ts";

/** Units do not change while the replay runs: each commune's line is read once, before anything else. */
export async function rememberPlaces(db: Database): Promise<ReadonlyMap<string, Unit[]>> {
  const lines = new Map<string, Unit[]>();
  for (const { commune, communeFrom } of CAMPAIGNS) {
    const key = `${commune} ${communeFrom}`;
    if (!lines.has(key)) lines.set(key, await placesStore(db).lineage(commune, communeFrom));
  }
  return lines;
}

/** Writing in which a commune's line is what was read. */
export function withPlaces(
  official: Writing<OfficeStores>,
  lines: ReadonlyMap<string, Unit[]>,
): Writing<OfficeStores> {
  return {
    write: (work) =>
      official.write((stores) => work({ ...stores, places: remembering(stores.places, lines) })),
  };
}

/** Places that remember the lines of communes. */
export function remembering(places: Places, lines: ReadonlyMap<string, Unit[]>): Places {
  return {
    ...places,
    lineage(code, from) {
      const known = lines.get(`${code} ${from}`);
      return known ? Promise.resolve(known) : places.lineage(code, from);
    },
  };
}
