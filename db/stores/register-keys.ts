import type { RegisterKeyDesk } from "#app/domain/register/ports.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** The keys that seal personal data, wrapped. */
export function registerKeysStore(db: Db, now: () => number): RegisterKeyDesk {
  return {
    async all() {
      const { orm, t, op } = await building(db);
      return orm
        .select()
        .from(t.registerKey)
        .orderBy(op.desc(t.registerKey.madeAt), t.registerKey.id);
    },
    async add(id, wrapped) {
      const { orm, t } = await building(db);
      await orm.insert(t.registerKey).values({ id, wrapped, madeAt: now() }).onConflictDoNothing();
    },
    async retireOthers(stay) {
      const { orm, t, op } = await building(db);
      await orm
        .update(t.registerKey)
        .set({ retiredAt: now() })
        .where(
          op.and(op.isNull(t.registerKey.retiredAt), op.notInArray(t.registerKey.id, [...stay])),
        );
    },
    async rewrap(id, wrapped) {
      const { orm, t, op } = await building(db);
      await orm.update(t.registerKey).set({ wrapped }).where(op.eq(t.registerKey.id, id));
    },
  };
}
