import type { ReceivingAccount } from "./ports.ts";
import { type Day, dayOf } from "../kernel/calendar.ts";
import { no, ok, type Result } from "../kernel/result.ts";
import { codesToLookUp } from "./matching.ts";
import { type HandedOn, handOn, type LineNeeds } from "./hand-on-lines.ts";
import {
  type BadLine,
  type BalanceProblem,
  checkBalances,
  type ReadStatement,
  type StatementRow,
} from "./read-statement.ts";
import { decideLine, keyRows, type KeyedRow } from "./statement-line.ts";

/** What an import did. Numbers count lines of this file unless said otherwise. */
export interface ImportSummary {
  readonly account: string;
  readonly format: string;
  readonly lines: number;
  /** Kept now; the others were known. */
  readonly added: number;
  readonly known: number;
  /** New lines by what they are. */
  readonly byRule: Readonly<Record<"settlement" | "debit" | 2 | 3 | 4 | 5 | 6, number>>;
  readonly needsLook: number;
  /** Gifts booked or queued now, also those an earlier import did not get to. */
  readonly handedOn: HandedOn;
  readonly bad: readonly (BadLine | LineOfAnotherTime)[];
  readonly balance: BalanceProblem | undefined;
}

/** Why the day of a line cannot be. */
export const OTHER_TIME_CODES = ["in-the-future", "before-the-account"] as const;

/** A line booked on a day that has not come, or before its account received gifts. */
interface LineOfAnotherTime {
  readonly line: number;
  readonly code: (typeof OTHER_TIME_CODES)[number];
}

export type ImportProblem =
  | { readonly code: "statement.no-account"; readonly known: readonly string[] }
  | { readonly code: "statement.other-account"; readonly asked: string; readonly file: string }
  | { readonly code: "statement.busy" };

/** What importing a statement needs. */
export type ImportNeeds = LineNeeds;

/** Lines kept in one commit: in the embedded database nobody else is answered meanwhile. */
const CHUNK = 100;

/**
 * Import a statement. Two steps, each safe to be killed in and done again: keep the lines (unique by their own facts, a
 * portion in a commit), then hand their gifts to the intake in the order of the lines (unique by their key). Between two
 * portions others go first. A second import of the same file changes nothing.
 */
export async function importStatement(
  services: ImportNeeds,
  statement: ReadStatement,
  accountWish?: string,
): Promise<Result<ImportSummary, ImportProblem>> {
  const account = await accountOf(services, statement, accountWish);
  if (!account.ok) return account;
  const done = await services.bankStatements.exclusively(() =>
    run(services, statement, account.value),
  );
  return done === undefined ? no({ code: "statement.busy" }) : ok(done);
}

async function accountOf(
  { bankStatements }: ImportNeeds,
  statement: ReadStatement,
  wish: string | undefined,
): Promise<Result<ReceivingAccount, ImportProblem>> {
  const asked = wish ?? statement.accountNumber;
  const account = asked === undefined ? undefined : await bankStatements.account(asked);
  if (!account) {
    const known = (await bankStatements.accounts()).map(({ id, number }) => `${id} (${number})`);
    return no({ code: "statement.no-account", known });
  }
  const file = statement.accountNumber;
  if (file !== undefined && file !== account.number) {
    return no({ code: "statement.other-account", asked: account.number, file });
  }
  return ok(account);
}

