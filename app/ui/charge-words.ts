import type { TFunction } from "i18next";

import type { Dong } from "#app/domain/kernel/dong.ts";
import { type Charge, chargeOf } from "#app/domain/payments/charges.ts";
import { money, tenths } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";

/** What a gateway keeps of an amount, said before anybody pays; where no rule knows it, that it keeps something. */
export function chargeWords(
  payment: TFunction<"payment">,
  locale: Locale,
  charge: Charge | undefined,
  amount: Dong,
): string {
  if (!charge || amount <= 0n) return payment("charge.unknown");
  const kept = chargeOf(charge, amount);
  return payment("charge.about", {
    percent: tenths(locale, kept, amount),
    amount: money(locale, amount),
    left: money(locale, amount - kept),
  });
}
