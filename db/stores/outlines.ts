import type { Shape } from "#app/domain/places/map-paths.ts";
import type { Unit } from "#app/domain/places/unit.ts";

import type { Db } from "../client.ts";

interface GeoRow {
  code: string;
  geometry: { type: string; coordinates: unknown };
  lon: number | null;
  lat: number | null;
}

/** Outlines of the mountain districts of 2024 or of today's mountain communes, by code; simplified, not official. */
export async function outlines(
  db: Db,
  kind: Exclude<Unit["kind"], "province">,
): Promise<Map<string, Shape>> {
  const rows = await db.rows<GeoRow>(
    `select s.code, s.geometry, p.label_lon as lon, p.label_lat as lat
       from place_shape s join place p on p.code = s.code and p.valid_from = s.valid_from
      where p.kind = $1 and p.mountain`,
    [kind],
  );
  return new Map(
    rows.flatMap(({ code, geometry, lon, lat }) => {
      const rings = ringsOf(geometry);
      const first = rings[0]?.[0];
      if (!first) return [];
      return [[code, { rings, label: lon === null || lat === null ? first : [lon, lat] }] as const];
    }),
  );
}

type Ring = [number, number][];

/** Outer rings of a GeoJSON polygon or of several. */
function ringsOf({ type, coordinates }: GeoRow["geometry"]): Ring[] {
  const polygons = type === "Polygon" ? [coordinates as Ring[]] : (coordinates as Ring[][]);
  return polygons.flatMap(([outer]) => (outer && outer.length > 0 ? [outer] : []));
}
