import type { GiftStores } from "./gift-range.ts";
import { type Act, type ActStores, bookAct, type Booked, type Writing } from "../acts/act.ts";
import { no, type Result } from "../kernel/result.ts";
import { accountCode } from "../ledger/chart.ts";
import type { PostProblem } from "../ledger/ports.ts";

/** A gift that a gateway had reported and that never came: its list of payouts, or its own answer, is the paper. */
export interface DonationExpiry extends Omit<Act, "key"> {
  /** Gift code; a gift expires once, so it is the key too. */
  readonly gift: string;
}

export type ExpireDonationProblem =
  | PostProblem
  | { readonly code: "gift.unknown"; readonly gift: string }
  | { readonly code: "expiry.no-paper" }
  | { readonly code: "gift.not-in-clearing"; readonly gift: string };

/**
 * Take a reported gift out again that no bank statement ever showed: its own numbers leave clearing for the world they
 * came from (ledger.md 3.5). A gift that was confirmed, refunded or taken back is refused.
 */
export async function expireDonation(
  services: Writing<ActStores & GiftStores>,
  act: DonationExpiry,
): Promise<Result<Booked, ExpireDonationProblem>> {
  if (act.papers.length === 0) return no({ code: "expiry.no-paper" });
  const key = `expired:${act.gift}`;
  return services.write(async (stores) => {
    const gift = await stores.giftRanges.range(act.gift);
    if (!gift) return no({ code: "gift.unknown", gift: act.gift });
    if (!gift.account.startsWith("clearing:")) {
      return no({ code: "gift.not-in-clearing", gift: act.gift });
    }
    const booked = await bookAct(stores, { ...act, key }, "donation-expired", {
      legs: [
        {
          from: gift.account,
          to: accountCode.donor(gift.channel),
          amount: gift.amount,
          take: [{ lo: gift.lo, length: gift.amount }],
        },
      ],
      donation: gift.code,
    });
    const movedOn = !booked.ok && booked.problem.code === "ledger.moved-on";
    return movedOn ? no({ code: "gift.not-in-clearing", gift: act.gift }) : booked;
  });
}
