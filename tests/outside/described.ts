/** Every table against its own description in `datapackage.json`: columns, forms, keys and references. */
import type { Source } from "./source.ts";
import { cell, type Line, parseCsv, type Problems } from "./tables.ts";

interface Field {
  name: string;
  type: string;
  constraints: {
    required: boolean;
    enum?: string[];
    pattern?: string;
    minimum?: number;
  };
}

interface Resource {
  name: string;
  path: string;
  schema: {
    fields: Field[];
    primaryKey: string[];
    foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[];
  };
}

const FORMS: Readonly<Record<string, RegExp>> = {
  integer: /^(0|[1-9]\d*)$/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
};

/** Check every described table; answers how many. */
export async function checkDescribed(source: Source, problems: Problems): Promise<number> {
  const text = await source.text("/data/v1/datapackage.json");
  if (text === undefined) {
    if (source.live) problems.push("datapackage.json is not there");
    return 0;
  }
  const { resources } = JSON.parse(text) as { resources: Resource[] };
  const tables = new Map<string, Line[]>();
  for (const resource of resources) {
    // On the site a full address, in a folder a name.
    const { pathname, search } = new URL(resource.path, "https://site.example/data/v1/");
    const csv = await source.text(source.live ? pathname + search : pathname);
    if (csv === undefined) {
      problems.push(`${resource.path} is described and not there`);
      continue;
    }
    const { header, lines } = parseCsv(csv, resource.path, problems);
    tables.set(resource.name, lines);
    const described = resource.schema.fields.map(({ name }) => name).join(",");
    if (header.join(",") !== described)
      problems.push(`${resource.path} has ${header.join(",")}, described ${described}`);
    for (const field of resource.schema.fields) checkField(resource, field, lines, problems);
    const keys = new Set(lines.map((line) => keyOf(line, resource.schema.primaryKey)));
    if (keys.size !== lines.length) problems.push(`${resource.path} repeats a key`);
  }
  for (const resource of resources) checkReferences(resource, tables, problems);
  return tables.size;
}

function checkField(
  { path }: Resource,
  { name, type, constraints }: Field,
  lines: readonly Line[],
  problems: Problems,
): void {
  const { required, pattern, minimum, enum: words } = constraints;
  const whole = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`);
  const wrong = lines.find((line) => {
    const value = cell(line, name);
    if (value === "") return required;
    return (
      FORMS[type]?.test(value) === false ||
      whole?.test(value) === false ||
      words?.includes(value) === false ||
      (minimum !== undefined && BigInt(value) < BigInt(minimum)) ||
      (type === "string" && /^[=+\-@\t\r]/.test(value))
    );
  });
  if (wrong)
    problems.push(`${path}: ${name} is "${cell(wrong, name)}" in ${JSON.stringify(wrong)}`);
}

function checkReferences(
  { name, path, schema }: Resource,
  tables: ReadonlyMap<string, readonly Line[]>,
  problems: Problems,
): void {
  for (const { fields, reference } of schema.foreignKeys ?? []) {
    const known = new Set(
      tables.get(reference.resource)?.map((line) => keyOf(line, reference.fields)),
    );
    const here = tables.get(name) ?? [];
    const lost = here.find(
      (line) => cell(line, fields[0] ?? "") !== "" && !known.has(keyOf(line, fields)),
    );
    if (lost)
      problems.push(
        `${path}: ${fields.join(",")} ${keyOf(lost, fields)} is not in ${reference.resource}`,
      );
  }
}

function keyOf(line: Line, columns: readonly string[]): string {
  return columns.map((column) => cell(line, column)).join("|");
}
