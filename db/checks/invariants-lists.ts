import { type Invariant, wrongWhere } from "./invariant.ts";

/** The facts that an entry published, one by one: from its hashed bytes, not from a table. */
const told = (entry: string) =>
  `left join entry e on e.number = ${entry}
   left join lateral (select convert_from(e.bytes, 'UTF8')::jsonb -> 'facts' as facts) f on true`;

/** Totals of the lines of version `v`, as its entry tells them. */
const TOTALS = `left join lateral (
     select count(*) filter (where not l.reserve) as households, count(*) filter (where l.reserve) as reserves,
            coalesce(sum(l.heads) filter (where not l.reserve), 0) as heads,
            coalesce(sum(l.amount) filter (where not l.reserve), 0) as amount,
            array_agg(l.code || ' ' || l.heads || ' ' || l.amount order by l.code) as lines
       from list_line l where l.list = v.list and l.version = v.version) t on true`;

const stands = (entry: string) => `not exists (select from entry r where r.reverses = ${entry})`;

/** Households and advances that were given something in an entry, by the code of their line. */
const GIVEN = `(
     select h.code, v.entry, 'household ' || h.code as subject
       from animal_event v join household h on h.code = v.household
      where v.kind in ('handed-over', 'passed-on') and h.registration is not null and ${stands("v.entry")}
     union all
     select line.code, o.entry, 'request ' || o.number || ', line ' || line.code
       from money_order o cross join lateral jsonb_array_elements_text(o.matter -> 'lines') as line(code)
      where o.kind = 'advance' and o.state = 'booked' and jsonb_typeof(o.matter -> 'lines') = 'array' and ${stands("o.entry")})`;

