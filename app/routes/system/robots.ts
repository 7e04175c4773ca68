import { settingsContext } from "#app/requests/settings.ts";
import type { Route } from "./+types/robots";

/** Pages may be read by search engines; pages of one pledge are linked from nowhere and hold no name. */
export function loader({ context }: Route.LoaderArgs) {
  const { origin } = context.get(settingsContext);
  const lines = ["User-agent: *", "Disallow: /hooks/", `Sitemap: ${origin}/sitemap.xml`];
  return new Response(`${lines.join("\n")}\n`, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "public, max-age=0, must-revalidate",
    },
  });
}
