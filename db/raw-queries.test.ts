import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PGlite, protocol } from "@electric-sql/pglite";
import { getConstructionPlans } from "pg-boss";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { headFolder } from "#app/adapters/heads.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import type { LedgerFilter } from "#app/domain/ledger-reading/ports.ts";
import type { OrderFilter } from "#app/domain/orders/ports.ts";

import { testDatabase } from "../tests/support/database.ts";
import { bookByHand } from "../tests/support/hand-made-books.ts";
import {
  type Claim,
  EVERY_COLUMN,
  type Kind,
  type RawQuery,
  rawQueries,
} from "../tests/support/raw-queries.ts";
import { HOLE } from "../tests/support/sql-texts.ts";
import type { Database, Db } from "./client.ts";
import { runAndKeep } from "./checks/kept-runs.ts";
import { tamperings } from "./checks/tamper.ts";
import { pgliteDatabase } from "./embedded.ts";
import { JOBS_SCHEMA } from "./grants.ts";
import { migrate } from "./migrate.ts";
import { sealBooks } from "./seals/seal-books.ts";
import { officialStores } from "./stores/acts.ts";
import { SEAL_CHECKS } from "./seals/verify.ts";
import { ledgerReadingStore } from "./stores/ledger-reading.ts";
import { orderReadingStore } from "./stores/order-reading.ts";

/** A column that a statement answers. */
interface Column {
  readonly name: string;
  readonly type: number;
  /** Straight from a column of a table that may be null, and nothing in the statement says that it is not. */
  readonly mayBeNull: boolean;
}

/** How both drivers hand over a type of PostgreSQL, by its oid. */
const HANDED_OVER: Readonly<Record<number, Kind>> = {
  16: "boolean",
  17: "bytes",
  18: "text",
  19: "text",
  20: "bigint",
  21: "number",
  23: "number",
  25: "text",
  26: "number",
  700: "number",
  701: "number",
  1042: "text",
  1043: "text",
  1082: "text",
  1114: "text",
  1184: "text",
  1700: "text",
  2950: "text",
  // JSON: what is in it no statement tells; void: nothing.
  114: "any",
  3802: "any",
  2278: "any",
};
const ELEMENTS: Readonly<Record<number, Kind>> = { 1007: "number", 1009: "text" };

/** Every filter at once. */
const ORDER_FILTER: OrderFilter = {
  kind: "advance",
  state: "approved",
  campaign: "LD1",
  commune: "20446",
  search: "bò",
  reach: { places: ["20446"], twins: ["hoi-an"] },
};

/** Seals of a table whose columns changed are asked for otherwise. */
const ONE_COLUMN_MORE = "alter table household add column more text";

let pglite: PGlite;
let queries: RawQuery[];
let asked: ReadonlySet<string>;
/** Names of the columns of tables that may be null, by the numbers of table and column. */
const nullable = new Map<string, string>();

beforeAll(async () => {
  pglite = await PGlite.create();
  const db = pgliteDatabase(pglite);
  await migrate(db);
  await db.script(getConstructionPlans(JOBS_SCHEMA));
  await db.script(ONE_COLUMN_MORE);
  const lived = await testDatabase("embedded");
  asked = await askedInLife(lived.db);
  await lived.close();
  const { rows } = await pglite.query<{ at: string; name: string }>(
    `select a.attrelid || '.' || a.attnum as at, a.attname as name
       from pg_attribute a join pg_class c on c.oid = a.attrelid
      where a.attnum > 0 and not a.attnotnull and c.relkind in ('r', 'p')`,
  );
  for (const { at, name } of rows) nullable.set(at, name);
  queries = rawQueries();
}, 240_000);
afterAll(() => pglite.close());

