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
 * Run again it changes nothing. Facts only; campaigns and people are the demonstration's (`db/seeds/demo`).
 */
export async function seedPlan(db: Db): Promise<void> {
  await db.begin(async (tx) => {
    await insertAll(tx, place, placeRows());
    await insertAll(tx, placeShape, shapeRows());
    await insertAll(tx, planModel, MODELS);
    await insertAll(tx, norm, normRows());
    await insertAll(tx, catalogueSection, catalogueSections());
    await insertAll(tx, catalogueItem, catalogueItems());
    await insertAll(tx, planTarget, targetRows());
    await insertAll(tx, twinPair, twinRows());
    await insertAll(tx, rule, RULES);
    await insertAll(tx, organisation, organisationRows());
  });
}

/** Rows a statement: well below the 65,535 parameters one statement may carry. */
const CHUNK = 500;

async function insertAll<Table extends PgTable>(
  tx: Db,
  table: Table,
  rows: Table["$inferInsert"][],
): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const part = rows.slice(from, from + CHUNK);
    await (await tx.orm()).insert(table).values(part).onConflictDoNothing();
  }
}
