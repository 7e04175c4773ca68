/**
 * The roles of a table whose rows fold into blocks on a phone: Safari takes the roles of `table`, `tr` and `td` away with
 * their `display`, and reads the cells as loose text. Said once, spread where such a table is drawn.
 */
export const FOLDING = {
  table: { role: "table" },
  rows: { role: "rowgroup" },
  row: { role: "row" },
  columnHeader: { role: "columnheader" },
  rowHeader: { role: "rowheader" },
  cell: { role: "cell" },
} as const;
