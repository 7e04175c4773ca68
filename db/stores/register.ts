import type {
  Candidate,
  HouseholdFilter,
  HouseholdLine,
  KeptHousehold,
  Register,
  AlikeHousehold,
} from "#app/domain/register/ports.ts";
import type { RegisterHousehold } from "#app/domain/register/household.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { contentChanged } from "./content-version.ts";
import { textArray } from "./pg-arrays.ts";
import { registerMatters } from "./register-matters.ts";

/** The private register; who a household is stays sealed here. */
export function registerStore(db: Db): Register {
  return {
    ...registerMatters(db),
    async household(id) {
      const [row] = await db.rows<HouseholdRow>(`${HOUSEHOLD} where h.id = $1`, [id]);
      return row && householdOf(row);
    },
    households: (filter) => households(db, filter),
    async registration(id) {
      const { orm, t, op } = await building(db);
      const [row] = await orm.select().from(t.registration).where(op.eq(t.registration.id, id));
      return row;
    },
    async registrationsOf(household) {
      const { orm, t, op } = await building(db);
      return orm
        .select()
        .from(t.registration)
        .where(op.eq(t.registration.household, household))
        .orderBy(t.registration.registeredAt, t.registration.id);
    },
    candidates: (campaign, round) => candidates(db, campaign, round),
    async sealedOf(ids) {
      const { orm, t, op } = await building(db);
      const { id, sealed, erasedAt } = t.registerHousehold;
      const rows = await orm
        .select({ id, sealed })
        .from(t.registerHousehold)
        .where(op.and(op.inArray(id, [...ids, ""]), op.isNull(erasedAt)));
      return new Map(rows.map((row) => [row.id, row.sealed]));
    },
    async add(kept) {
      if (kept.length === 0) return;
      const { orm, t } = await building(db);
      await orm
        .insert(t.registerHousehold)
        .values(kept.map((one) => ({ ...one, ability: { ...one.ability }, erasedAt: null })));
    },
    change: (kept) => change(db, kept),
    async erase(household, at) {
      const { orm, t, op } = await building(db);
      const nothing = new Uint8Array();
      await orm
        .update(t.registerHousehold)
        .set({ sealed: nothing, nameMark: null, bookMark: null, phoneMark: null, erasedAt: at })
        .where(op.eq(t.registerHousehold.id, household));
      await orm
        .update(t.householdRequest)
        .set({ sealed: nothing })
        .where(op.eq(t.householdRequest.household, household));
      // The next sweep seals the emptied rows with salts of their own; what they said before, nobody tries out any more.
      await db.rows(
        `delete from row_salt s where s.tab = 'register_household' and s.key = $1
            or s.tab = 'household_request' and s.key in (select id from household_request where household = $1)`,
        [household],
      );
      await contentChanged(db, "households");
    },
    async addRegistrations(registrations) {
      if (registrations.length === 0) return;
      const { orm, t } = await building(db);
      await orm.insert(t.registration).values([...registrations]);
    },
    async setState(registration, state) {
      const { orm, t, op } = await building(db);
      await orm.update(t.registration).set({ state }).where(op.eq(t.registration.id, registration));
    },
    async alike(marks) {
      const some = (of: readonly (string | null)[]) =>
        textArray([...new Set(of.filter((mark) => mark !== null))]);
      return db.rows<AlikeRow>(
        `select h.id, h.commune, array(select l.code from place_line(h.commune, h.commune_from) l order by l.step) as communes,
                h.village, h.name_mark as "nameMark", h.book_mark as "bookMark", h.phone_mark as "phoneMark", h.sealed,
                h.kept_at::int4 as "keptAt"
           from register_household h
          where h.erased_at is null
            and (h.name_mark = any (($1::text)::text[]) or h.book_mark = any (($2::text)::text[]) or h.phone_mark = any (($3::text)::text[]))
          order by h.kept_at, h.id`,
        [
          some(marks.map(({ nameMark }) => nameMark)),
          some(marks.map(({ bookMark }) => bookMark)),
          some(marks.map(({ phoneMark }) => phoneMark)),
        ],
      );
    },
  };
}

type AlikeRow = Omit<AlikeHousehold, "communes"> & { communes: string[] };

interface HouseholdRow {
  id: string;
  commune: string;
  commune_from: string;
  communes: string[];
  commune_name: string | null;
  district: string | null;
  village: string;
  category: RegisterHousehold["category"];
  category_decision: string;
  category_on: string;
  ability: RegisterHousehold["ability"];
  version: number;
  kept_by: string;
  kept_at: bigint;
  erased_at: bigint | null;
}

