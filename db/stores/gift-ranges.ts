import type { GiftRange, GiftRanges } from "#app/domain/donations/gift-range.ts";
import type { Db } from "../client.ts";

/** Gifts by code, with the numbers they first entered. */
export function giftRangesStore(db: Db): GiftRanges {
  return {
    async range(code) {
      const [row] = await db.rows<GiftRange>(
        `select d.code, a.code as account, d.lo, d.amount, d.channel, d.campaign, b.commune as "bankCommune"
           from donation d join account a on a.id = d.account_id
           left join bank_account b on a.code = 'suspense:' || b.id where d.code = $1`,
        [code],
      );
      return row;
    },
  };
}
