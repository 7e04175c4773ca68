import { dataPackage } from "#app/domain/open-data/data-package.ts";
import { dataWords } from "#app/requests/data-words.ts";
import { openAnswer } from "#app/requests/open-answer.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import type { Route } from "./+types/data-package";

/** `/data/v1/datapackage.json`: what every table and column is, for machines (Frictionless 2.0). */
export async function loader({ context }: Route.LoaderArgs) {
  const { origin, demo } = context.get(settingsContext);
  const head = await context.get(servicesContext).openData.head();
  const words = { vi: dataWords("vi"), en: dataWords("en") };
  const described = dataPackage(words, { head, origin, demo, at: "site" });
  return openAnswer(`${JSON.stringify(described, null, 1)}\n`, "json", head);
}
