import { ACCOUNT_SHAPES, CHANNELS } from "#app/domain/ledger/chart.ts";

import { type Invariant, wrongWhere } from "./invariant.ts";

/** What may stand where a shape of the chart names a part, as a pattern of PostgreSQL. */
const PARTS: Readonly<Record<string, string>> = {
  "*channel": `(?:${CHANNELS.join("|")})`,
  "*species": "(BO|DE)",
  "*round": "r[1-9][0-9]*",
  "*name": "[A-Za-z0-9.-]+",
  "*campaign": "([A-Za-z0-9.-]+)",
  "*commune": "([A-Za-z0-9.-]+)",
};
/** Parts from which a column of the account follows, by which of the pattern's groups. */
const TOLD_BY = ["*campaign", "*commune", "*species"] as const;

/** The chart of accounts as rows: pattern, what fits it is, and which group of it is campaign, commune and species. */
const CHART = ACCOUNT_SHAPES.map(({ parts, kind, axis, mayBeNegative }, n) => {
  const pattern = parts.map((part) => PARTS[part] ?? part).join(":");
  const groups = parts.filter((part) => TOLD_BY.some((told) => told === part));
  const at = TOLD_BY.map((told) =>
    groups.includes(told) ? String(groups.indexOf(told) + 1) : "null::integer",
  );
  return `(${n}, '^${pattern}$', '${kind}', ${axis}, ${mayBeNegative}, ${at.join(", ")})`;
});

const SPELT = `left join lateral (
      select s.*, regexp_match(a.code, s.pattern) as part
        from (values ${CHART.join(",\n          ")})
          as s(n, pattern, kind, axis, may_be_negative, campaign, commune, species)
       where a.code ~ s.pattern order by s.n limit 1) s on true`;

/** Entries whose bytes tell of accounts that open or close; few, so only these are read as JSON. */
const TOLD = (field: string) => `select e.number, c.code
      from entry e
     cross join lateral jsonb_array_elements_text(convert_from(e.bytes, 'UTF8')::jsonb -> '${field}') as c(code)
     where position('"${field}":'::bytea in e.bytes) > 0`;

/** Accounts against the chart, and what opened and closed them. */
export const ACCOUNT_INVARIANTS: readonly Invariant[] = [
  {
    name: "accounts-as-charted",
    counted: `select count(*) as counted from account`,
    offenders: wrongWhere(
      "a.code",
      `account a ${SPELT}
    left join account_state t on t.account_id = a.id
    left join (select account_id, count(*) filter (where hi is null) as open, bool_or(hi <= lo) as empty
                 from free_range group by 1) r on r.account_id = a.id`,
      [
        ["s.n is null", `'fits no shape of the chart'`],
        ["a.kind <> s.kind", `'is called ' || a.kind || ', the chart says ' || s.kind`],
        [
          "a.unit <> coalesce(s.part[s.species], 'VND')",
          `'counts ' || a.unit || ', the chart says ' || coalesce(s.part[s.species], 'VND')`,
        ],
        ["a.axis <> s.axis", `'has numbered đồng or not, otherwise than the chart says'`],
        [
          "a.may_be_negative <> s.may_be_negative",
          `'may be negative or not, otherwise than the chart says'`,
        ],
        [
          "a.campaign is distinct from s.part[s.campaign]",
          `'is of campaign ' || coalesce(a.campaign, 'none') || ', its code says ' || coalesce(s.part[s.campaign], 'none')`,
        ],
        [
          "a.commune is distinct from s.part[s.commune]",
          `'is of commune ' || coalesce(a.commune, 'none') || ', its code says ' || coalesce(s.part[s.commune], 'none')`,
        ],
        [
          "(t.account_id is null) <> s.may_be_negative",
          `'has sums or none, otherwise than the chart says'`,
        ],
        [
          "coalesce(r.open, 0) <> case when s.axis then 1 else 0 end or r.empty or r.account_id is not null and not s.axis",
          `'has ' || coalesce(r.open, 0) || ' open ranges of free numbers'`,
        ],
      ],
    ),
  },
  {
    name: "accounts-opened-and-closed",
    counted: `select (select count(*) from account) + (select count(*) from account_closing) as counted`,
    offenders: `select coalesce(a.code, t.code) as subject,
             'opened by entry ' || coalesce(a.opened_by::text, 'none') || ', told by entry ' || coalesce(t.number::text, 'none') as fact
        from account a full join (${TOLD("opens")}) t on t.code = a.code
       where a.opened_by is distinct from t.number
      union all
      select coalesce(c.code, t.code),
             'closed by entry ' || coalesce(c.entry::text, 'none') || ', told by entry ' || coalesce(t.number::text, 'none')
        from (select a.code, c.entry from account_closing c left join account a on a.id = c.account_id) c
        full join (${TOLD("closes")}) t on t.code = c.code
       where c.entry is distinct from t.number or c.code is null
      union all
      select a.code, 'closed by entry ' || c.entry || ' and moved by entry ' || m.entry
        from account_closing c join account a on a.id = c.account_id
        join (select account, max(entry) as entry
                from (select from_account as account, entry from movement union all select to_account, entry from movement) m
               where account in (select account_id from account_closing) group by account) m on m.account = a.id
       where m.entry > c.entry
      union all
      select 'account ' || s.account_id, 'has sums and is not there'
        from account_state s where not exists (select from account a where a.id = s.account_id)
      union all
      select 'account ' || r.account_id, 'has free numbers and is not there'
        from free_range r where not exists (select from account a where a.id = r.account_id)`,
  },
];
