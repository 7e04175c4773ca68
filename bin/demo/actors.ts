import type { Writing } from "#app/domain/acts/act.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Role } from "#app/domain/people/role.ts";

/** The people of the offices as they held their roles then; the office's own grants begin later. */
export interface Actors {
  /** Somebody in a role of an organisation. `another`: a colleague beside the first. */
  acting(role: Role, organisation: string, place?: string | null, another?: string): Person;
  /** Writing in which what these people hold is what the verbs read. */
  writing(official: Writing<OfficeStores>): Writing<OfficeStores>;
}

/** Open the offices' rooms for people whose roles end with `to`. */
export function openActors(to: Day): Actors {
  const held = new Map<string, Person["grants"]>();
  return {
    acting(role, organisation, place = null, another = "") {
      const suffix = role === "twin-officer" ? organisation : place;
      const id = `demo-${role}${suffix === null ? "" : `-${suffix}`}${another}`;
      const grants = [{ id: `${id}-then`, role, organisation, place, from: "2022-01-01", to }];
      held.set(id, grants);
      return { id, name: id, secondFactor: true, grants };
    },
    writing: (official) => ({
      write: (work) =>
        official.write((stores) =>
          work({
            ...stores,
            people: {
              ...stores.people,
              grantsOf: async (person) => [...(held.get(person) ?? [])],
            },
          }),
        ),
    }),
  };
}
