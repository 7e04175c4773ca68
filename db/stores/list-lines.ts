import type { CampaignLines, ListedLine, ListLines } from "#app/domain/list-lines/ports.ts";

import type { Db } from "../client.ts";

/** Objections `o` that lock a line or list whose version in force is `v`: open ones, and upheld ones younger than it. */
const LOCKS = `(o.state = 'open' or o.outcome = 'recover'
    or o.state = 'upheld' and o.outcome <> 'keep' and o.decided_entry > v.entry)`;

/** That an entry was not reversed. */
const stands = (entry: string) => `not exists (select 1 from entry r where r.reverses = ${entry})`;

/**
 * That a booked advance `o` still counts for its lines: its money waits for the purchase, or bought something. One that went
 * back whole frees them again.
 */
const SPENT = `(
    exists (select 1 from account p join account_state s on s.account_id = p.id
             where p.code = 'proc:' || o.campaign || ':' || (o.matter ->> 'purchase') and s.received > s.sent)
    or exists (select 1 from account p join movement m on m.from_account = p.id join account d on d.id = m.to_account
                where p.code = 'proc:' || o.campaign || ':' || (o.matter ->> 'purchase') and d.code like 'delivered:%'))`;

/** Lines of the lists of a campaign, read in the transaction of `db`. */
export function listLinesStore(db: Db): ListLines {
  return {
    async ofCampaign(campaign) {
      const [found] = await db.rows<{ lines: LineJson[]; undecided: string[] }>(LINES, [campaign]);
      return found ? linesOf(found) : { lines: [], undecided: [] };
    },
  };
}

/** A line as JSON: amounts as text. */
type LineJson = Omit<ListedLine, "amount"> & { readonly amount: string };

function linesOf(found: { lines: LineJson[]; undecided: string[] }): CampaignLines {
  return {
    ...found,
    lines: found.lines.map((line) => ({ ...line, amount: BigInt(line.amount) })),
  };
}

const LINES = `
  with lists as (
    select v.list, v.version, v.state, v.entry from list_version v where v.campaign = $1),
  standing as (
    select l.code, l.list, l.version, l.rank, l.heads, l.amount, l.reserve,
           exists (select 1 from notice n where n.list = l.list and n.version = l.version and n.outcome = 'whole') as posted,
           coalesce((select json_agg(o.code order by o.opened_at, o.code) from objection o
                      where o.list = l.list and (o.line is null or o.line = l.code) and ${LOCKS}), '[]'::json) as objections,
           a.number as advanced_by, a.entry as advanced_in,
           coalesce(k.keeps, 0)::integer as keeps, coalesce(k.lost, 0)::integer as lost
      from lists v join list_line l on l.list = v.list and l.version = v.version
      left join lateral (
        select o.number, o.entry from money_order o
         where o.kind = 'advance' and o.state = 'booked' and o.campaign = $1 and o.matter -> 'lines' ? l.code
           and ${stands("o.entry")} and ${SPENT}
         order by o.entry desc limit 1) a on true
      left join lateral (
        select count(*) filter (where gone.entry is null) as keeps,
               count(*) filter (where gone.entry > a.entry and not gone.replaced) as lost
          from (select distinct e.animal from animal_event e
                 where e.household = l.code and e.kind in ('handed-over', 'passed-on') and ${stands("e.entry")}) mine
          left join lateral (
            select g.entry, exists (select 1 from animal_event x
                                     where x.animal = g.animal and x.kind = 'replaced' and ${stands("x.entry")}) as replaced
              from animal_event g
             where g.animal = mine.animal and g.kind in ('died', 'returned') and ${stands("g.entry")}
             order by g.n desc limit 1) gone on true
         where (select h.household from animal_event h
                 where h.animal = mine.animal and h.kind in ('handed-over', 'passed-on') and ${stands("h.entry")}
                 order by h.n desc limit 1) = l.code) k on true
     where v.state = 'decided')
  select coalesce((select json_agg(json_build_object('code', s.code, 'list', s.list, 'version', s.version, 'rank', s.rank,
                     'heads', s.heads, 'amount', s.amount::text, 'reserve', s.reserve, 'posted', s.posted,
                     'objections', s.objections, 'advancedBy', s.advanced_by, 'keeps', s.keeps,
                     'openHeads', case when s.advanced_by is null then s.heads else least(s.heads, s.lost) end)
                     order by s.list, s.rank) from standing s), '[]'::json) as lines,
         coalesce((select json_agg(distinct l.code) from lists v join list_line l on l.list = v.list and l.version = v.version
                    where v.state in ('compiling', 'submitted') and l.code not in (select code from standing)), '[]'::json) as undecided`;
