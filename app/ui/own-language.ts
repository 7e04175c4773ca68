import type { Bilingual } from "#app/domain/kernel/bilingual.ts";
import type { Locale } from "#app/i18n/paths.ts";

/**
 * The language a text is really in, for its `lang`: Vietnamese where an English page has to show the Vietnamese original,
 * because nobody wrote an English one (both are then the same). Undefined where it is the page's own.
 */
export function ownLanguage(text: Bilingual, locale: Locale): "vi" | undefined {
  return locale === "en" && text.en === text.vi ? "vi" : undefined;
}
