import type { Register } from "#app/domain/register/ports.ts";
import type { DuplicateCheck, HouseholdRequest } from "#app/domain/register/matters.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { contentChanged } from "./content-version.ts";
import { textArray } from "./pg-arrays.ts";

/** What is kept about households beside themselves: visits, consents, requests, matches. */
export function registerMatters(
  db: Db,
): Pick<
  Register,
  | "siteChecks"
  | "addSiteCheck"
  | "consents"
  | "consentNow"
  | "addConsent"
  | "requests"
  | "request"
  | "requestText"
  | "addRequest"
  | "closeRequest"
  | "check"
  | "checksOf"
  | "openChecks"
  | "propose"
  | "judge"
> {
  return {
    async siteChecks(registrations) {
      const { orm, t, op } = await building(db);
      return orm
        .select()
        .from(t.siteCheck)
        .where(op.inArray(t.siteCheck.registration, [...registrations, ""]))
        .orderBy(t.siteCheck.checkedAt, t.siteCheck.n);
    },
    async addSiteCheck(check) {
      const { orm, t } = await building(db);
      await orm.insert(t.siteCheck).values({ ...check, present: [...check.present] });
    },
    async consents(household) {
      const { orm, t, op } = await building(db);
      return orm
        .select()
        .from(t.householdConsent)
        .where(op.eq(t.householdConsent.household, household))
        .orderBy(t.householdConsent.takenAt, t.householdConsent.kind, t.householdConsent.n);
    },
    async consentNow(household, kind) {
      const { orm, t, op } = await building(db);
      const [last] = await orm
        .select({ given: t.householdConsent.given })
        .from(t.householdConsent)
        .where(
          op.and(
            op.eq(t.householdConsent.household, household),
            op.eq(t.householdConsent.kind, kind),
          ),
        )
        .orderBy(op.desc(t.householdConsent.n))
        .limit(1);
      return last?.given ?? false;
    },
    async addConsent(consent) {
      const { orm, t } = await building(db);
      await orm.insert(t.householdConsent).values(consent);
      // What the web shows of the household changes at once.
      await contentChanged(db, "households");
    },
    async requests(household) {
      const rows = await requestRows(db, { household });
      return rows;
    },
    async request(id) {
      const [row] = await requestRows(db, { id });
      return row;
    },
    async requestText(id) {
      const { orm, t, op } = await building(db);
      const [row] = await orm
        .select({ sealed: t.householdRequest.sealed })
        .from(t.householdRequest)
        .where(op.eq(t.householdRequest.id, id));
      return row?.sealed;
    },
    async addRequest(request) {
      const { orm, t } = await building(db);
      await orm.insert(t.householdRequest).values(request);
    },
    async closeRequest({ id, answeredOn, doneOn, outcome, doneBy }) {
      const { orm, t, op } = await building(db);
      await orm
        .update(t.householdRequest)
        .set({ answeredOn, doneOn, outcome, doneBy })
        .where(op.eq(t.householdRequest.id, id));
    },
    async check(id) {
      const { orm, t, op } = await building(db);
      const [row] = await orm.select().from(t.duplicateCheck).where(op.eq(t.duplicateCheck.id, id));
      return row;
    },
    async checksOf(households) {
      const { orm, t, op } = await building(db);
      const { one, other, decidedAt, proposedAt, id } = t.duplicateCheck;
      const ids = [...households, ""];
      const rows: DuplicateCheck[] = await orm
        .select()
        .from(t.duplicateCheck)
        .where(op.or(op.inArray(one, ids), op.inArray(other, ids)))
        .orderBy(decidedAt, proposedAt, id);
      const rank = ({ decision }: DuplicateCheck) => (decision === null ? 0 : 1);
      return rows.toSorted((a, b) => rank(a) - rank(b));
    },
    async openChecks(places) {
      const rows = await db.rows<CheckRow>(
        `select d.id, d.one, d.other, d.matches, d.proposed_at
           from duplicate_check d
          where d.decision is null
            and ($1::text is null or exists (
                  select from register_household h
                   where h.id in (d.one, d.other)
                     and (exists (select from place_line(h.commune, h.commune_from) l where l.code = any (($1::text)::text[]))
                          or exists (select from place p where p.code = h.commune and p.valid_from = h.commune_from
                                        and p.district2024 = any (($1::text)::text[])))))
          order by d.proposed_at, d.id`,
        [places === undefined ? null : textArray(places)],
      );
      return rows.map(({ proposed_at: at, ...row }) => ({
        ...row,
        proposedAt: Number(at),
        decision: null,
        reason: null,
        decidedBy: null,
        decidedAt: null,
      }));
    },
    async propose(matches) {
      if (matches.length === 0) return 0;
      const rows = await db.rows<{ id: string }>(
        `insert into duplicate_check (id, one, other, matches, proposed_at)
         select m.id, m.one, m.other, array(select jsonb_array_elements_text(m.matches)), m."proposedAt"
           from jsonb_to_recordset($1::text::jsonb) as m(id text, one text, other text, matches jsonb, "proposedAt" bigint)
          where not exists (select from duplicate_check d where d.one = m.other and d.other = m.one)
         on conflict do nothing returning id`,
        [JSON.stringify(matches)],
      );
      return rows.length;
    },
    async judge({ id, decision, reason, decidedBy, decidedAt }) {
      const { orm, t, op } = await building(db);
      await orm
        .update(t.duplicateCheck)
        .set({ decision, reason, decidedBy, decidedAt })
        .where(op.eq(t.duplicateCheck.id, id));
    },
  };
}

interface CheckRow {
  id: string;
  one: string;
  other: string;
  matches: string[];
  proposed_at: bigint;
}

async function requestRows(
  db: Db,
  asked: { household: string } | { id: string },
): Promise<HouseholdRequest[]> {
  const { orm, t, op } = await building(db);
  const rows = await orm
    .select()
    .from(t.householdRequest)
    .where(
      "id" in asked
        ? op.eq(t.householdRequest.id, asked.id)
        : op.eq(t.householdRequest.household, asked.household),
    )
    .orderBy(t.householdRequest.notedAt, t.householdRequest.id);
  // The text stays where it is: see `requestText`.
  return rows.map(({ sealed: _sealed, ...row }) => row);
}
