/**
 * Every single change that somebody with all rights could make behind the site's back: one value of each column of each table,
 * one row of each, all rows of each, with triggers off. Each is made in a transaction, held against the checks, and taken back.
 */
import type { HeadStore } from "#app/domain/transparency/seal.ts";

import type { Db } from "../client.ts";
import { COVER, NOT_SEALED } from "../seals/cover.ts";
import { quoted } from "../seals/shape.ts";
import { SEAL_CHECKS } from "../seals/verify.ts";
import { runChecks } from "./run.ts";
import { UNSEEN } from "./unseen.ts";

/** One change of one table. */
export interface Tampering {
  readonly table: string;
  /** The column, `one row gone` or `emptied`. */
  readonly what: string;
  readonly sql: string;
}

/** What came of a change. */
export interface Outcome extends Tampering {
  /** `refused`: a constraint stands before it, whoever it is; `listed`: not seen, and told in `docs/checks.md` why. */
  readonly came: "named" | "refused" | "listed" | "unseen";
  /** What the check said, by what it was refused, or the reason in the list. */
  readonly told: string;
}

/** All changes that can be tried on what the tables hold now, from the catalogue; and the tables without a row. */
export async function tamperings(db: Db): Promise<{ all: Tampering[]; empty: string[] }> {
  const columns = await db.rows<{ tab: string; name: string; type: string }>(
    `select c.relname as tab, a.attname as name, format_type(a.atttypid, null) as type
       from pg_class c join pg_namespace s on s.oid = c.relnamespace and s.nspname = 'public'
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' order by c.relname, a.attnum`,
  );
  const all: Tampering[] = [];
  const empty: string[] = [];
  for (const [table, own] of Map.groupBy(columns, ({ tab }) => tab)) {
    const name = `public.${quoted(table)}`;
    const [row] = await db.rows<{ rows: bigint }>(`select count(*) as rows from ${name}`);
    if (!row || row.rows === 0n) {
      empty.push(table);
      continue;
    }
    // A row of the middle, with a value where there is one: the newest and the oldest are looked at by more checks.
    const one = (among: string) =>
      `ctid = (select ctid from ${name} order by ${among} offset ${row.rows / 2n} limit 1)`;
    for (const { name: column, type } of own) {
      const at = quoted(column);
      const value = otherValue(type, at);
      const where = `ctid = (select ctid from ${name} order by (${at} is null), ctid limit 1)`;
      all.push({ table, what: column, sql: `update ${name} set ${at} = ${value} where ${where}` });
    }
    // On a shape that no seal speaks of (of a table that never had a row) nothing hangs: the next sweep writes it again.
    const gone =
      table === "seal_shape"
        ? `ctid = (select ctid from ${name} where shape in (select shape from row_seal) order by ctid limit 1)`
        : one("ctid");
    all.push({ table, what: "one row gone", sql: `delete from ${name} where ${gone}` });
    all.push({ table, what: "emptied", sql: `delete from ${name}` });
  }
  return { all, empty };
}

/** SQL for a value of this type that is not the one in the column. */
function otherValue(type: string, column: string): string {
  switch (type) {
    case "smallint":
    case "integer":
    case "bigint":
    case "real":
      return `coalesce(${column}, 0) + 1`;
    case "boolean":
      return `not coalesce(${column}, false)`;
    case "date":
      return `coalesce(${column}, date '2024-01-01') + 1`;
    case "timestamp with time zone":
      return `coalesce(${column}, now()) + interval '1 second'`;
    case "bytea":
      return `coalesce(${column}, ''::bytea) || '\\x00'::bytea`;
    case "jsonb":
      return `jsonb_build_array(${column})`;
    case "text[]":
      return `array_append(${column}, 'x')`;
    case "uuid":
      return "gen_random_uuid()";
    default:
      return `coalesce(${column}, '') || 'x'`;
  }
}

/** What the checks are run with. */
export interface Judging {
  now(): number;
  readonly heads: HeadStore;
}

/**
 * Make the change as a superuser would, ask the checks, take it back. The checks of the seals are asked first and for this table
 * alone: what a part of a run names, the whole run names too. Only what they do not see is shown to all checks.
 */
export async function tryTampering(
  db: Db,
  tampering: Tampering,
  judging: Judging,
): Promise<Outcome> {
  let outcome: Outcome = { ...tampering, came: "unseen", told: "no check saw it" };
  try {
    await db.begin(async (tx) => {
      await withoutTriggers(tx, tampering);
      const told = await namedBy(tx, tampering, judging);
      if (told !== undefined) outcome = { ...tampering, came: "named", told };
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) {
      return { ...tampering, came: "refused", told: error instanceof Error ? error.message : "" };
    }
  }
  if (outcome.came === "named") return outcome;
  const reason = listedReason(tampering);
  return reason === undefined ? outcome : { ...tampering, came: "listed", told: reason };
}

/** Switched on again as they were, or the check of the guards would name every change by them. */
async function withoutTriggers(tx: Db, { table, sql }: Tampering): Promise<void> {
  const name = `public.${quoted(table)}`;
  const always = await tx.rows<{ name: string }>(
    `select tgname::text as name from pg_trigger where tgrelid = $1::regclass and not tgisinternal and tgenabled = 'A'`,
    [name],
  );
  await tx.script(`alter table ${name} disable trigger all`);
  await tx.script(sql);
  await tx.script(`alter table ${name} enable trigger all`);
  for (const trigger of always) {
    await tx.script(`alter table ${name} enable always trigger ${quoted(trigger.name)}`);
  }
}

/** Why a change may go unseen, where the list says so. */
function listedReason({ table, what }: Pick<Tampering, "table" | "what">): string | undefined {
  const told = UNSEEN.get(`${table}.${what}`);
  if (told !== undefined) return told;
  const cover = COVER.get(table);
  if (cover?.by === "none" && cover.reason !== "recomputed") return NOT_SEALED[cover.reason];
  const left = cover?.except && Object.hasOwn(cover.except, what) ? cover.except[what] : undefined;
  return left && NOT_SEALED[left];
}

async function namedBy(
  tx: Db,
  { table }: Tampering,
  judging: Judging,
): Promise<string | undefined> {
  const cover = COVER.get(table);
  if (cover && cover.by !== "none") {
    const name = cover.by === "notice" ? "sealed-rows" : "sealed-ranges";
    const { offenders } = await SEAL_CHECKS[name](tx, { most: 1, only: table });
    const [first] = offenders;
    if (first) return `${name}: ${first.subject}: ${first.fact}`;
  }
  const { now, heads } = judging;
  const broken = (await runChecks(tx, now, { heads })).find(({ ok }) => !ok);
  const [first] = broken?.offenders ?? [];
  return broken && `${broken.name}: ${first?.subject}: ${first?.fact}`;
}

class TakenBack extends Error {
  override readonly name = "TakenBack";
}
