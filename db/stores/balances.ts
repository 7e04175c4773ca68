import type { Balance, Balances } from "#app/domain/statements/close-period.ts";

import type { Db } from "../client.ts";

/** Balances of guarded accounts, from the running sums. */
export function balancesStore(db: Db): Balances {
  return {
    standing: () =>
      db.rows<Balance>(
        `select a.code as account, s.received - s.sent as balance
           from account a join account_state s on s.account_id = a.id
          where not a.may_be_negative and s.received > s.sent order by a.code collate "C"`,
      ),
    ofCommune: (commune) =>
      db.rows<Balance>(
        `select a.code as account, coalesce(s.received - s.sent, 0) as balance
           from account a left join account_state s on s.account_id = a.id
          where a.commune = $1 and not exists (select 1 from account_closing c where c.account_id = a.id)
          order by a.code collate "C"`,
        [commune],
      ),
  };
}
