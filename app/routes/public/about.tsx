import { wordsFor } from "#app/i18n/instance.ts";
import { localeOfPath } from "#app/i18n/paths.ts";
import { pageMeta } from "#app/ui/page-meta.ts";
import { Prose } from "#app/ui/prose.tsx";
import type { Route } from "./+types/about";

export function meta({ location }: Route.MetaArgs) {
  const t = wordsFor(localeOfPath(location.pathname), "about");
  return pageMeta(t("about.title"), t("about.description"));
}

export default function AboutPage() {
  return <Prose page="about" />;
}
