import type { Writing } from "#app/domain/acts/act.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Grant, Role } from "#app/domain/people/role.ts";

/** Somebody who holds one role with a second factor, as a session would say; for verbs tested without a sign-in. */
export function holder(
  id: string,
  role: Role,
  place: string | null,
  organisation = `org-${id}`,
): Person {
  const grant: Grant = {
    id: `grant-${id}`,
    role,
    organisation,
    place,
    from: "2022-01-01",
    to: null,
  };
  return { id, name: `Người ${id}`, grants: [grant], secondFactor: true };
}

/** Writing where these people hold what they are written with, as verbs read it again inside their transaction. */
export function holding(
  official: Writing<OfficeStores>,
  people: readonly Person[],
): Writing<OfficeStores> {
  const grantsOf = async (id: string) => [
    ...(people.find((person) => person.id === id)?.grants ?? []),
  ];
  return {
    write: (work) =>
      official.write((stores) => work({ ...stores, people: { ...stores.people, grantsOf } })),
  };
}
