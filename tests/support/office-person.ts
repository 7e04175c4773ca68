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
