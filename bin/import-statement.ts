/**
 * `node bin/import-statement.ts FILE [--account ID] [--format NAME]`: take in a bank's CSV. Safe to kill and to run again;
 * a second run of the same file changes nothing. Bad lines are named and do not stop the others.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { createLog } from "#app/front/log.ts";
import { readStatementFile } from "#app/adapters/statement-file.ts";
import { groupDigits } from "#app/domain/kernel/dong.ts";
import { BANK_FORMATS } from "#app/domain/bank-lines/bank-formats.ts";
import { importStatement, type ImportSummary } from "#app/domain/bank-lines/import-statement.ts";
import { MOST_STATEMENT_LINES, type ReadProblem } from "#app/domain/bank-lines/read-statement.ts";
import { databaseAway } from "#db/away.ts";
import { migrate, pendingMigrations } from "#db/migrate.ts";

import { compose } from "./compose.ts";
import { configuredEnvironment, openConfigured, stop } from "./configured.ts";

const USAGE = `Usage: node bin/import-statement.ts FILE [--account ID] [--format NAME]

  FILE       CSV of the bank (UTF-8 or UTF-16; comma, semicolon or tab), ${MOST_STATEMENT_LINES} lines at most
  --account  id or number of the receiving account, when the file does not name it
  --format   ${BANK_FORMATS.map(({ id }) => id).join(", ")}; otherwise the header tells it
`;

/** What the command line asks for. */
function wishes() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        account: { type: "string" },
        format: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    const [file] = positionals;
    if (values.help || file === undefined || positionals.length > 1) stop(USAGE);
    return { file, account: values.account, format: values.format };
  } catch (error) {
    stop(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    stop(`Cannot read ${file}: ${(error as Error).message}`);
  }
}

function summaryText(file: string, done: ImportSummary): string {
  const { byRule } = done;
  const lines = [
    `${file}: account ${done.account}, format ${done.format}`,
    `  lines           ${done.lines} (${done.added} new, ${done.known} known)`,
    `  by code         ${byRule[2]} as written, ${byRule[3]} broken by blanks, ${byRule[4]} with one sign guessed`,
    `  campaign code   ${byRule[5]}`,
    `  suspense        ${byRule[6]}`,
    `  no gifts        ${byRule.debit} debits, ${byRule.settlement} settlements`,
    `  for a person    ${done.needsLook}`,
    `  booked          ${done.handedOn.booked}`,
    `  kept in queue   ${done.handedOn.queued}${done.handedOn.queued > 0 ? " (another process numbers them)" : ""}`,
    `  bad lines       ${done.bad.length}`,
    ...done.bad.map(({ line, code }) => `    line ${line}: ${code}`),
  ];
  if (done.balance) {
    const { expected, found } = done.balance;
    const where = "line" in done.balance ? `line ${done.balance.line}` : "closing balance";
    lines.push(
      `  THE BALANCE DOES NOT FIT (${where}): ${groupDigits(expected)} expected, ${groupDigits(found)} found`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function unreadText(problem: ReadProblem): string {
  if (problem.code !== "statement.too-many-lines") return JSON.stringify(problem);
  const { lines, limit } = problem;
  return `it has ${lines} lines, and ${limit} are the most of one file. Cut it, by months for example, and import the parts one after the other; lines that were imported before are left as they are.`;
}

const wish = wishes();
// Nobody waits for this process while it reads.
const read = await readStatementFile(await bytesOf(wish.file), async () => undefined, wish.format);
if (!read.ok) stop(`${wish.file}: ${unreadText(read.problem)}`);

const environment = configuredEnvironment();
const log = createLog({ level: environment.LOG_LEVEL, process: "import-statement" });
const db = await openConfigured(environment);
if (db.embedded) await migrate(db);
const pending = await pendingMigrations(db);
if (pending.length > 0) stop("The tables are not up to date: run `npm run db:migrate` first.");

const composed = await compose({ db, environment, log });
const done = await importStatement(composed.services, read.value, wish.account).catch(
  (error: unknown) => {
    if (!databaseAway(error)) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    return stop(
      `${wish.file}: the database went away (${cause}). Lines that were kept stay kept. Run the same command again: no line is booked twice.`,
    );
  },
);
if (done.ok) process.stdout.write(summaryText(wish.file, done.value));
else process.stderr.write(`${wish.file}: ${JSON.stringify(done.problem)}\n`);
await composed.stop();
await db.close();
process.exitCode = done.ok ? 0 : 1;
