import type { Balance, Balances } from "#app/domain/statements/close-period.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";

/** Balances of guarded accounts, from the running sums. */
export function balancesStore(db: Db): Balances {
  return {
    async standing() {
      const { orm, t, op } = await building(db);
      const { account: a, accountState: s } = t;
      const rows = await orm
        .select({ account: a.code, received: s.received, sent: s.sent })
        .from(t.account)
        .innerJoin(t.accountState, op.eq(s.accountId, a.id))
        .where(op.and(op.not(a.mayBeNegative), op.gt(s.received, s.sent)))
        .orderBy(op.sql`${a.code} collate "C"`);
      return rows.map(balanceOf);
    },
    async ofCommune(commune) {
      const { orm, t, op } = await building(db);
      const { account: a, accountState: s, accountClosing: c } = t;
      const closed = orm.select().from(t.accountClosing).where(op.eq(c.accountId, a.id));
      const rows = await orm
        .select({ account: a.code, received: s.received, sent: s.sent })
        .from(t.account)
        .leftJoin(t.accountState, op.eq(s.accountId, a.id))
        .where(op.and(op.eq(a.commune, commune), op.notExists(closed)))
        .orderBy(op.sql`${a.code} collate "C"`);
      return rows.map(balanceOf);
    },
  };
}

function balanceOf(row: {
  account: string;
  received: bigint | null;
  sent: bigint | null;
}): Balance {
  return { account: row.account, balance: (row.received ?? 0n) - (row.sent ?? 0n) };
}
