import type { TFunction } from "i18next";

import type { Dong } from "#app/domain/kernel/dong.ts";
import { unsettledOf } from "#app/domain/pledges/standing.ts";
import type { PledgePage } from "#app/domain/pledges/ports.ts";
import { money } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";

/**
 * What stands on every page about money that a gateway told of and no statement shows: who told it and how much. The other
 * half, how long that takes, is `told.waits` of the words of payments.
 */
export function toldByGateway(
  payment: TFunction<"payment">,
  locale: Locale,
  told: { readonly channel: string; readonly amount: Dong },
): string {
  return payment("told.amount", {
    who: payment(
      `told.${told.channel === "vnpay" || told.channel === "stripe" ? told.channel : "other"}`,
    ),
    amount: money(locale, told.amount),
  });
}

/** The same of a pledge's gifts together; undefined when none of them waits for its statement. */
export function toldOf(gifts: PledgePage["gifts"]) {
  const waiting = gifts.filter(({ unsettled }) => unsettled);
  const [first] = waiting;
  if (!first) return undefined;
  const channel = waiting.every((gift) => gift.channel === first.channel) ? first.channel : "other";
  return {
    words: (payment: TFunction<"payment">, locale: Locale) =>
      toldByGateway(payment, locale, { channel, amount: unsettledOf({ gifts }) }),
  };
}
