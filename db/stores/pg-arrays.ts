/**
 * PostgreSQL array literals, passed as one text parameter and cast in the statement: the same on both drivers,
 * and much cheaper than a parameter a row.
 */

/** `{1,2,NULL}` of whole numbers. */
export function numberArray(values: readonly (bigint | number | undefined)[]): string {
  return `{${values.map((value) => (value === undefined ? "NULL" : value.toString())).join(",")}}`;
}

/** `{"a","b",NULL}` of texts. */
export function textArray(values: readonly (string | undefined)[]): string {
  return `{${values.map((value) => (value === undefined ? "NULL" : quoted(value))).join(",")}}`;
}

function quoted(value: string): string {
  // Two native searches cost less than a replace that finds nothing.
  if (!value.includes('"') && !value.includes("\\")) return `"${value}"`;
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
