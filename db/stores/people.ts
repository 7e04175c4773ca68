import type { Day } from "#app/domain/kernel/calendar.ts";
import type {
  GrantFile,
  Organisation,
  People,
  PeopleReading,
  PersonCard,
} from "#app/domain/people/ports.ts";
import type { Grant, Role } from "#app/domain/people/role.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inForce } from "./in-force.ts";
import { contentChanged } from "./content-version.ts";
import { textArray } from "./pg-arrays.ts";

interface GrantRow {
  id: string;
  person: string;
  role: Role;
  organisation: string;
  place: string | null;
  valid_from: Day;
  valid_to: Day | null;
  state: GrantFile["state"];
  proposed_by: string;
  proposed_at: bigint;
  decided_by: string | null;
  decided_at: bigint | null;
  withdrawn_by: string | null;
  withdrawn_at: bigint | null;
  version: number;
}

interface OrganisationRow {
  id: string;
  kind: Organisation["kind"];
  name_vi: string;
  name_en: string;
  place: string | null;
  valid_from: Day;
  valid_to: Day | null;
  successor: string | null;
  version: number;
}

const GRANT = `g.id, g.person, g.role, g.organisation, g.place, g.valid_from::text as valid_from, g.valid_to::text as valid_to,
  g.state, g.proposed_by, g.proposed_at, g.decided_by, g.decided_at, g.withdrawn_by, g.withdrawn_at, g.version`;
const ORGANISATION = `o.id, o.kind, o.name_vi, o.name_en, o.place, o.valid_from::text as valid_from,
  o.valid_to::text as valid_to, o.successor, o.version`;
/** Approved, in its period and in an organisation in force, on day `$1`. */
const HELD = `from role_grant g join organisation o on o.id = g.organisation
  where g.state = 'approved'
    and ${inForce("g", "$1::text::date")}
    and ${inForce("o", "$1::text::date")}`;

/** What people hold, and the organisations they hold it in; names from the accounts. */
export function peopleStore(db: Db): People & PeopleReading {
  return {
    async organisations() {
      const rows = await db.rows<OrganisationRow>(
        `select ${ORGANISATION} from organisation o order by o.name_vi, o.id`,
      );
      return rows.map(organisationOf);
    },
    async organisation(id) {
      const [row] = await db.rows<OrganisationRow>(
        `select ${ORGANISATION} from organisation o where o.id = $1`,
        [id],
      );
      return row && organisationOf(row);
    },
    async addOrganisation(one) {
      // Drizzle names every column of a table; the site may add these alone (`db/rights.ts`).
      await db.rows(
        `insert into organisation (id, kind, name_vi, name_en, place, valid_from, valid_to, successor)
         values ($1, $2, $3, $4, $5, $6::text::date, $7::text::date, $8)`,
        [
          one.id,
          one.kind,
          one.nameVi,
          one.nameEn,
          one.place,
          one.validFrom,
          one.validTo,
          one.successor,
        ],
      );
      await contentChanged(db, "organisations");
    },
    async changeOrganisation(one) {
      const { orm, t, op } = await building(db);
      const { id, kind, nameVi, nameEn, place, validFrom, validTo, successor, version } = one;
      const rows = await orm
        .update(t.organisation)
        .set({ kind, nameVi, nameEn, place, validFrom, validTo, successor, version: version + 1 })
        .where(op.and(op.eq(t.organisation.id, id), op.eq(t.organisation.version, version)))
        .returning({ id: t.organisation.id });
      if (rows.length > 0) await contentChanged(db, "organisations");
      return rows.length > 0;
    },
    async names(ids) {
      if (ids.length === 0) return new Map();
      const rows = await db.rows<{ id: string; name: string }>(
        `select id, name from "user" where id = any ($1::text::text[])`,
        [textArray([...ids])],
      );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async holders(role, day) {
      const rows = await db.rows<GrantRow>(
        `select ${GRANT} ${HELD} and g.role = $2 order by g.proposed_at, g.id`,
        [day, role],
      );
      return rows.map((row) => ({ person: row.person, grant: grantOf(row) }));
    },
    async grantsOf(person, day) {
      const rows = await db.rows<GrantRow>(
        `select ${GRANT} ${HELD} and g.person = $2 order by g.proposed_at, g.id`,
        [day, person],
      );
      return rows.map(grantOf);
    },
    async grant(id) {
      const [row] = await db.rows<GrantRow>(`select ${GRANT} from role_grant g where g.id = $1`, [
        id,
      ]);
      return row && fileOf(row);
    },
    async grants(person) {
      const rows = await db.rows<GrantRow>(
        `select ${GRANT} from role_grant g where $1::text is null or g.person = $1 order by g.proposed_at desc, g.id`,
        [person ?? null],
      );
      return rows.map(fileOf);
    },
    async propose(grant) {
      await db.rows(
        `insert into role_grant (id, person, role, organisation, place, valid_from, valid_to, state, proposed_by, proposed_at)
         values ($1, $2, $3, $4, $5, $6::text::date, $7::text::date, 'proposed', $8, $9::bigint)`,
        [
          grant.id,
          grant.person,
          grant.role,
          grant.organisation,
          grant.place,
          grant.from,
          grant.to,
          grant.proposedBy,
          grant.proposedAt,
        ],
      );
    },
    async step(id, version, { state, by, at }) {
      const columns =
        state === "withdrawn"
          ? "withdrawn_by = $3, withdrawn_at = $4::bigint"
          : "decided_by = $3, decided_at = $4::bigint";
      const rows = await db.rows(
        `update role_grant set state = $5, ${columns}, version = version + 1 where id = $1 and version = $2 returning id`,
        [id, version, by, at, state],
      );
      return rows.length > 0;
    },
    async cards() {
      return db.rows<PersonCard>(
        `select u.id, u.name, u.email from "user" u
         where exists (select 1 from role_grant g where g.person = u.id) or u.staff order by u.name, u.id`,
      );
    },
    async card(id) {
      const [row] = await db.rows<PersonCard>(
        `select u.id, u.name, u.email from "user" u where u.id = $1`,
        [id],
      );
      return row;
    },
  };
}

function organisationOf(row: OrganisationRow): Organisation {
  return {
    id: row.id,
    kind: row.kind,
    nameVi: row.name_vi,
    nameEn: row.name_en,
    place: row.place,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    successor: row.successor,
    version: row.version,
  };
}

function grantOf(row: GrantRow): Grant {
  return {
    id: row.id,
    role: row.role,
    organisation: row.organisation,
    place: row.place,
    from: row.valid_from,
    to: row.valid_to,
  };
}

function fileOf(row: GrantRow): GrantFile {
  return {
    ...grantOf(row),
    person: row.person,
    state: row.state,
    proposedBy: row.proposed_by,
    proposedAt: Number(row.proposed_at),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at === null ? null : Number(row.decided_at),
    withdrawnBy: row.withdrawn_by,
    withdrawnAt: row.withdrawn_at === null ? null : Number(row.withdrawn_at),
    version: row.version,
  };
}