test("every raw query of the sources is prepared once, and its rows are what their type says", async () => {
  const wrong: string[] = [];
  const unchecked: string[] = [];
  let prepared = 0;
  for (const query of queries) {
    if (query.passedOn) continue;
    const { known, open } = textsOf(query);
    if (open.length > 0) unchecked.push(`${query.place}: ${inOneLine(open[0] ?? "")}`);
    for (const text of known) {
      prepared += 1;
      const told = await prepare(text, query).catch((error: unknown) => String(error));
      if (typeof told === "string") wrong.push(`${query.place}: ${told}`);
      else
        wrong.push(...differences(query.claims ?? [], told).map((one) => `${query.place}: ${one}`));
    }
  }
  expect([...new Set(wrong)]).toEqual([]);
  // Not one is left out: there is no list of exceptions.
  expect(unchecked).toEqual([]);
  // A wrapper around a transaction, whose callers are looked at.
  expect(queries.filter(({ passedOn }) => passedOn).length).toBe(1);
  expect(queries.length).toBeGreaterThan(300);
  expect(queries.filter(({ claims }) => claims).length).toBeGreaterThan(200);
  expect(prepared).toBeGreaterThan(queries.length);
});

describe("what is wrong with a row type is seen", () => {
  const claim = (name: string, kinds: Kind[], more: Partial<Claim> = {}): Claim => ({
    name,
    kinds,
    orNull: false,
    optional: false,
    ...more,
  });
  const query = `select n, name, at, hash, tags, facts from (
    select n, act as name, at, hash, array[act] as tags, '{}'::jsonb as facts from audit_line) a`;

  test.each([
    ["right", [claim("n", ["bigint"]), claim("hash", ["bytes"])], []],
    ["json is whatever it is", [claim("facts", ["object"])], []],
    ["a number for int8", [claim("n", ["number"])], ["n is bigint, not number"]],
    ["a date for text", [claim("name", ["object"])], ["name is text, not object"]],
    ["a column that is not there", [claim("subject", ["text"])], ["no column subject"]],
    ["a property that may be missing", [claim("subject", ["text"], { optional: true })], []],
    [
      "an array of the wrong things",
      [claim("tags", ["object"], { elements: ["number"] })],
      ["tags is an array of text, not of number"],
    ],
  ] as const)("%s", async (_name, claims, expected) => {
    expect(differences(claims, await columnsOf(query))).toEqual(expected);
  });

  test("a column that may be null, taken for one that may not", async () => {
    const columns = await columnsOf(`select person, act from audit_line`);
    expect(differences([claim("person", ["text"]), claim("act", ["text"])], columns)).toEqual([
      "person may be null",
    ]);
  });

  test("a column that may be null, where the statement says that it is not", async () => {
    const columns = await columnsOf(`select person from audit_line where person is not null`);
    expect(differences([claim("person", ["text"])], columns)).toEqual([]);
  });

  test("rows of whatever columns there are", async () => {
    const columns = await columnsOf(`select n, act from audit_line`);
    const every = claim(EVERY_COLUMN, ["bigint"], { orNull: true });
    expect(differences([every], columns)).toEqual(["act is text, not bigint"]);
  });

  test("two columns of one name", async () => {
    const columns = await columnsOf(`select 1 as n, 'a'::text as n`);
    expect(differences([claim("n", ["text"])], columns)).toEqual(["n stands twice"]);
  });
});

/** The texts of a query: those worked out, and for those that only run time knows what was asked in a life of the books. */
function textsOf({ texts }: RawQuery): { known: string[]; open: string[] } {
  const known = texts.map(({ text }) => text).filter((text) => !text.includes(HOLE));
  const open: string[] = [];
  for (const { text, shape, beginning } of texts) {
    if (!text.includes(HOLE)) continue;
    // A variant that no life asks, as what two conditions choose never meets, is told by one that begins in the same words.
    const same = text.startsWith(HOLE) ? [] : lived((one) => shape.test(one));
    const alike =
      same.length > 0 || text.startsWith(HOLE) ? same : lived((one) => beginning.test(one));
    if (alike.length === 0) open.push(text);
    known.push(...alike);
  }
  return { known: [...new Set(known)], open };
}

function lived(is: (text: string) => boolean): string[] {
  return [...asked].filter(is);
}

