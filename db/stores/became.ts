/** Pieces of statements that say what a place or an organisation of their rows became: permission asks by both. */

/** Codes of a commune and of what it became, as JSON; the arguments are expressions of the statement. */
export const COMMUNES = (code: string, from: string) => `
  (select json_agg(distinct became.code) from place_line(${code}, ${from}) became)`;

/** What a twinned organisation is by now, by its id; null where none of that id is known. */
export const TWIN_NOW = (id: string) => `
  (select became.id from organisation_line(${id}) became order by became.step desc limit 1)`;
