import type { Day } from "#app/domain/kernel/calendar.ts";
import type { GrantFile, People, PeopleReading, PersonCard } from "#app/domain/people/ports.ts";
import type { Grant, Role } from "#app/domain/people/role.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { inForce } from "./in-force.ts";
import { contentChanged } from "./content-version.ts";

/** What a grant holds, of whom: the columns of a row of `role_grant` that are a `Grant`. */
interface HeldRow {
  id: string;
  person: string;
  role: Role;
  organisation: string;
  place: string | null;
  validFrom: Day;
  validTo: Day | null;
}

const GRANT = `g.id, g.person, g.role, g.organisation, g.place, g.valid_from::text as "validFrom", g.valid_to::text as "validTo"`;
/** Approved, in its period and in an organisation in force, on day `$1`. */
const HELD = `from role_grant g join organisation o on o.id = g.organisation
  where g.state = 'approved'
    and ${inForce("g", "$1::text::date")}
    and ${inForce("o", "$1::text::date")}`;

/** What people hold, and the organisations they hold it in; names from the accounts. */
export function peopleStore(db: Db): People & PeopleReading {
  return {
    async organisations() {
      const { orm, t } = await building(db);
      const { nameVi, id } = t.organisation;
      return orm.select().from(t.organisation).orderBy(nameVi, id);
    },
    async organisation(id) {
      const { orm, t, op } = await building(db);
      const [row] = await orm.select().from(t.organisation).where(op.eq(t.organisation.id, id));
      return row;
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
      const { orm, t, op } = await building(db);
      const rows = await orm
        .select({ id: t.user.id, name: t.user.name })
        .from(t.user)
        .where(op.inArray(t.user.id, [...ids]));
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async holders(role, day) {
      const rows = await db.rows<HeldRow>(
        `select ${GRANT} ${HELD} and g.role = $2 order by g.proposed_at, g.id`,
        [day, role],
      );
      return rows.map((row) => ({ person: row.person, grant: grantOf(row) }));
    },
    async grantsOf(person, day) {
      const rows = await db.rows<HeldRow>(
        `select ${GRANT} ${HELD} and g.person = $2 order by g.proposed_at, g.id`,
        [day, person],
      );
      return rows.map(grantOf);
    },
    async grant(id) {
      const { orm, t, op } = await building(db);
      const [row] = await orm.select().from(t.roleGrant).where(op.eq(t.roleGrant.id, id));
      return row && fileOf(row);
    },
    async grants(person) {
      const { orm, t, op } = await building(db);
      const rows = await orm
        .select()
        .from(t.roleGrant)
        .where(person === undefined ? undefined : op.eq(t.roleGrant.person, person))
        .orderBy(op.desc(t.roleGrant.proposedAt), t.roleGrant.id);
      return rows.map(fileOf);
    },
    async propose(grant) {
      // As in `addOrganisation`.
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
      const { orm, t, op } = await building(db);
      const rows = await orm
        .update(t.roleGrant)
        .set({
          state,
          ...(state === "withdrawn"
            ? { withdrawnBy: by, withdrawnAt: at }
            : { decidedBy: by, decidedAt: at }),
          version: version + 1,
        })
        .where(op.and(op.eq(t.roleGrant.id, id), op.eq(t.roleGrant.version, version)))
        .returning({ id: t.roleGrant.id });
      return rows.length > 0;
    },
    async cards() {
      return db.rows<PersonCard>(
        `select u.id, u.name, u.email from "user" u
         where exists (select 1 from role_grant g where g.person = u.id) or u.staff order by u.name, u.id`,
      );
    },
    async card(id) {
      const { orm, t, op } = await building(db);
      const { name, email } = t.user;
      const [row] = await orm
        .select({ id: t.user.id, name, email })
        .from(t.user)
        .where(op.eq(t.user.id, id));
      return row;
    },
  };
}

function grantOf({ id, role, organisation, place, validFrom, validTo }: HeldRow): Grant {
  return { id, role, organisation, place, from: validFrom, to: validTo };
}

function fileOf(row: HeldRow & Omit<GrantFile, keyof Grant>): GrantFile {
  const { validFrom: from, validTo: to, ...rest } = row;
  return { ...rest, from, to };
}
