/**
 * The statements behind the published tables of lists, notices, objections and groups, as the books stood at entry `$1`: what
 * was decided later is not told yet. No name, no village, no category of one household, no text that somebody wrote.
 */
import type { LIST_SETS } from "#app/domain/open-data/list-sets.ts";

import type { PageQuery } from "./page-query.ts";

const ROWS = 1_000;

const page = (after: PageQuery["after"], text: string): PageQuery => ({
  size: ROWS,
  after,
  text: `${text} limit $2::integer`,
});

export const LIST_QUERIES: Readonly<Record<keyof typeof LIST_SETS, PageQuery>> = {
  lists: page(
    [
      ["list", ""],
      ["version", 0],
    ],
    `select v.list, v.version, v.campaign, v.round,
            case when exists (select 1 from list_version later where later.list = v.list and later.version > v.version
                                 and later.entry <= $1::bigint) then 'replaced' else 'in-force' end as state,
            v.reason, v.decided_on::text as decided_on, v.decision_number, l.households, l.reserves, l.heads, l.amount,
            v.checksum, v.entry
       from list_version v
       cross join lateral (
         select count(*) filter (where not reserve)::integer as households, count(*) filter (where reserve)::integer as reserves,
                coalesce(sum(heads) filter (where not reserve), 0)::integer as heads,
                coalesce(sum(amount) filter (where not reserve), 0)::bigint as amount
           from list_line where list_line.list = v.list and list_line.version = v.version) l
      where v.entry <= $1::bigint and (v.list collate "C", v.version) > ($3::text, $4::integer)
      order by v.list collate "C", v.version`,
  ),
  list_lines: page(
    [
      ["list", ""],
      ["version", 0],
      ["line", ""],
    ],
    `select l.list, l.version, l.code as line, l.heads, l.amount, l.reserve
       from list_line l join list_version v on v.list = l.list and v.version = l.version
      where v.entry <= $1::bigint and (l.list collate "C", l.version, l.code collate "C") > ($3::text, $4::integer, $5::text)
      order by l.list collate "C", l.version, l.code collate "C"`,
  ),
  notices: page(
    [["entry", 0]],
    `select n.posted_entry as entry, n.list, n.version, n.from_day::text as from_day, n.to_day::text as to_day,
            case when n.ended_entry <= $1::bigint then n.ended_on::text end as ended_on,
            case when n.ended_entry <= $1::bigint then n.outcome end as outcome,
            case when n.ended_entry <= $1::bigint then n.ended_entry end as ended_entry,
            p.places, p.loudspeaker_days
       from notice n
       cross join lateral (
         select count(*)::integer as places, coalesce(sum(cardinality(loudspeaker_days)), 0)::integer as loudspeaker_days
           from notice_place where notice_place.notice = n.id) p
      where n.posted_entry > $3::bigint and n.posted_entry <= $1::bigint order by n.posted_entry`,
  ),
  objections: page(
    [["objection", ""]],
    `select o.code as objection, o.list, o.version, o.line, o.ground, o.channel, o.on_day::text as on_day,
            o.answer_by::text as answer_by, o.body, o.against_decision as against,
            case when o.decided_entry <= $1::bigint then o.state else 'open' end as state,
            case when o.decided_entry <= $1::bigint then o.outcome end as outcome,
            case when o.decided_entry <= $1::bigint then o.decided_on::text end as decided_on,
            o.opened_entry as entry, case when o.decided_entry <= $1::bigint then o.decided_entry end as decided_entry
       from objection o where o.opened_entry <= $1::bigint and o.code collate "C" > $3::text order by o.code collate "C"`,
  ),
  groups: page(
    [["group", ""]],
    `select f.group_id as "group", f.campaign, f.list, f.name_vi, f.name_en, f.decided_on::text as decided_on, f.decision_number,
            cardinality(f.members) as members, f.leader, f.deputy, (f.rules ->> 'heads')::integer as heads_owed,
            f.rules ->> 'sex' as sex, (f.rules ->> 'leastAgeDays')::integer as least_age_days,
            (f.rules ->> 'leastKg')::integer as least_kg, (f.rules ->> 'deadlineDays')::integer as deadline_days,
            f.rules ->> 'onDeath' as on_death, f.rules ->> 'onBarren' as on_barren, f.rules ->> 'onTheft' as on_theft,
            f.rules ->> 'onSale' as on_sale, f.rules ->> 'mother' as mother, f.rules ->> 'next' as next_by, f.entry
       from group_founding f where f.entry <= $1::bigint and f.group_id collate "C" > $3::text order by f.group_id collate "C"`,
  ),
};