async function run(
  services: ImportNeeds,
  statement: ReadStatement,
  account: ReceivingAccount,
): Promise<ImportSummary> {
  const today = dayOf(services.now());
  const { rows, outside } = splitByDay(statement.rows, account.validFrom, today);
  const balance = checkBalances(statement);
  if (balance) {
    await services.attention.raise(
      "statement-balance",
      await digestOfRows(services, account, rows),
      {
        account: account.id,
        expected: balance.expected.toString(),
        found: balance.found.toString(),
      },
    );
  }
  const count = { settlement: 0, debit: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0 };
  let added = 0;
  let needsLook = 0;
  for (const chunk of portions(keyRows(services.sha256, account.number, rows), CHUNK)) {
    await services.giveWay();
    const kept = await keepChunk(services, account, chunk);
    added += kept.length;
    for (const line of kept) {
      if (line.needsLook) needsLook += 1;
      if (line.rule === 0) count[line.direction === "debit" ? "debit" : "settlement"] += 1;
      else count[line.rule as 2 | 3 | 4 | 5 | 6] += 1;
    }
  }
  const handedOn = await handOn(services);
  return {
    account: account.id,
    format: statement.format,
    lines: rows.length,
    added,
    known: rows.length - added,
    byRule: count,
    needsLook,
    handedOn,
    bad: [...statement.bad, ...outside].toSorted((a, b) => a.line - b.line),
    balance,
  };
}

function splitByDay(all: readonly StatementRow[], first: Day, today: Day) {
  const rows: StatementRow[] = [];
  const outside: LineOfAnotherTime[] = [];
  for (const row of all) {
    if (row.bookedOn > today) outside.push({ line: row.line, code: "in-the-future" });
    else if (row.bookedOn < first) outside.push({ line: row.line, code: "before-the-account" });
    else rows.push(row);
  }
  return { rows, outside };
}

async function digestOfRows(
  services: ImportNeeds,
  account: ReceivingAccount,
  rows: readonly StatementRow[],
): Promise<string> {
  const keys: string[] = [];
  for (const chunk of portions(keyRows(services.sha256, account.number, rows), 5 * CHUNK)) {
    keys.push(...chunk.map(({ lineKey }) => lineKey));
    await services.giveWay();
  }
  return `${account.id} ${services.sha256(new TextEncoder().encode(keys.join("\n"))).slice(0, 16)}`;
}

function* portions<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let portion: Item[] = [];
  for (const item of items) {
    portion.push(item);
    if (portion.length < size) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

/** Keep the lines of a chunk that are not known yet; answers them. */
async function keepChunk(
  services: ImportNeeds,
  account: ReceivingAccount,
  chunk: readonly KeyedRow[],
) {
  const { bankStatements } = services;
  const known = await bankStatements.known(chunk.map(({ lineKey }) => lineKey));
  const fresh = chunk.filter(({ lineKey }) => !known.has(lineKey));
  if (fresh.length === 0) return [];
  const credits = fresh.filter(({ row }) => row.direction === "credit");
  const book = await bankStatements.codeBook(credits.flatMap(({ row }) => codesToLookUp(row.text)));
  const debits = fresh.filter(({ row }) => row.direction === "debit");
  const earlier =
    debits.length === 0
      ? []
      : await bankStatements.credits(
          account.id,
          debits.map(({ row }) => row.amount),
        );
  const decided: ReturnType<typeof decideLine>[] = [];
  const paid = new Set<string>();
  for (const one of fresh) {
    // A debit may take back a credit of this very chunk, and a code may be used twice in it.
    const sofar = decided.flatMap(({ line }) => (line.direction === "credit" ? [line] : []));
    const seen = { ...book, pledge: (code: string) => paidNow(book.pledge(code), paid) };
    const next = decideLine(one, seen, one.row.direction === "debit" ? [...sofar, ...earlier] : []);
    if (next.line.matchedCode !== undefined) paid.add(next.line.matchedCode);
    decided.push(next);
  }
  const lines = decided.map(({ line }) => line);
  for (const { line, takesBack } of decided) {
    if (takesBack === undefined) continue;
    await services.attention.raise("line-reversed", line.lineKey, {
      account: account.id,
      amount: line.amount.toString(),
      credit: takesBack,
    });
  }
  await bankStatements.keep(account.id, lines, services.now());
  return lines;
}

function paidNow<Pledge extends { code: string; paid: boolean }>(
  pledge: Pledge | undefined,
  paid: ReadonlySet<string>,
): Pledge | undefined {
  return pledge && paid.has(pledge.code) ? { ...pledge, paid: true } : pledge;
}
