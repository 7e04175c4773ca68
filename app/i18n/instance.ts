import i18next, { type i18n, type TFunction } from "i18next";

import { LOCALES, type Locale } from "./paths.ts";

/** All of `locales/<language>/<area>.json`, put into the build; an area is an i18next namespace. */
const files = import.meta.glob<Record<string, unknown>>("../../locales/*/*.json", {
  eager: true,
  import: "default",
});

/**
 * One translator per language, made at start and never changed: pages of both languages can be rendered at the same
 * time without either seeing the other's. Output is escaped by React, so i18next does not escape again.
 */
const instances = new Map<Locale, i18n>(LOCALES.map((locale) => [locale, createInstance(locale)]));

/** The translator of a language. */
export function instanceFor(locale: Locale): i18n {
  const instance = instances.get(locale);
  if (!instance) throw new Error(`no words for ${locale}`);
  return instance;
}

/** The words of one area outside a component (`meta`, loaders); inside one use `useTranslation(area)`. */
export function wordsFor(locale: Locale, area: string): TFunction {
  return instanceFor(locale).getFixedT(locale, area);
}

function createInstance(locale: Locale): i18n {
  const areas: Record<string, Record<string, unknown>> = {};
  for (const [path, words] of Object.entries(files)) {
    const match = /locales\/(\w+)\/([\w-]+)\.json$/.exec(path);
    if (match?.[1] === locale && match[2]) areas[match[2]] = words;
  }
  const instance = i18next.createInstance();
  void instance.init({
    lng: locale,
    resources: { [locale]: areas },
    ns: Object.keys(areas),
    defaultNS: "site",
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return instance;
}