const COLUMNS = `h.id, h.commune, h.commune_from::text as commune_from,
  array(select l.code from place_line(h.commune, h.commune_from) l order by l.step) as communes,
  (select l.full_name from place_line(h.commune, h.commune_from) l order by l.step desc limit 1) as commune_name,
  (select p.district2024 from place p where p.code = h.commune and p.valid_from = h.commune_from) as district,
  h.village, h.category, h.category_decision, h.category_on::text as category_on, h.ability, h.version, h.kept_by, h.kept_at,
  h.erased_at`;
const HOUSEHOLD = `select ${COLUMNS} from register_household h`;

function householdOf(row: HouseholdRow): RegisterHousehold {
  return {
    id: row.id,
    commune: row.commune,
    communeFrom: row.commune_from,
    communes: row.communes,
    district: row.district,
    communeName: row.commune_name ?? row.commune,
    village: row.village,
    category: row.category,
    categoryDecision: row.category_decision,
    categoryOn: row.category_on,
    ability: row.ability,
    version: row.version,
    keptBy: row.kept_by,
    keptAt: Number(row.kept_at),
    erasedAt: row.erased_at === null ? null : Number(row.erased_at),
  };
}

interface LineRow extends HouseholdRow {
  registrations: HouseholdLine["registrations"];
  open_checks: bigint;
  open_requests: bigint;
}

async function households(db: Db, filter: HouseholdFilter): Promise<HouseholdLine[]> {
  const rows = await db.rows<LineRow>(
    `select ${COLUMNS},
            coalesce((select json_agg(json_build_object('id', r.id, 'campaign', r.campaign, 'round', r.round, 'state', r.state)
                              order by r.registered_at, r.id)
                        from registration r where r.household = h.id), '[]'::json) as registrations,
            (select count(*) from duplicate_check d where d.decision is null and h.id in (d.one, d.other)) as open_checks,
            (select count(*) from household_request q where q.household = h.id and q.done_on is null) as open_requests
       from register_household h
      where ($1::text is null
             or exists (select from place_line(h.commune, h.commune_from) l where l.code = any (($1::text)::text[]))
             or exists (select from place p where p.code = h.commune and p.valid_from = h.commune_from
                           and p.district2024 = any (($1::text)::text[])))
        and ($2::text is null and $3::integer is null and $4::text is null
             or exists (select from registration r where r.household = h.id
                           and ($2::text is null or r.campaign = $2::text)
                           and ($3::integer is null or r.round = $3::integer)
                           and ($4::text is null or r.state = $4::text)))
      order by h.commune, h.village, h.kept_at, h.id`,
    [
      filter.places === undefined ? null : textArray(filter.places),
      filter.campaign ?? null,
      filter.round ?? null,
      filter.state ?? null,
    ],
  );
  return rows.map((row) => ({
    ...householdOf(row),
    registrations: row.registrations,
    openChecks: Number(row.open_checks),
    openRequests: Number(row.open_requests),
  }));
}

interface CandidateRow {
  registration: string;
  household: string;
  village: string;
  category: Candidate["category"];
  category_on: string;
  state: Candidate["state"];
  erased: boolean;
  fit: boolean | null;
  open_checks: bigint;
  same_as: string[];
}

async function candidates(db: Db, campaign: string, round: number): Promise<Candidate[]> {
  const rows = await db.rows<CandidateRow>(
    `select r.id as registration, r.household, h.village, h.category, h.category_on::text as category_on, r.state,
            h.erased_at is not null as erased,
            (select s.fit from site_check s where s.registration = r.id order by s.n desc limit 1) as fit,
            (select count(*) from duplicate_check d where d.decision is null and h.id in (d.one, d.other)) as open_checks,
            array(select case when d.one = h.id then d.other else d.one end from duplicate_check d
                   where d.decision = 'same' and h.id in (d.one, d.other) order by 1) as same_as
       from registration r join register_household h on h.id = r.household
      where r.campaign = $1 and r.round = $2
      order by h.village, r.registered_at, r.id`,
    [campaign, round],
  );
  return rows.map((row) => ({
    registration: row.registration,
    household: row.household,
    village: row.village,
    category: row.category,
    categoryOn: row.category_on,
    state: row.state,
    erased: row.erased,
    fit: row.fit,
    openChecks: Number(row.open_checks),
    sameAs: row.same_as,
  }));
}

async function change(db: Db, kept: KeptHousehold): Promise<boolean> {
  const { orm, t, op } = await building(db);
  const { id, commune: _commune, communeFrom: _from, ability, ...rest } = kept;
  const changed = await orm
    .update(t.registerHousehold)
    .set({ ...rest, ability: { ...ability } })
    .where(
      op.and(
        op.eq(t.registerHousehold.id, id),
        op.eq(t.registerHousehold.version, kept.version - 1),
      ),
    )
    .returning({ id: t.registerHousehold.id });
  if (changed.length > 0) await contentChanged(db, "households");
  return changed.length > 0;
}
