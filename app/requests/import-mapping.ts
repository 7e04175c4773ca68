import { IMPORT_FIELDS, type ImportMapping } from "#app/domain/register/import-sheet.ts";

import { fieldOf } from "./read-form.ts";

/** What can stand for all rows of a list that has no column for it. */
const FOR_ALL = ["village.all", "category.all", "categoryDecision.all", "categoryOn.all"] as const;

/** How a form says the columns are to be read; a column is counted from 0, none is empty. */
export function mappingWish(form: FormData): ImportMapping {
  const mapping: Record<string, string | number> = {};
  const whole = (name: string) => {
    const typed = fieldOf(form, name, 10).trim();
    return /^\d{1,6}$/.test(typed) ? Number(typed) : undefined;
  };
  mapping["sheet"] = whole("sheet") ?? 0;
  // People count rows from 1.
  mapping["first"] = Math.max(0, (whole("first") ?? 1) - 1);
  for (const field of IMPORT_FIELDS) {
    const column = whole(field);
    if (column !== undefined) mapping[field] = column;
  }
  for (const name of FOR_ALL) {
    const typed = fieldOf(form, name, 80).trim();
    if (typed !== "") mapping[name] = typed;
  }
  return mapping;
}
