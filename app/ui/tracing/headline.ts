import type { TFunction } from "i18next";

import type { Clause } from "#app/domain/donations/became.ts";
import { money, number } from "#app/i18n/formats.ts";
import type { Locale } from "#app/i18n/paths.ts";

/**
 * What a gift became, as the end of a sentence: "một con bò, một phần con thứ hai, và một con bê".
 * `t` reads the area `donation`.
 */
export function headlineWords(
  locale: Locale,
  t: TFunction<"donation">,
  clauses: readonly Clause[],
): string {
  return listed(
    t("and"),
    clauses.map((clause) => clauseWords(locale, t, clause)),
  );
}

function clauseWords(locale: Locale, t: TFunction<"donation">, clause: Clause): string {
  const count = (n: number) => (n <= 10 ? t(`count.${n}`) : number(locale, n));
  const thing = (species: string, n: number) => t(`thing.${species}.${n === 1 ? "one" : "many"}`);
  switch (clause.is) {
    case "whole":
      return t("clause.whole", {
        n: count(clause.count),
        thing: thing(clause.species, clause.count),
      });
    case "part-next": {
      const nth = clause.nth <= 10 ? t(`nth.${clause.nth}`) : t("nth.more", { n: clause.nth });
      return t("clause.partNext", { nth, thing: t(`thing.${clause.species}.next`) });
    }
    case "part":
      return t("clause.part", {
        n: count(clause.count),
        thing: clause.more
          ? t(`thing.${clause.species}.${clause.count === 1 ? "other" : "others"}`)
          : thing(clause.species, clause.count),
      });
    case "dead": {
      const words = t(clause.whole ? "clause.deadWhole" : "clause.deadPart", {
        n: count(clause.count),
        thing: thing(clause.species, clause.count),
      });
      return clause.replaced ? t("clause.replaced", { clause: words }) : words;
    }
    case "offspring":
      return t(clause.shared ? "clause.offspringPart" : "clause.offspring", {
        n: count(clause.count),
        thing: t(
          `young.${clause.species}.${clause.count === 1 ? (clause.more ? "other" : "one") : clause.more ? "others" : "many"}`,
        ),
      });
    default:
      return clause.all
        ? t(`clause.all.${clause.is}`)
        : t(`clause.some.${clause.is}`, { amount: money(locale, clause.amount) });
  }
}

function listed(and: string, parts: readonly string[]): string {
  const last = parts.at(-1);
  if (last === undefined || parts.length === 1) return last ?? "";
  if (parts.length === 2) return `${parts[0]} ${and} ${last}`;
  return `${parts.slice(0, -1).join(", ")}, ${and} ${last}`;
}
