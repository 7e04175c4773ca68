import { SET_NAMES } from "#app/domain/open-data/sets.ts";
import { notPublished } from "#app/requests/open-answer.ts";

/** Anything else under `/data`: nothing is published there. */
export function loader() {
  return notPublished({ code: "data.unknown-address", sets: SET_NAMES });
}