/** Everything that is asked while books are written, sealed, checked, published and read by every filter. */
async function askedInLife(db: Database): Promise<ReadonlySet<string>> {
  const texts = new Set<string>();
  const listening = <One extends Pick<Db, "rows">>(one: One): One => ({
    ...one,
    rows: (text: string, params?: readonly unknown[]) => {
      texts.add(text);
      return one.rows(text, params);
    },
  });
  const within = (one: Db): Db => ({
    ...listening(one),
    begin: (work) => one.begin((tx) => work(within(tx))),
  });
  const heard: Database = {
    ...db,
    ...within(db),
    session: async (lost) => listening(await db.session(lost)),
    unhurried: (work) => work(heard),
  };
  const folder = await mkdtemp(join(tmpdir(), "ketnghia-heads-"));
  try {
    const now = () => 1_714_618_800;
    const making = { now, sha256: sha256Hex, randomHex: (bytes: number) => "0".repeat(2 * bytes) };
    const heads = headFolder(folder);
    await bookByHand(heard);
    await sealBooks(heard, now, heads);
    await runAndKeep(heard, "full", { now, heads });
    await db.script(ONE_COLUMN_MORE);
    await sealBooks(heard, now, heads);
    for (const check of Object.values(SEAL_CHECKS)) {
      await check(heard, { most: 20, heads, since: { seal: 0, rowSeal: 0 } });
    }
    await tamperings(heard);
    const ledger = ledgerReadingStore(heard);
    const filter: LedgerFilter = {
      kind: "donation-received",
      from: "2024-01-01",
      to: "2024-12-31",
      campaign: "LD1",
      commune: "20446",
    };
    await ledger.list(filter, { at: "older", than: 5 }, 10);
    await ledger.list(filter, { at: "newer", than: 5 }, 10);
    await ledger.tally(filter, 5);
    const orders = orderReadingStore(heard, () => "2024-12-31", officialStores(heard, making));
    await orders.list(ORDER_FILTER, 1, 10);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return texts;
}

/** What a statement answers; several in one text, which only a text without parameters may be, are prepared one by one. */
async function prepare(text: string, { claims }: RawQuery): Promise<Column[]> {
  if (claims) return columnsOf(text);
  for (const one of text.split(";")) await columnsOf(one);
  return [];
}

async function columnsOf(text: string): Promise<Column[]> {
  const { serialize } = protocol;
  const send = (message: Uint8Array) =>
    pglite.execProtocol(message, { throwOnError: true, syncToFs: false });
  try {
    await send(serialize.parse({ text }));
    const { messages } = await send(serialize.describe({ type: "S" }));
    return messages
      .flatMap((message) => ("fields" in message ? (message.fields as Field[]) : []))
      .map(({ name, dataTypeID, tableID, columnID }) => ({
        name,
        type: dataTypeID,
        mayBeNull: mayBeNull(text, nullable.get(`${tableID}.${columnID}`)),
      }));
  } finally {
    await pglite.execProtocol(serialize.sync(), { throwOnError: false, syncToFs: false });
  }
}

function mayBeNull(text: string, column: string | undefined): boolean {
  return column !== undefined && !new RegExp(`\\b${column} is not null\\b`).test(text);
}

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
  readonly tableID: number;
  readonly columnID: number;
}

/** Where a row type says something else than the statement. */
function differences(claims: readonly Claim[], columns: readonly Column[]): string[] {
  const byName = Map.groupBy(columns, ({ name }) => name);
  const each = claims.flatMap((claim) =>
    claim.name === EVERY_COLUMN ? columns.map(({ name }) => ({ ...claim, name })) : [claim],
  );
  return each.flatMap((claim): string[] => {
    const [column, ...more] = byName.get(claim.name) ?? [];
    if (!column) return claim.optional ? [] : [`no column ${claim.name}`];
    if (more.length > 0) return [`${claim.name} stands twice`];
    if (column.mayBeNull && !claim.orNull) return [`${claim.name} may be null`];
    const elements = ELEMENTS[column.type];
    if (elements) {
      const right = claim.elements?.some((kind) => kind === elements || kind === "any");
      if (right) return [];
      return [`${claim.name} is an array of ${elements}, not of ${claim.elements?.join(" or ")}`];
    }
    const kind = HANDED_OVER[column.type];
    if (!kind) return [`${claim.name} is of a type that nobody said how it comes: ${column.type}`];
    if (kind === "any" || claim.kinds.some((one) => one === "any" || one === kind)) return [];
    return [`${claim.name} is ${kind}, not ${claim.kinds.join(" or ")}`];
  });
}

function inOneLine(text: string): string {
  return text.replaceAll(HOLE, "…").replace(/\s+/g, " ").slice(0, 160);
}
