/**
 * The statement behind each published table: one page after a cursor. `$1` is the entry up to which the books are read,
 * `$2` the rows of a page, `$3` and on the cursor: the key columns of the last row before.
 *
 * Private columns (names, texts of bank lines, idempotency keys, salts, sexes of people) are in no statement here.
 */
import type { PageQuery } from "./page-query.ts";
import type { SetName } from "#app/domain/open-data/sets.ts";
import { inEnglish } from "./in-english.ts";

import { LIST_QUERIES } from "./list-set-queries.ts";
import { OFFICE_QUERIES } from "./office-set-queries.ts";

const FEW = 1_000;
const MANY = 5_000;

/** Tables outside the books do not know of entries. */
const ANY_HEAD = "$1::bigint is not null";

const page = (size: number, after: PageQuery["after"], text: string): PageQuery => ({
  size,
  after,
  text: `${text} limit $2::integer`,
});

/** Tables that one statement makes; donations, animals and campaigns need more (`open-data.ts`). */
export const QUERIES: Readonly<
  Record<Exclude<SetName, "donations" | "households" | "household_counts">, PageQuery>
> = {
  places: page(
    FEW,
    [
      ["code", ""],
      ["valid_from", "-infinity"],
    ],
    `select code, name, kind, parent, valid_from::text as valid_from, valid_to::text as valid_to, successor, full_name,
              slug, mountain, district2024 as district_2024, source
         from place where ${ANY_HEAD} and (code collate "C", valid_from) > ($3::text, $4::text::date)
        order by code collate "C", valid_from`,
  ),
  accounts: page(
    MANY,
    [["id", 0]],
    `select a.id, a.code as account, a.kind, a.unit, a.axis, a.may_be_negative, a.campaign, a.commune, a.opened_by,
              c.entry as closed_by
         from account a left join account_closing c on c.account_id = a.id and c.entry <= $1::bigint
        where a.id > $3::integer and a.opened_by <= $1::bigint order by a.id`,
  ),
  entries: page(
    MANY,
    [["entry", 0]],
    `select number as entry, kind, effective_on::text as effective_on,
              to_char(to_timestamp(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as recorded_at,
              reverses, encode(leaf_hash, 'hex') as leaf_hash, reason, legs as movements
         from entry where number > $3::bigint and number <= $1::bigint order by number`,
  ),
  movements: page(
    MANY,
    [
      ["entry", 0],
      ["n", 0],
    ],
    `select m.entry, m.n, f.code as from_account, t.code as to_account, t.unit, m.amount, m.from_lo, m.to_lo, m.animal
         from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
        where (m.entry, m.n) > ($3::bigint, $4::smallint) and m.entry <= $1::bigint order by m.entry, m.n`,
  ),
  evidence: page(
    MANY,
    [
      ["entry", 0],
      ["n", 0],
    ],
    `select entry, n, kind, digest from evidence
        where (entry, n) > ($3::bigint, $4::smallint) and entry <= $1::bigint order by entry, n`,
  ),
  // The page is cut first: its events are then looked up by their key.
  animals: page(
    FEW,
    [["animal", ""]],
    `with listed as materialized (
         select * from animal where code collate "C" > $3::text and entry <= $1::bigint order by code collate "C" limit $2::integer
       )
       select s.code as animal, s.species, s.commune, c.code as account, s.lo, s.price, s.dam, s.round, s.campaign, s.entry,
              s.sex, to_char(s.born_on, 'IYYY-"W"IW') as born_week, s.price_reason, s.tag_commitment,
              exists (select 1 from entry r where r.reverses = s.entry and r.number <= $1::bigint) as undone,
              coalesce((
                select string_agg(e.kind, ' ') from animal_event e
                 where e.animal = s.code and e.entry <= $1::bigint
                   and not exists (select 1 from entry r where r.reverses = e.entry and r.number <= $1::bigint)
              ), '') as events
         from listed s left join account c on c.id = s.account_id order by s.code collate "C"`,
  ),
  animal_events: page(
    MANY,
    [
      ["animal", ""],
      ["n", 0],
    ],
    `select animal, n, kind, to_char(on_day, 'IYYY-"W"IW') as week, entry, household, other, cause
         from animal_event where (animal collate "C", n) > ($3::text, $4::smallint) and entry <= $1::bigint
        order by animal collate "C", n`,
  ),
  campaigns: page(
    FEW,
    [["campaign", ""]],
    `select id as campaign, model, commune, goal, slug, species, commune_from::text as commune_from, district, title_vi,
              ${inEnglish("title")} as title_en, households, starts_on::text as starts_on, ends_on::text as ends_on, closed_on::text as closed_on,
              bank_account, code, surplus_to, pass_on_heads, pass_on_age_days, decision_number,
              decision_date::text as decision_date, twin, version, drafted_by, published_by, responsible,
              decision_digest, case when surplus_to is null then surplus else 'campaign' end as surplus, shortfall,
              nullif(array_to_string(array(select jsonb_array_elements_text(norm_reasons)), ' '), '') as norm_reasons,
              reporting_months
         from campaign where ${ANY_HEAD} and id collate "C" > $3::text order by id collate "C"`,
  ),
  // An opinion is told by side and verdict; remarks stay in the office.
  campaign_versions: page(
    FEW,
    [
      ["campaign", ""],
      ["version", 0],
    ],
    `select v.campaign, v.version, v.published_on::text as published_on, v.reason, v.drafted_by, v.published_by,
              (select o.verdict from draft_opinion o join campaign_draft d on d.id = o.draft and d.round = o.round
                where o.draft = v.draft and o.side = 'district') as district_opinion,
              (select o.verdict from draft_opinion o join campaign_draft d on d.id = o.draft and d.round = o.round
                where o.draft = v.draft and o.side = 'twin') as twin_opinion,
              (v.terms ->> 'goal')::bigint as goal, v.terms ->> 'startsOn' as starts_on, v.terms ->> 'endsOn' as ends_on,
              v.terms ->> 'closedOn' as closed_on, v.terms ->> 'account' as account,
              v.terms ->> 'decisionDigest' as decision_digest
         from campaign_version v where ${ANY_HEAD} and (v.campaign collate "C", v.version) > ($3::text, $4::integer)
        order by v.campaign collate "C", v.version`,
  ),
  need_lines: page(
    FEW,
    [
      ["campaign", ""],
      ["n", -1],
    ],
    `select campaign, n, species, title_vi, ${inEnglish("title")} as title_en, quantity, unit_price, norm_id as norm
         from need_line where ${ANY_HEAD} and (campaign collate "C", n) > ($3::text, $4::integer)
        order by campaign collate "C", n`,
  ),
  // Only promises: whoever is on the way to pay has promised nothing.
  pledges: page(
    MANY,
    [["pledge", ""]],
    `with listed as materialized (
         select code, campaign, amount, state, promised_on from pledge
          where intent = 'promised' and code collate "C" > $3::text order by code collate "C" limit $2::integer
       )
       select s.code as pledge, s.campaign, s.amount as promised,
              coalesce((select sum(d.amount) from donation d where d.pledge = s.code and d.entry <= $1::bigint), 0)::bigint as paid,
              s.state, s.promised_on::text as promised_on, ((to_timestamp(k.confirmed_at) at time zone 'UTC') + interval '7 hours')::date::text as confirmed_on
         from listed s left join pledge_confirmation k on k.pledge = s.code order by s.code collate "C"`,
  ),
  bank_accounts: page(
    FEW,
    [["bank_account", ""]],
    `select id as bank_account, holder, bank_name as bank, bin, number, owner, commune, valid_from::text as valid_from,
              valid_to::text as valid_to
         from bank_account where ${ANY_HEAD} and id collate "C" > $3::text order by id collate "C"`,
  ),
  norms: page(
    FEW,
    [["norm", ""]],
    `select id as norm, model, species, per_household, unit_price, valid_from::text as valid_from,
              valid_to::text as valid_to, source
         from norm where ${ANY_HEAD} and id collate "C" > $3::text order by id collate "C"`,
  ),
  plan_targets: page(
    FEW,
    [
      ["district", ""],
      ["species", ""],
      ["valid_from", "-infinity"],
    ],
    `select district, species, animals, households, valid_from::text as valid_from, source
         from plan_target
        where ${ANY_HEAD} and (district collate "C", species collate "C", valid_from) > ($3::text, $4::text, $5::text::date)
        order by district collate "C", species collate "C", valid_from`,
  ),
  twins: page(
    FEW,
    [
      ["plains", ""],
      ["mountain", ""],
      ["valid_from", "-infinity"],
    ],
    `select plains_code as plains, mountain_code as mountain, valid_from::text as valid_from, valid_to::text as valid_to,
              status, source
         from twin_pair
        where ${ANY_HEAD} and (plains_code collate "C", mountain_code collate "C", valid_from) > ($3::text, $4::text, $5::text::date)
        order by plains_code collate "C", mountain_code collate "C", valid_from`,
  ),
  ...LIST_QUERIES,
  ...OFFICE_QUERIES,
  // What was booked after that entry is, as of it, only approved.
  orders: page(
    FEW,
    [["order", 0]],
    `select o.number as "order", o.kind, case when o.entry > $1::bigint then 'approved' else o.state end as state, o.campaign,
              o.commune, o.amount, o.requested_on::text as requested_on, r.name_vi as requested_by,
              o.approved_on::text as approved_on, a.name_vi as approved_by,
              case when o.entry <= $1::bigint then o.entry end as entry
         from order_public o join organisation r on r.id = o.requested_for
         left join organisation a on a.id = o.approved_for
        where o.number > $3::integer order by o.number`,
  ),
};

/** A page of gifts in ledger order; `donations.csv` adds what their traces tell. */
export const GIFT_PAGE = `select d.code as donation, d.entry, d.campaign, d.channel, a.code as account, d.lo, d.amount, d.pledge,
         d.received_on::text as received_on
    from donation d join account a on a.id = d.account_id
   where d.entry > $2::bigint and d.entry <= $1::bigint order by d.entry limit $3::integer`;

/** Households of a campaign, each by its own code. */
export const HOUSEHOLDS = `select code as household, commune, campaign, round, group_id as "group"
    from household where campaign = $1`;

/** Households of each list by category. */
export const COUNTS = `select commune, campaign, round, category, count(*)::integer as households
    from household group by commune, campaign, round, category
   order by commune collate "C", campaign collate "C", round, category collate "C"`;
