import { no, ok } from "#app/domain/kernel/result.ts";
import { noteLook } from "#app/domain/register/note-look.ts";
import type {
  Look,
  PersonalData,
  RegisterNames,
  SealedTexts,
} from "#app/domain/register/personal-data.ts";

import type { Db } from "../client.ts";
import { auditStore } from "./audit.ts";
import { textArray } from "./pg-arrays.ts";

interface SealedRow {
  readonly key: string;
  readonly household: string;
  readonly sealed: Uint8Array;
}

/**
 * Names of the register for who may look: a line of the trail for each, written before any is opened and in one transaction with
 * the reading. `sealed` is over the same `db`.
 */
export function registerNamesStore(
  db: Db,
  sealing: (over: Db) => SealedTexts,
  now: () => number,
): RegisterNames {
  const opened = (
    read: (tx: Db) => Promise<SealedRow[]>,
    look: Look,
  ): ReturnType<RegisterNames["ofRegistrations"]> =>
    db.begin(async (tx) => {
      const rows = await read(tx);
      const sealed = sealing(tx);
      const trail = auditStore(tx, now);
      for (const household of new Set(rows.map((row) => row.household))) {
        await noteLook(trail, look, { kind: "household", id: household });
      }
      const found = new Map<string, PersonalData>();
      for (const row of rows) {
        const text = await sealed.open(row.sealed);
        if (!text.ok) return no(text.problem);
        found.set(row.key, JSON.parse(text.value) as PersonalData);
      }
      return ok(found);
    });
  return {
    ofRegistrations: (registrations, look) =>
      opened(
        (tx) =>
          tx.rows<SealedRow>(
            `select r.id as key, r.household, h.sealed from registration r join register_household h on h.id = r.household
              where r.id = any (($1::text)::text[]) and h.erased_at is null order by r.id`,
            [textArray([...new Set(registrations)])],
          ),
        look,
      ),
    ofHouseholds: (households, look) =>
      opened(
        (tx) =>
          tx.rows<SealedRow>(
            `select h.id as key, h.id as household, h.sealed from register_household h
              where h.id = any (($1::text)::text[]) and h.erased_at is null order by h.id`,
            [textArray([...new Set(households)])],
          ),
        look,
      ),
  };
}
