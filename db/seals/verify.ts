/**
 * Hold the database against its seals, and its seals against the heads kept outside. Four checks: the chain itself, ranges of
 * what only grows, single rows of what is changed, and the heads.
 */
import {
  EMPTY_TREE,
  grown,
  type GrowingTree,
  rootOf,
} from "#app/domain/transparency/growing-tree.ts";
import { headOf, headText, type HeadStore, type SealBody } from "#app/domain/transparency/seal.ts";

import { building } from "../building.ts";
import type { Reading } from "../client.ts";
import {
  bookOf,
  lastSeal,
  sealHash,
  sealsAbove,
  sealsOf,
  shapesOf,
  type StoredSeal,
} from "./chain.ts";
import { hashAll } from "./hashes.ts";
import { isSalted, offendingRows } from "./noted-rows.ts";
import { offendingRanges, positioned, type SealedRanges } from "./position-rows.ts";
import { type Shape, type TableNow, tablesNow } from "./shape.ts";
import { isReadable } from "./sweep.ts";

/** Something that does not hold. `key` names a row; where it is set it is for the terminal, not for the public. */
interface Found {
  readonly subject: string;
  readonly fact: string;
  readonly key?: string;
}

/** What one check of the seals found. */
export interface SealCheck {
  readonly name: "seal-chain" | "sealed-ranges" | "sealed-rows" | "kept-heads";
  readonly counted: number;
  readonly broken: number;
  readonly offenders: readonly Found[];
}

/** From where an incremental run goes on: what was sealed up to there was looked at before. */
export interface SealsSince {
  readonly seal: number;
  readonly rowSeal: number;
}

/** What verifying needs from outside. */
export interface VerifyTools {
  /** Offenders named at most for one check. */
  readonly most: number;
  readonly since?: SealsSince;
  readonly heads?: HeadStore;
  /** Rows of this table alone, where a check looks at rows. */
  readonly only?: string;
}

/** The checks of the seals, each to be run by itself. */
export const SEAL_CHECKS: Readonly<
  Record<SealCheck["name"], (db: Reading, tools: VerifyTools) => Promise<SealCheck>>
> = {
  "seal-chain": verifyChain,
  "sealed-ranges": verifyRanges,
  "sealed-rows": verifyRows,
  "kept-heads": verifyHeads,
};

/** Numbers, hashes, roots of the tree, the shapes they speak of, and that nothing is sealed beside the chain. */
async function verifyChain(db: Reading, { most, since }: VerifyTools): Promise<SealCheck> {
  const found = new Findings(most);
  const book = await bookOf(db);
  if (book === undefined) found.add({ subject: "book", fact: "its row is gone" });
  const { undecided } = await tablesNow(db);
  for (const table of undecided) {
    found.add({
      subject: `table ${table}`,
      fact: "is not known to this program, so nothing is said about it",
    });
  }
  const { shapes, wrong } = await shapesOf(db);
  for (const shape of wrong) {
    found.add({ subject: `seal_shape ${shape}`, fact: "its columns are not those of its name" });
  }
  const above = since?.seal ?? 0;
  let before = above === 0 ? undefined : await sealAt(db, above);
  let tree = before ? { size: before.body.entries, peaks: before.peaks } : EMPTY_TREE;
  let counted = 0;
  if (above > 0 && !before) found.add({ subject: `seal ${above}`, fact: "is gone" });
  for await (const seal of sealsAbove(db, above)) {
    counted += 1;
    const subject = `seal ${seal.n}`;
    const body = readBody(seal.text);
    if (!body) {
      found.add({ subject, fact: "cannot be read" });
      continue;
    }
    const expected = (before?.body.n ?? above) + 1;
    tree = await growTo(db, tree, body.entries);
    const facts = [
      ...linkFaults(seal, body, { book, expected, before: before?.hash ?? "" }),
      ...shapeFaults(body, shapes),
      ...treeFaults(seal, body, tree),
    ];
    for (const fact of facts) found.add({ subject, fact });
    before = { body, hash: seal.hash, peaks: seal.peaks };
  }
  await beside(db, before?.body, found);
  return { name: "seal-chain", counted, ...found.all() };
}

function linkFaults(
  seal: StoredSeal,
  body: SealBody,
  from: { book: string | undefined; expected: number; before: string },
): string[] {
  const facts: string[] = [];
  if (seal.n !== from.expected) facts.push(`follows ${from.expected - 1}`);
  if (body.n !== seal.n || body.book !== from.book)
    facts.push("is of another place or another book");
  if (sealHash(from.before, body.book, seal.text) !== seal.hash) {
    facts.push("its hash does not follow from its text and the seal before");
  }
  return facts;
}

