import { own } from "#app/domain/kernel/own.ts";
import type { TFunction } from "i18next";

import { wordsFor } from "./instance.ts";
import type { Locale } from "./paths.ts";

/** A text cut at its places: words, name, words, name, words. */
type Cut = readonly string[];

const areas = new Map<string, Map<string, Cut>>();

/**
 * The words of an area for long lists: each text is asked of the translator once, then remembered as long as the process
 * runs, and its places are filled here. The same words at a tenth of the time (docs/performance.md, S4). What needs the
 * translator (plurals by `count`, several keys) still goes to it.
 */
export function quickWords<const Area extends string>(locale: Locale, area: Area): TFunction<Area> {
  const words = wordsFor(locale, area);
  const id = `${locale}/${area}`;
  const known = areas.get(id) ?? new Map<string, Cut>();
  areas.set(id, known);
  const quick = (key: unknown, values?: Readonly<Record<string, unknown>>): string => {
    if (typeof key !== "string" || (values && "count" in values)) {
      return words(key as string, { ...values });
    }
    let cut = known.get(key);
    if (cut === undefined) {
      const text = words(key, { skipInterpolation: true });
      cut = text.split(/\{\{(\w+)\}\}/);
      // A key nobody wrote is not remembered: keys can come from data.
      if (text !== key) known.set(key, cut);
    }
    let filled = cut[0] ?? "";
    for (let at = 1; at < cut.length; at += 2) {
      const value = values && own(values, cut[at]!);
      filled += typeof value === "string" || typeof value === "number" ? value : `{{${cut[at]}}}`;
      filled += cut[at + 1];
    }
    return filled;
  };
  return quick as unknown as TFunction<Area>;
}
