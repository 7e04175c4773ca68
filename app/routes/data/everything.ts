import { dataPackage } from "#app/domain/open-data/data-package.ts";
import { publishAll } from "#app/domain/open-data/publish-all.ts";
import { dataReadme, dataWords } from "#app/requests/data-words.ts";
import { openAnswer, streamed } from "#app/requests/open-answer.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import type { Route } from "./+types/everything";

/** `/data/v1/ketnghia.zip`: every table as CSV with the README and the description, as of one entry. */
export async function loader({ context }: Route.LoaderArgs) {
  const { origin, demo } = context.get(settingsContext);
  const { openData, home, zipFiles } = context.get(servicesContext);
  const head = await openData.head();
  const last = await home.head();
  const words = { vi: dataWords("vi"), en: dataWords("en") };
  const described = dataPackage(words, { head, origin, demo, at: "folder" });
  const files = publishAll(openData, {
    head,
    readme: dataReadme(demo),
    dataPackage: `${JSON.stringify(described, null, 1)}\n`,
  });
  return openAnswer(await streamed(zipFiles(files, last?.recordedAt ?? 0)), "zip", head);
}
