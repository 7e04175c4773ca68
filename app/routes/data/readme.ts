import { readme } from "#app/domain/open-data/readme.ts";
import type { DataWords } from "#app/domain/open-data/words.ts";
import { instanceFor } from "#app/i18n/instance.ts";
import { LOCALES } from "#app/i18n/paths.ts";
import { openAnswer } from "#app/requests/open-answer.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import type { Route } from "./+types/readme";

/** `/data/v1/README.txt`: formulas and columns, in Vietnamese and then in English. */
export async function loader({ context }: Route.LoaderArgs) {
  const { demo } = context.get(settingsContext);
  const head = await context.get(servicesContext).openData.head();
  const texts = LOCALES.map((locale) => {
    const words = instanceFor(locale).getResourceBundle(locale, "data") as DataWords;
    return readme(words, { demo });
  });
  return openAnswer(texts.join("\n\n"), "text", head);
}
