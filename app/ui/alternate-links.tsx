import { LOCALES } from "#app/i18n/paths.ts";

import { useLocale, useRoot, useThisPage } from "./site.ts";

/** The one address of this page and its translations, for search engines. */
export function AlternateLinks() {
  const locale = useLocale();
  const origin = useRoot()?.origin;
  const here = useThisPage();
  if (!here || origin === undefined) return null;
  return (
    <>
      <link rel="canonical" href={origin + here.in(locale)} />
      {LOCALES.map((one) => (
        <link key={one} rel="alternate" hrefLang={one} href={origin + here.in(one)} />
      ))}
    </>
  );
}
