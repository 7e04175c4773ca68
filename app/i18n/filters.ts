import { CAMPAIGN_ORDERS } from "#app/domain/campaigns/find.ts";
import { MODELS } from "#app/domain/campaigns/ports.ts";
import { CAMPAIGN_STATES } from "#app/domain/campaigns/state.ts";
import { ENTRY_KINDS } from "#app/domain/ledger/entry.ts";
import { GIFTS } from "#app/domain/ledger-reading/ports.ts";
import { readTypedDay } from "#app/domain/kernel/typed-day.ts";

import type { Page } from "./paths.ts";

/**
 * What public pages read from the query of their address. Routes, links to the other language and the page cache read
 * this one table; whatever is not in it changes nothing about a page and is dropped.
 */
export interface Filter {
  /** The one spelling of a typed value; undefined when it means nothing to the page. */
  means(typed: string): string | undefined;
  /** The page repeats what it could not read, so such an address is not like the one without it. */
  readonly echoed?: true;
}

/** Longest text of a search, signs, and longest of any other value. */
const LONGEST_SEARCH = 100;
const LONGEST_VALUE = 40;

function oneOf(values: readonly string[]): Filter {
  return { means: (typed) => values.find((value) => value === typed.trim()) };
}

const WORDS: Filter = {
  means: (typed) => typed.replace(/\s+/g, " ").trim().slice(0, LONGEST_SEARCH).trim() || undefined,
};

/** The code of a place, a campaign or a unit. */
const CODE: Filter = {
  means(typed) {
    const code = typed.trim();
    return code.length <= LONGEST_VALUE && /^[A-Za-z0-9.-]+$/.test(code) ? code : undefined;
  },
};

const DAY: Filter = { means: readTypedDay, echoed: true };

const ENTRY_NUMBER: Filter = {
  means: (typed) => (/^\d{1,15}$/.test(typed) ? String(Number(typed)) : undefined),
};

/** Number of a version. */
const VERSION: Filter = {
  means: (typed) => (/^[1-9]\d{0,2}$/.test(typed) ? typed : undefined),
};

/** Entries on a page of the ledger: without a word of it, and at most. */
export const LEDGER_SIZE = 50;
export const LEDGER_SIZE_MAX = 300;

const SIZE: Filter = {
  means(typed) {
    if (!/^\d{1,6}$/.test(typed.trim())) return undefined;
    const size = Math.min(Math.max(Number(typed), 1), LEDGER_SIZE_MAX);
    return size === LEDGER_SIZE ? undefined : String(size);
  },
};

/** Filters by page; pages that are not named have none. */
export const PAGE_FILTERS = {
  campaigns: {
    q: WORDS,
    model: oneOf(MODELS),
    district: CODE,
    commune: CODE,
    twin: CODE,
    state: oneOf(CAMPAIGN_STATES),
    sort: oneOf(CAMPAIGN_ORDERS),
  },
  ledger: {
    kind: oneOf([...ENTRY_KINDS, GIFTS]),
    from: DAY,
    to: DAY,
    campaign: CODE,
    commune: CODE,
    before: ENTRY_NUMBER,
    after: ENTRY_NUMBER,
    size: SIZE,
  },
  notice: { version: VERSION },
  noticeSheet: { version: VERSION },
} as const satisfies Partial<Record<Page, Readonly<Record<string, Filter>>>>;

const { before: _before, after: _after, size: _size, ...LEDGER_FILTERS } = PAGE_FILTERS.ledger;
const TABLE_FILTERS = { bom: oneOf(["0"]) };

/** What files for machines read from their query: a table's mark, and the ledger's filters for its lines as a file. */
export const MACHINE_FILTERS = {
  table: TABLE_FILTERS,
  ledger: { ...LEDGER_FILTERS, ...TABLE_FILTERS },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Filter>>>>;
export type MachineFile = keyof typeof MACHINE_FILTERS;

/** Questions a page answers for whoever asks, with a limit on asking: such an answer is never kept. */
export const PAGE_QUESTIONS = {
  home: "code",
  accounts: "number",
  notices: "checksum",
} as const satisfies Partial<Record<Page, string>>;

type Filtered = keyof typeof PAGE_FILTERS;

type Read<Filters> = { readonly [Key in keyof Filters]?: string };

/** The filters of a page that mean something, each in its one spelling. */
export function readFilters<Name extends Filtered>(
  page: Name,
  query: URLSearchParams,
): Read<(typeof PAGE_FILTERS)[Name]> {
  return readAll(PAGE_FILTERS[page], query);
}

/** The same of a file for machines. */
export function readMachineFilters<Name extends MachineFile>(
  file: Name,
  query: URLSearchParams,
): Read<(typeof MACHINE_FILTERS)[Name]> {
  return readAll(MACHINE_FILTERS[file], query);
}

function readAll<Filters extends Readonly<Record<string, Filter>>>(
  filters: Filters,
  query: URLSearchParams,
): Read<Filters> {
  const read = Object.entries(filters).flatMap(([name, filter]) => {
    const value = filter.means(query.get(name) ?? "");
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(read) as Read<Filters>;
}

/** What was typed into filters that are repeated on the page and could not be read, by name. */
export function unreadFilters(page: Filtered, query: URLSearchParams): ReadonlyMap<string, string> {
  const filters: Readonly<Record<string, Filter>> = PAGE_FILTERS[page];
  const unread = Object.entries(filters).flatMap(([name, filter]) => {
    const typed = (query.get(name) ?? "").trim().slice(0, LONGEST_VALUE);
    return filter.echoed && typed !== "" && filter.means(typed) === undefined
      ? [[name, typed] as const]
      : [];
  });
  return new Map(unread);
}

/** What a visitor asks a page that has a question, or undefined. */
export function readQuestion(
  page: keyof typeof PAGE_QUESTIONS,
  query: URLSearchParams,
): string | undefined {
  return query.get(PAGE_QUESTIONS[page]) ?? undefined;
}

/** How an address with a query is kept. */
export interface NormalQuery {
  /** In one spelling and one order, with its question mark; empty when nothing in it means anything. */
  readonly search: string;
  /** False when the answer holds what only this visitor typed. */
  readonly kept: boolean;
}

/** The part of a query that means something to `page`. */
export function normalQuery(page: Page | undefined, search: string): NormalQuery {
  const query = new URLSearchParams(search);
  const name = page ?? "";
  if (isQuestioned(name) && query.has(PAGE_QUESTIONS[name])) return { search, kept: false };
  if (!isFiltered(name)) return { search: "", kept: true };
  if (unreadFilters(name, query).size > 0) return { search, kept: false };
  return normal(readFilters(name, query));
}

/** The part of a query that means something to a file for machines; without filters nothing does. */
export function normalMachineQuery(file: MachineFile | undefined, search: string): NormalQuery {
  if (file === undefined) return { search: "", kept: true };
  return normal(readMachineFilters(file, new URLSearchParams(search)));
}

function normal(read: Readonly<Record<string, string | undefined>>): NormalQuery {
  const sorted = Object.entries(read)
    .flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = new URLSearchParams(sorted).toString();
  return { search: text === "" ? "" : `?${text}`, kept: true };
}

function isFiltered(name: string): name is Filtered {
  return Object.hasOwn(PAGE_FILTERS, name);
}

function isQuestioned(name: string): name is keyof typeof PAGE_QUESTIONS {
  return Object.hasOwn(PAGE_QUESTIONS, name);
}
