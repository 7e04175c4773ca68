import type { PersonalData, SealedTexts } from "#app/domain/register/personal-data.ts";

import type { Db } from "../client.ts";
import { textArray } from "./pg-arrays.ts";

/**
 * Names that the web may show, by registration: those with a consent whose last word is yes, of households that were not erased.
 * Nobody in particular looks, so the trail has no line. With the key lost there are none, and pages go on.
 */
async function namesByConsent(
  db: Db,
  sealed: Pick<SealedTexts, "open">,
  registrations: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (registrations.length === 0) return new Map();
  const rows = await db.rows<{ registration: string; sealed: Uint8Array }>(
    `select r.id as registration, g.sealed from registration r join register_household g on g.id = r.household
      where r.id = any (($1::text)::text[]) and g.erased_at is null
        and (select c.given from household_consent c where c.household = g.id and c.kind = 'name' order by c.n desc limit 1)`,
    [textArray([...new Set(registrations)])],
  );
  const names = new Map<string, string>();
  for (const row of rows) {
    const text = await sealed.open(row.sealed);
    if (text.ok) names.set(row.registration, (JSON.parse(text.value) as PersonalData).name);
  }
  return names;
}

/** The same by the public code of a supported household. */
export async function publicNames(
  db: Db,
  sealed: Pick<SealedTexts, "open">,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ code: string; registration: string }>(
    `select code, registration from household where registration is not null and code = any (($1::text)::text[])`,
    [textArray([...new Set(codes)])],
  );
  const names = await namesByConsent(
    db,
    sealed,
    rows.map(({ registration }) => registration),
  );
  return new Map(
    rows.flatMap(({ code, registration }) => {
      const name = names.get(registration);
      return name === undefined ? [] : [[code, name] as const];
    }),
  );
}
