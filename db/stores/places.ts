import type { Day } from "#app/domain/kernel/calendar.ts";
import type { Places } from "#app/domain/places/ports.ts";
import type { Unit } from "#app/domain/places/unit.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

interface UnitRow {
  code: string;
  valid_from: Day;
  valid_to: Day | null;
  kind: Unit["kind"];
  name: string;
  full_name: string;
  slug: string;
  parent: string | null;
  successor: string | null;
  other_spellings: string[];
  mountain: boolean;
  district2024: string | null;
}

const COLUMNS = `p.code, p.valid_from::text as valid_from, p.valid_to::text as valid_to, p.kind, p.name, p.full_name, p.slug,
  p.parent, p.successor, p.other_spellings, p.mountain, p.district2024`;

/** Units in time, from `place`. */
export function placesStore(db: Db): Places {
  return {
    async lineage(code, validFrom) {
      const rows = await db.rows<UnitRow>(
        `select ${COLUMNS} from place_line($1, $2::text::date) l
           join place p on p.code = l.code and p.valid_from = l.valid_from order by l.step`,
        [code, validFrom],
      );
      return rows.map(unitOf);
    },
    async periods(code) {
      const { orm, t, op } = await building(db);
      const {
        labelLon: _lon,
        labelLat: _lat,
        searchText: _text,
        source: _source,
        ...columns
      } = op.getTableColumns(t.place);
      return orm
        .select(columns)
        .from(t.place)
        .where(op.eq(t.place.code, code))
        .orderBy(t.place.validFrom);
    },
  };
}

function unitOf(row: UnitRow): Unit {
  return {
    code: row.code,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    kind: row.kind,
    name: row.name,
    fullName: row.full_name,
    slug: row.slug,
    parent: row.parent,
    successor: row.successor,
    otherSpellings: row.other_spellings,
    mountain: row.mountain,
    district2024: row.district2024,
  };
}
