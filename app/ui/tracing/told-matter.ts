import type { TFunction } from "i18next";

import { isDay } from "#app/domain/kernel/calendar.ts";
import { own } from "#app/domain/kernel/own.ts";
import type { ToldFacts } from "#app/domain/ledger/facts.ts";
import { day, money, number } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";

/** Facts that are đồng, and those whose code has words of its own. */
const DONG = new Set(["amount", "locked"]);
const CODED: Readonly<Record<string, "outcome" | "state" | "ground" | "channel" | "body">> = {
  outcome: "outcome",
  state: "state",
  ground: "ground",
  channel: "channel",
  body: "body",
};

/**
 * What an entry that moves nothing tells, in one line, from its facts as published: a sentence for each kind, whose places are
 * named like the facts.
 */
export function toldMatter(
  locale: Locale,
  t: TFunction<"ledger">,
  kind: string,
  facts: ToldFacts,
): string {
  const line = own(facts, "line");
  const words: Record<string, string> = {};
  for (const [name, value] of Object.entries(facts)) words[name] = wordOf(locale, t, name, value);
  if (line === undefined && own(facts, "list") !== undefined) words["line"] = t("told.wholeList");
  return t(`told.${kind}`, words);
}

/** A fact in the reader's words. */
function wordOf(locale: Locale, t: TFunction<"ledger">, name: string, value: string): string {
  const area = own(CODED, name);
  if (area !== undefined) return t(`told.${area}.${value}`);
  if (DONG.has(name) && /^\d{1,15}$/.test(value)) return money(locale, BigInt(value));
  if (isDay(value)) return day(value);
  return /^\d{1,15}$/.test(value) ? number(locale, Number(value)) : value;
}

/** Facts that an entry's page lists, in order; others stand in its bytes. */
const LISTED = [
  "list",
  "version",
  "group",
  "objection",
  "line",
  "ground",
  "channel",
  "body",
  "state",
  "outcome",
  "households",
  "reserves",
  "members",
  "heads",
  "amount",
  "lines",
  "from",
  "to",
  "on",
  "checksum",
] as const;

/** What an entry tells, fact by fact, each with its name. */
export function toldFacts(
  locale: Locale,
  t: TFunction<"ledger">,
  facts: ToldFacts,
): { readonly name: string; readonly label: string; readonly value: string }[] {
  return LISTED.flatMap((name) => {
    const value = own(facts, name);
    return value === undefined
      ? []
      : [{ name, label: t(`told.fact.${name}`), value: wordOf(locale, t, name, value) }];
  });
}
