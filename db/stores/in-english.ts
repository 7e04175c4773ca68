/**
 * What an English page shows of a column that is kept in both languages, such as `c.title` for `c.title_vi` and `c.title_en`:
 * the Vietnamese, which is the original, where nobody has written the English yet. An expression for a statement.
 */
export function inEnglish(column: string): string {
  return `coalesce(nullif(${column}_en, ''), ${column}_vi)`;
}
