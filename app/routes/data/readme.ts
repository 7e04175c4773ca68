import { dataReadme } from "#app/requests/data-words.ts";
import { openAnswer } from "#app/requests/open-answer.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import type { Route } from "./+types/readme";

/** `/data/v1/README.txt`: formulas and columns, in Vietnamese and then in English. */
export async function loader({ context }: Route.LoaderArgs) {
  const { demo } = context.get(settingsContext);
  const head = await context.get(servicesContext).openData.head();
  return openAnswer(dataReadme(demo), "text", head);
}
