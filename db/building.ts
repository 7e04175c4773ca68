import type { Db } from "./client.ts";

/**
 * Drizzle's builder on a database or transaction: `orm`, the tables `t`, and `op`, what conditions are made of. It is loaded by
 * whoever asks first, as loading takes longer than the rest of a start (docs/performance.md, C1): no start and no booking asks,
 * but a start that has to answer what a killed process left.
 */
export async function building(db: Pick<Db, "orm">) {
  const [orm, t, op] = await Promise.all([db.orm(), import("./tables.ts"), import("drizzle-orm")]);
  return { orm, t, op };
}
