import { householdsToldByList, type ListedCode } from "#app/domain/open-data/told-households.ts";

import type { Db } from "../client.ts";
import { textArray } from "./pg-arrays.ts";

/** As what households of these codes are told in public, where that is not their code (`householdsToldByList`). */
export async function toldByList(
  db: Db,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map();
  return householdsToldByList(
    await db.rows<ListedCode>(
      `select code, campaign, round, group_id as "group" from household
        where campaign in (select campaign from household where code = any (($1::text)::text[]))`,
      [textArray([...new Set(codes)])],
    ),
  );
}

/** `toldByList` for the households of rows of events. */
export function toldInEvents(
  db: Db,
  rows: readonly { readonly household?: unknown }[],
): Promise<ReadonlyMap<string, string>> {
  return toldByList(
    db,
    rows.flatMap(({ household }) => (typeof household === "string" ? [household] : [])),
  );
}