/** Lists of households: before the cow, and the same on paper, on the web and in the log. */
export const LIST_INVARIANTS: readonly Invariant[] = [
  {
    name: "lists-as-decided",
    counted: `select count(*) as counted from list_version where entry is not null`,
    offenders: wrongWhere(
      "'list ' || v.list || ', version ' || v.version",
      `(select * from list_version where entry is not null) v ${told("v.entry")} ${TOTALS}`,
      [
        ["e.kind is distinct from 'list-decided'", `'entry ' || v.entry || ' decided no list'`],
        [
          "(f.facts ->> 'list', f.facts ->> 'version') is distinct from (v.list, v.version::text)",
          `'entry ' || v.entry || ' tells of another list'`,
        ],
        [
          "f.facts ->> 'checksum' is distinct from v.checksum",
          `'has another checksum than its entry'`,
        ],
        [
          `(f.facts ->> 'households', f.facts ->> 'reserves', f.facts ->> 'heads', f.facts ->> 'amount')
             is distinct from (t.households::text, t.reserves::text, t.heads::text, t.amount::text)`,
          `'has other totals than its entry'`,
        ],
        [
          `t.lines is distinct from (select array_agg((x ->> 'code') || ' ' || (x ->> 'heads') || ' ' || (x ->> 'amount') order by x ->> 'code')
             from jsonb_array_elements(f.facts -> 'lines') as x)`,
          `'has other lines than its entry'`,
        ],
        ["v.compiled_by @> array[v.decided_by]", `'was decided by who compiled it'`],
      ],
    ),
  },
  {
    name: "notices-as-posted",
    counted: `select count(*) as counted from notice`,
    offenders: `${wrongWhere(
      "'notice of ' || n.list || ', entry ' || n.posted_entry",
      `notice n ${told("n.posted_entry")} left join list_version v on v.list = n.list and v.version = n.version`,
      [
        ["e.kind is distinct from 'notice-posted'", `'was put up by no such entry'`],
        ["v.entry is null or v.entry >= n.posted_entry", `'hung before its list was decided'`],
        [
          "(f.facts ->> 'list', f.facts ->> 'version', f.facts ->> 'checksum') is distinct from (n.list, n.version::text, v.checksum)",
          `'is of another list than its entry, or has another checksum'`,
        ],
        [
          "(f.facts ->> 'from', f.facts ->> 'to') is distinct from (n.from_day::text, n.to_day::text)",
          `'has other days than its entry'`,
        ],
      ],
    )}
      union all
      ${wrongWhere(
        "'notice of ' || n.list || ', entry ' || n.posted_entry",
        `(select * from notice where outcome is not null) n ${told("n.ended_entry")}`,
        [
          ["e.kind is distinct from 'notice-ended'", `'was ended by no such entry'`],
          [
            "(f.facts ->> 'list', f.facts ->> 'outcome', f.facts ->> 'to') is distinct from (n.list, n.outcome, n.ended_on::text)",
            `'ended otherwise than its entry tells'`,
          ],
          [
            "n.outcome = 'whole' and n.ended_on < n.to_day",
            `'is called whole and came down before its last day'`,
          ],
          [
            "n.outcome = 'whole' and n.confirmed_by in (n.posted_by, n.ended_by)",
            `'was confirmed by who put it up or took it down'`,
          ],
          [
            `n.outcome = 'whole' and exists (select from notice_place p where p.notice = n.id and p.kind <> 'web'
               and (p.up_photo is null or p.down_photo is null or p.minutes is null))`,
            `'is called whole and lacks a proof'`,
          ],
        ],
      )}`,
  },
  {
    name: "objections-as-told",
    counted: `select count(*) as counted from objection`,
    offenders: `${wrongWhere("'objection ' || o.code", `objection o ${told("o.opened_entry")}`, [
      ["e.kind is distinct from 'objection-opened'", `'was opened by no such entry'`],
      [
        "(f.facts ->> 'objection', f.facts ->> 'list', f.facts ->> 'line', f.facts ->> 'ground') is distinct from (o.code, o.list, o.line, o.ground)",
        `'is another than its entry tells'`,
      ],
    ])}
      union all
      ${wrongWhere(
        "'objection ' || o.code",
        `(select * from objection where state <> 'open') o ${told("o.decided_entry")}`,
        [
          ["e.kind is distinct from 'objection-decided'", `'was decided by no such entry'`],
          [
            "(f.facts ->> 'objection', f.facts ->> 'state', f.facts ->> 'outcome') is distinct from (o.code, o.state, o.outcome)",
            `'was decided otherwise than its entry tells'`,
          ],
        ],
      )}`,
  },
  {
    name: "groups-as-founded",
    counted: `select count(*) as counted from group_founding where entry is not null`,
    offenders: wrongWhere(
      "'group ' || g.group_id",
      `(select * from group_founding where entry is not null) g ${told("g.entry")}
       left join household_group h on h.id = g.group_id`,
      [
        ["e.kind is distinct from 'group-founded'", `'was founded by no such entry'`],
        ["f.facts ->> 'group' is distinct from g.group_id", `'is another than its entry tells'`],
        ["h.id is null", `'was founded and is not there'`],
        ["g.decided_by = g.drafted_by", `'was decided by who wrote it'`],
        [
          `(select array_agg(m order by m) from unnest(g.members) as m)
             is distinct from (select array_agg(code order by code) from household where household.group_id = g.group_id)`,
          `'has other households than were decided'`,
        ],
      ],
    ),
  },
  {
    name: "list-before-cow",
    counted: `select count(*) as counted from ${GIVEN} g`,
    offenders: wrongWhere("g.subject", `${GIVEN} g`, [
      [
        `not exists (select from list_line l join list_version v on v.list = l.list and v.version = l.version
           where l.code = g.code and not l.reserve and v.entry < g.entry)`,
        `'was given something in entry ' || g.entry || ' before a list with it was decided'`,
      ],
      [
        `not exists (select from list_line l join list_version v on v.list = l.list and v.version = l.version
            join notice n on n.list = l.list and n.version = l.version
           where l.code = g.code and not l.reserve and v.entry < g.entry and n.outcome = 'whole' and n.ended_entry < g.entry)`,
        `'was given something in entry ' || g.entry || ' before its list had hung all its days'`,
      ],
      [
        `exists (select from objection o
           where (o.line = g.code or o.line is null and exists (select from list_line l where l.list = o.list and l.code = g.code))
             and o.opened_entry < g.entry and (o.decided_entry is null or o.decided_entry > g.entry))`,
        `'was given something in entry ' || g.entry || ' while an objection was open'`,
      ],
    ]),
  },
];