function shapeFaults(body: SealBody, shapes: ReadonlyMap<string, Shape>): string[] {
  return Object.values(body.reached)
    .filter(({ shape }) => !shapes.has(shape))
    .map(({ shape }) => `speaks of shape ${shape}, which is gone`);
}

function treeFaults(seal: StoredSeal, body: SealBody, tree: GrowingTree): string[] {
  const root = Buffer.from(rootOf(hashAll, tree)).toString("base64");
  if (tree.size !== body.entries || root !== body.root) {
    return [`the root of entries 1 to ${body.entries} is another`];
  }
  return Buffer.from(tree.peaks).equals(seal.peaks) ? [] : ["its peaks are not those of its tree"];
}

/** What is there although no seal speaks of it, or is gone although one does. */
async function beside(db: Reading, last: SealBody | undefined, found: Findings): Promise<void> {
  const [row] = await db.rows<{ rows: bigint; last: bigint | null; noticed: bigint }>(
    `select (select count(*) from (select 1 from row_seal limit 1) s) as rows, (select max(n) from row_seal) as last,
            (select coalesce(max(n), 0) from row_change) as noticed`,
  );
  if (!last && row && row.rows > 0n) {
    found.add({ subject: "seal", fact: "rows are sealed, and the chain is gone" });
  }
  const reached = last?.reached["row_seal"]?.upTo ?? 0;
  if (Number(row?.last ?? 0n) < reached) {
    found.add({
      subject: "row_seal",
      fact: `reaches to ${row?.last ?? 0n}, the chain to ${reached}`,
    });
  }
}

/** The tree with the leaves of the entries up to `size`, as many as there are. */
async function growTo(db: Reading, from: GrowingTree, size: number): Promise<GrowingTree> {
  let tree = from;
  while (tree.size < size) {
    const [row] = await db.rows<{ leaves: Uint8Array | null }>(
      `select string_agg(leaf_hash, ''::bytea order by number) as leaves from entry where number > $1 and number <= $2`,
      [tree.size, Math.min(size, tree.size + 20_000)],
    );
    const leaves = row?.leaves;
    if (!leaves || leaves.length === 0 || leaves.length % 32 !== 0) return tree;
    tree = grown(hashAll, tree, leaves);
  }
  return tree;
}

async function sealAt(
  db: Reading,
  n: number,
): Promise<{ body: SealBody; hash: string; peaks: Uint8Array } | undefined> {
  for await (const seal of sealsAbove(db, n - 1)) {
    const body = readBody(seal.text);
    return seal.n === n && body ? { body, hash: seal.hash, peaks: seal.peaks } : undefined;
  }
  return undefined;
}

function readBody(text: string): SealBody | undefined {
  try {
    return JSON.parse(text) as SealBody;
  } catch {
    return undefined;
  }
}

/** Ranges of rows that are not as they were sealed. */
async function verifyRanges(db: Reading, { most, since, only }: VerifyTools): Promise<SealCheck> {
  const found = new Findings(most);
  const { tables } = await tablesNow(db);
  const { shapes } = await shapesOf(db);
  let counted = 0;
  const sealed = await sealedRanges(db, shapes, since?.seal ?? 0);
  for (const table of positioned(tables)) {
    if (only !== undefined && table.table !== only) continue;
    const ofTable = sealed.get(table.table) ?? new Map<string, SealedRanges>();
    for (const ranges of ofTable.values()) {
      if (!isReadable(table, ranges.shape)) continue;
      counted += ranges.parts.reduce((sum, { rows }) => sum + rows, 0);
      const offenders = await offendingRanges(db, table, ranges);
      for (const { above, upTo, fact } of offenders) {
        found.add({
          subject: `${table.table}, ${table.cover.column} ${above + 1} to ${upTo}`,
          fact,
        });
      }
    }
  }
  for (const table of sealed.keys()) {
    if (!tables.has(table)) found.add({ subject: `table ${table}`, fact: "is gone" });
  }
  return { name: "sealed-ranges", counted, ...found.all() };
}

