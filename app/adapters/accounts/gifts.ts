import type { DonorGifts } from "#app/domain/people/donor-gifts.ts";

import type { Parts } from "./parts.ts";

/** The gifts that donors keep together. */
export function donorGiftsOver({ db, now }: Parts): DonorGifts {
  return {
    async list(person) {
      const rows = await db.rows<{ code: string }>(
        `select code from donor_gift where person = $1 order by linked_at desc, code`,
        [person],
      );
      return rows.map(({ code }) => code);
    },
    async link(person, code) {
      await db.rows(
        `insert into donor_gift (person, code, linked_at) values ($1, $2, $3::bigint) on conflict do nothing`,
        [person, code, now()],
      );
    },
    async unlink(person, code) {
      await db.rows(`delete from donor_gift where person = $1 and code = $2`, [person, code]);
    },
  };
}
