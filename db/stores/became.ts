/** Pieces of statements that say what a place or an organisation of their rows became: permission asks by both. */

/** Codes of a commune and of what it became, as JSON; the arguments are expressions of the statement. */
export const COMMUNES = (code: string, from: string) => `
  (with recursive line as (
     select became.code, became.valid_to, became.successor
       from place became where became.code = ${code} and became.valid_from = ${from}
     union
     select became.code, became.valid_to, became.successor from line l
       join place became on became.code = l.successor and became.valid_from = l.valid_to + 1)
   select json_agg(distinct code) from line)`;

/** What a twinned organisation is by now, by its id; null where none of that id is known. */
export const TWIN_NOW = (id: string) => `
  (with recursive line as (
     select became.id, became.successor, 0 as step from organisation became where became.id = ${id}
     union all
     select became.id, became.successor, l.step + 1
       from line l join organisation became on became.id = l.successor where l.step < 8)
   select id from line order by step desc limit 1)`;
