import type { RouterContextProvider } from "react-router";

import { letterMark } from "#app/domain/pledges/letter-mark.ts";
import type { PledgePage } from "#app/domain/pledges/ports.ts";
import { day, money } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";

import { callerOf } from "./caller.ts";
import { servicesContext } from "./services.ts";

/** Send the letter that confirms a promise; its address is told to the mail server and kept nowhere. */
export async function sendPromiseLetter(
  asked: {
    readonly context: Readonly<RouterContextProvider>;
    readonly request: Request;
    readonly pledge: Pick<PledgePage, "code" | "amount" | "promisedOn" | "campaign">;
    readonly locale: Locale;
  },
  email: string,
): Promise<void> {
  const { context, request, pledge, locale } = asked;
  const { accounts, payerMarks } = context.get(servicesContext);
  await accounts.signIn.sendPromiseLink(callerOf(request, context), email, {
    code: pledge.code,
    mark: letterMark(payerMarks, pledge.code),
    locale,
    amount: money(locale, pledge.amount),
    day: pledge.promisedOn === null ? "" : day(pledge.promisedOn),
    campaign: pledge.campaign.title[locale],
  });
}
