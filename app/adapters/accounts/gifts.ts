import type { DonorGifts } from "#app/domain/people/donor-gifts.ts";
import { building } from "#db/building.ts";

import type { Parts } from "./parts.ts";

/** The gifts that donors keep together. */
export function donorGiftsOver({ db, now }: Parts): DonorGifts {
  return {
    async list(person) {
      const { orm, t, op } = await building(db);
      const rows = await orm
        .select({ code: t.donorGift.code })
        .from(t.donorGift)
        .where(op.eq(t.donorGift.person, person))
        .orderBy(op.desc(t.donorGift.linkedAt), t.donorGift.code);
      return rows.map(({ code }) => code);
    },
    async link(person, code) {
      const { orm, t } = await building(db);
      await orm.insert(t.donorGift).values({ person, code, linkedAt: now() }).onConflictDoNothing();
    },
    async unlink(person, code) {
      const { orm, t, op } = await building(db);
      await orm
        .delete(t.donorGift)
        .where(op.and(op.eq(t.donorGift.person, person), op.eq(t.donorGift.code, code)));
    },
  };
}
