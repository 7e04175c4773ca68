import { communeAddress } from "#app/domain/places/commune-file.ts";
import { LOCALES, type Page, pathToAny } from "#app/i18n/paths.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import type { Route } from "./+types/sitemap";

const LASTING: readonly Page[] = [
  "home",
  "campaigns",
  "communes",
  "ledger",
  "notices",
  "openData",
  "transparency",
  "about",
  "privacy",
  "accessibility",
];

/** Lasting pages, campaigns and their communes, each with its translation. */
export async function loader({ context }: Route.LoaderArgs) {
  const { origin } = context.get(settingsContext);
  const campaigns = await context.get(servicesContext).campaigns.all();
  const communes = new Set(
    campaigns.flatMap(({ commune, communeNow }) =>
      [commune, communeNow ?? commune].map(communeAddress),
    ),
  );
  const pages: readonly (readonly [Page, Record<string, string>])[] = [
    ...LASTING.map((page) => [page, {}] as const),
    ...campaigns.map(({ slug }) => ["campaign", { slug }] as const),
    ...campaigns
      .filter(({ things }) => things > 0)
      .map(({ slug }) => ["campaignThings", { slug }] as const),
    ...[...communes].map((commune) => ["commune", { commune }] as const),
  ];
  const urls = pages.flatMap(([page, params]) => {
    const link = (locale: (typeof LOCALES)[number]) =>
      escape(origin + pathToAny(locale, page, params));
    const others = LOCALES.map(
      (locale) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${link(locale)}"/>`,
    ).join("");
    return LOCALES.map((locale) => `<url><loc>${link(locale)}</loc>${others}</url>`);
  });
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join("\n")}\n</urlset>\n`;
  return new Response(body, {
    headers: {
      "content-type": "application/xml; charset=utf-8",
      "cache-control": "public, max-age=0, must-revalidate",
    },
  });
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
