/** The description of the data for machines: a Frictionless Data Package 2.0 with a Table Schema for each table. */
import { own } from "../kernel/own.ts";
import type { Column, SetSpec } from "./column.ts";
import { SET_NAMES, SETS } from "./sets.ts";
import type { DataWords } from "./words.ts";

const TYPES = {
  text: { type: "string" },
  integer: { type: "integer" },
  boolean: { type: "boolean", trueValues: ["true"], falseValues: ["false"] },
  date: { type: "date" },
  moment: { type: "datetime" },
  week: { type: "string" },
} as const;

const WEEK_PATTERN = "[0-9]{4}-W[0-9]{2}";

/**
 * Where the described files are: on the site, without the byte order mark, as programs read this; or beside the
 * descriptor, in one folder.
 */
export type DescribedAt = "site" | "folder";

/** The descriptor, ready to be written as JSON; `title` and `description` are Vietnamese, with English beside them. */
export function dataPackage(
  words: { readonly vi: DataWords; readonly en: DataWords },
  facts: {
    readonly head: number;
    readonly origin: string;
    readonly demo: boolean;
    readonly at: DescribedAt;
  },
): object {
  const { vi, en } = words;
  return {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: "ketnghia",
    title: vi.title,
    title_en: en.title,
    description: facts.demo ? `${vi.demo} ${vi.description}` : vi.description,
    description_en: facts.demo ? `${en.demo} ${en.description}` : en.description,
    homepage: facts.origin,
    // The books are the version: two copies at one entry are equal.
    version: `1.0.${facts.head}`,
    licenses: [
      {
        name: "CC-BY-4.0",
        path: "https://creativecommons.org/licenses/by/4.0/",
        title: "Creative Commons Attribution 4.0",
      },
    ],
    resources: SET_NAMES.map((name) => ({
      name,
      type: "table",
      path: facts.at === "folder" ? `${name}.csv` : `${facts.origin}/data/v1/${name}.csv?bom=0`,
      title: vi.sets[name].title,
      title_en: en.sets[name].title,
      format: "csv",
      mediatype: "text/csv",
      encoding: "utf-8",
      dialect: { lineTerminator: "\r\n", delimiter: "," },
      schema: tableSchema(SETS[name], vi.sets[name].columns, en.sets[name].columns),
    })),
  };
}

function tableSchema(
  spec: SetSpec,
  vi: Readonly<Record<string, string | undefined>>,
  en: Readonly<Record<string, string | undefined>>,
): object {
  return {
    $schema: "https://datapackage.org/profiles/2.0/tableschema.json",
    fields: spec.columns.map((column) => ({
      name: column.name,
      ...TYPES[column.type],
      description: own(vi, column.name),
      description_en: own(en, column.name),
      constraints: constraints(column),
    })),
    missingValues: [""],
    primaryKey: spec.key,
    ...(spec.references.length === 0
      ? {}
      : {
          foreignKeys: spec.references.map(({ columns, set, to }) => ({
            fields: columns,
            reference: { resource: set, fields: to },
          })),
        }),
  };
}

function constraints({ required, oneOf, pattern, least, type }: Column): object {
  const form = pattern ?? (type === "week" ? WEEK_PATTERN : undefined);
  return {
    required,
    ...(oneOf === undefined ? {} : { enum: oneOf }),
    ...(form === undefined ? {} : { pattern: form }),
    ...(least === undefined ? {} : { minimum: least }),
  };
}
