import type { Losses } from "#app/domain/animals/ports.ts";

import type { Db } from "../client.ts";

/** What was lost and compensated, from the movements that name the animal and stand. */
export function lossesStore(db: Db): Losses {
  return {
    async of(animal) {
      const rows = await db.rows<{ kind: string; amount: bigint }>(
        `select e.kind, sum(m.amount)::bigint as amount
           from movement m join entry e on e.number = m.entry join account t on t.id = m.to_account
          where m.animal = $1 and t.unit = 'VND' and e.kind in ('loss', 'compensation')
            and not exists (select from entry r where r.reverses = e.number)
          group by e.kind`,
        [animal],
      );
      const of = (kind: string) => rows.find((row) => row.kind === kind)?.amount ?? 0n;
      return { lost: of("loss"), compensated: of("compensation") };
    },
  };
}
