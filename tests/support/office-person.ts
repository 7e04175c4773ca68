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

/** Rows of these people and what they hold, for a database that believes nobody it does not know. */
export function holdersSql(people: readonly Person[]): string {
  return people
    .flatMap(({ id, name, grants }) => [
      `insert into "user" (id, name, email, staff) values ('${id}', '${name}', '${id}@ketnghia.example', true)`,
      ...grants.flatMap((grant) => [
        `insert into organisation (id, kind, name_vi, name_en, valid_from)
           values ('${grant.organisation}', 'commune-committee', '${name}', '${name}', '${grant.from}')`,
        `insert into role_grant (id, person, role, organisation, place, valid_from, state, proposed_by, proposed_at, decided_by, decided_at)
           values ('${grant.id}', '${id}', '${grant.role}', '${grant.organisation}', ${grant.place === null ? "null" : `'${grant.place}'`},
                   '${grant.from}', 'approved', 'bin/grant', 1, 'bin/grant', 1)`,
      ]),
    ])
    .join(";\n");
}
