import { sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

import type { Db } from "#db/client.ts";
import {
  norm,
  organisation,
  place,
  placeShape,
  planModel,
  planTarget,
  rule,
  twinPair,
} from "#db/schema/places.ts";
import { catalogueItem, catalogueSection } from "#db/schema/twinning.ts";

import { catalogueItems, catalogueSections } from "./catalogue.ts";
import { MODELS, normRows, RULES, targetRows, twinRows } from "./norms.ts";
import { organisationRows } from "./organisations.ts";
import { placeRows, shapeRows } from "./places.ts";

/**
 * Load places, outlines and the plan: units with periods and successors, twins, norms, targets, models, rules, offices.
 * Answers how many rows were not there; run again it changes nothing. Facts only; campaigns and people are the
 * demonstration's (`bin/demo`).
 */
export async function seedPlan(db: Db): Promise<number> {
  return db.begin(async (tx) => {
    let added = 0;
    added += await insertAll(tx, place, placeRows());
    added += await insertAll(tx, placeShape, shapeRows());
    added += await insertAll(tx, planModel, MODELS);
    added += await insertAll(tx, norm, normRows());
    added += await insertAll(tx, catalogueSection, catalogueSections());
    added += await insertAll(tx, catalogueItem, catalogueItems());
    added += await insertAll(tx, planTarget, targetRows());
    added += await insertAll(tx, twinPair, twinRows());
    added += await insertAll(tx, rule, RULES);
    added += await insertAll(tx, organisation, organisationRows());
    return added;
  });
}

/** Rows a statement: well below the 65,535 parameters one statement may carry. */
const CHUNK = 500;

async function insertAll<Table extends PgTable>(
  tx: Db,
  table: Table,
  rows: Table["$inferInsert"][],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < rows.length; from += CHUNK) {
    const part = rows.slice(from, from + CHUNK);
    const orm = await tx.orm();
    const made = await orm
      .insert(table)
      .values(part)
      .onConflictDoNothing()
      .returning({ one: sql`1` });
    added += made.length;
  }
  return added;
}
