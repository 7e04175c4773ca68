import { own } from "#app/domain/kernel/own.ts";
import type { Letter } from "#app/domain/letters/ports.ts";
import { LIVES, type PromiseLetter } from "#app/domain/people/sign-in.ts";

import en from "../../../locales/en/letters.json" with { type: "json" };
import vi from "../../../locales/vi/letters.json" with { type: "json" };

type Kind = keyof typeof vi;

/** The letters we send; each is a subject and plain text in the reader's language. */
export interface Letters {
  donorLink(to: string, locale: "vi" | "en", link: string): Letter;
  /** To whoever made a promise: the address confirms it. */
  promiseLink(to: string, link: string, promise: PromiseLetter): Letter;
  passwordLink(to: string, locale: "vi" | "en", link: string): Letter;
  invitation(to: string, locale: "vi" | "en", link: string): Letter;
}

/** The letters as `locales/<language>/letters.json` words them. */
export const letters: Letters = {
  donorLink: (to, locale, link) =>
    letter("donorLink", to, locale, { link, minutes: LIVES.donorLink / 60 }),
  promiseLink: (to, link, { locale, code, amount, day, campaign }) =>
    letter("promiseLink", to, locale, { link, code, amount, day, campaign }),
  passwordLink: (to, locale, link) =>
    letter("passwordLink", to, locale, { link, minutes: LIVES.passwordLink / 60 }),
  invitation: (to, locale, link) =>
    letter("invitation", to, locale, { link, days: LIVES.invitation / 86_400 }),
};

function letter(
  kind: Kind,
  to: string,
  locale: "vi" | "en",
  facts: Readonly<Record<string, string | number>>,
): Letter {
  const { subject, text } = (locale === "en" ? en : vi)[kind];
  const filled = (words: string) =>
    words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => `${own(facts, name)}`);
  return { to, subject: filled(subject), text: filled(text) };
}
