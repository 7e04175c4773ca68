import { type Person, PERMISSIONS } from "../people/may.ts";
import type { OrderReach } from "./ports.ts";

/** Where a person may look at orders; undefined: everywhere. Lists show no more than single orders would. */
export function reachOf({ grants }: Pick<Person, "grants">): OrderReach | undefined {
  const row = PERMISSIONS["order.read"];
  const held = grants.map(({ role, place, organisation }) => ({
    reach: row[role],
    place,
    organisation,
  }));
  const everywhere = held.some(
    ({ reach, place }) => reach === "all" || (reach === "place" && place === null),
  );
  if (everywhere) return undefined;
  return {
    places: held.flatMap(({ reach, place }) =>
      reach === "place" && place !== null ? [place] : [],
    ),
    twins: held.flatMap(({ reach, organisation }) => (reach === "twin" ? [organisation] : [])),
  };
}
