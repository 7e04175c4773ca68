import { type Locale, pathTo } from "#app/i18n/paths.ts";

/** Where anybody objects to a list. */
export function objectionPath(locale: Locale, list: string): string {
  return `${pathTo(locale, "notice", { notice: list })}/${locale === "vi" ? "y-kien" : "objection"}`;
}