/** What the chain above a seal says of each table, for each set of columns. */
async function sealedRanges(
  db: Reading,
  shapes: ReadonlyMap<string, Shape>,
  above: number,
): Promise<Map<string, Map<string, SealedRanges>>> {
  const tables = new Map<string, Map<string, SealedRanges>>();
  for await (const seal of sealsAbove(db, above)) {
    const body = readBody(seal.text);
    if (!body) continue;
    for (const part of body.parts) {
      const shape = shapes.get(part.shape);
      if (!shape) continue;
      const ofTable = tables.get(part.table) ?? new Map<string, SealedRanges>();
      tables.set(part.table, ofTable);
      const before = ofTable.get(part.shape);
      // Grown in place: a copy for each of a hundred thousand parts would be the square of them.
      const parts = (before?.parts ?? []) as (typeof body.parts)[number][];
      parts.push(part);
      ofTable.set(part.shape, { shape, parts, upTo: part.upTo });
    }
    for (const [table, { shape, upTo }] of Object.entries(body.reached)) {
      const ranges = tables.get(table)?.get(shape);
      if (ranges) tables.get(table)?.set(shape, { ...ranges, upTo });
    }
  }
  return tables;
}

/** Single rows that are not as they were sealed. */
async function verifyRows(db: Reading, { most, since, only }: VerifyTools): Promise<SealCheck> {
  const found = new Findings(most);
  const { tables } = await tablesNow(db);
  const { shapes } = await shapesOf(db);
  for (const table of tables.values()) {
    if (table.cover.by !== "notice" || (only !== undefined && table.table !== only)) continue;
    const readable = [...shapes.values()].filter(
      (shape) => shape.table === table.table && isReadable(table, shape),
    );
    const { total, offenders } = await offendingRows(db, table, readable, {
      limit: most,
      ...(since ? { since: since.rowSeal } : {}),
    });
    for (const { key, fact } of offenders) {
      found.add(
        isSalted(table)
          ? { subject: table.table, fact, key }
          : { subject: `${table.table} ${key}`, fact },
      );
    }
    found.more(total - offenders.length);
  }
  await goneTables(db, tables, found);
  const { orm, t, op } = await building(db);
  const counted = await orm.$count(t.rowSeal, since && op.gt(t.rowSeal.n, since.rowSeal));
  return { name: "sealed-rows", counted, ...found.all() };
}

async function goneTables(
  db: Reading,
  tables: ReadonlyMap<string, TableNow>,
  found: Findings,
): Promise<void> {
  const { orm, t } = await building(db);
  const { tab: name } = t.sealShape;
  const rows = await orm.selectDistinct({ tab: name }).from(t.sealShape).orderBy(name);
  for (const { tab } of rows) {
    if (!tables.has(tab)) found.add({ subject: `table ${tab}`, fact: "is gone" });
  }
}

/** Every head ever kept outside is a seal of this chain, and says what that seal says. */
async function verifyHeads(db: Reading, { most, heads, since }: VerifyTools): Promise<SealCheck> {
  const found = new Findings(most);
  const book = await bookOf(db);
  if (!heads || book === undefined) return { name: "kept-heads", counted: 0, ...found.all() };
  const { heads: kept, restored } = await heads.kept(book, since?.seal ?? 0);
  const given = new Map<number, string>();
  for (const seal of await sealsOf(
    db,
    kept.map(({ head }) => head.seal),
  )) {
    const body = readBody(seal.text);
    if (body) given.set(seal.n, headText(headOf(body, seal.hash)));
  }
  const last = (await lastSeal(db))?.n ?? 0;
  for (const said of restored) {
    if (!said.genuine)
      found.add({ subject: "heads", fact: "a word about an older state is not signed by our key" });
  }
  for (const { head, genuine } of kept) {
    const subject = `head of seal ${head.seal}`;
    if (!genuine) {
      found.add({ subject, fact: "is not signed by our key" });
      continue;
    }
    if (given.get(head.seal) === headText(head)) continue;
    // An administrator said that what came after an older state is given up: only what was kept before that is let go.
    const given_up = restored.some(
      (said) => said.genuine && head.seal > said.seal && head.at <= said.at,
    );
    if (given_up) continue;
    found.add({
      subject,
      fact:
        head.seal > last
          ? `was kept with ${head.entries} entries; the database ends at seal ${last}: it was cut off or brought back to an older state`
          : `was kept with ${head.entries} entries; the database holds another seal of that number`,
    });
  }
  return { name: "kept-heads", counted: kept.length, ...found.all() };
}

class Findings {
  readonly #most: number;
  readonly #named: Found[] = [];
  #broken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(found: Found): void {
    this.#broken += 1;
    if (this.#named.length < this.#most) this.#named.push(found);
  }

  /** Offenders that were counted and not named. */
  more(count: number): void {
    this.#broken += count;
  }

  all(): { broken: number; offenders: readonly Found[] } {
    return { broken: this.#broken, offenders: this.#named };
  }
}
