import { publishSet } from "#app/domain/open-data/publish-set.ts";
import { fileAsked, SET_NAMES } from "#app/domain/open-data/sets.ts";
import { notPublished, openAnswer, streamed } from "#app/requests/open-answer.ts";
import { servicesContext } from "#app/requests/services.ts";
import type { Route } from "./+types/set";

/** `/data/v1/<table>.csv` and `.json`: a published table. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const asked = fileAsked(params.file);
  if (!asked) return notPublished({ code: "data.unknown-set", sets: SET_NAMES });
  const { openData } = context.get(servicesContext);
  const head = await openData.head();
  const parts = publishSet(openData, { ...asked, head });
  return openAnswer(await streamed(parts), asked.format, head);
}
