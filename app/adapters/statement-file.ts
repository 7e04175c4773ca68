import { no, ok, type Result } from "#app/domain/kernel/result.ts";
import type { GiveWay, Steps } from "#app/domain/kernel/steps.ts";
import {
  MOST_STATEMENT_LINES,
  type ReadProblem,
  readStatementSteps,
  type ReadStatement,
} from "#app/domain/bank-lines/read-statement.ts";

import { readBankCsvSteps } from "./bank-csv.ts";

/** Read the bytes of a bank's CSV as a statement, in turns with whatever else this process does. */
export async function readStatementFile(
  bytes: Uint8Array,
  giveWay: GiveWay,
  format?: string,
): Promise<Result<ReadStatement, ReadProblem>> {
  const limit = MOST_STATEMENT_LINES;
  const csv = await inTurns(readBankCsvSteps(bytes, limit), giveWay);
  if (csv.lines > limit) return no({ code: "statement.too-many-lines", lines: csv.lines, limit });
  const read = await inTurns(readStatementSteps(csv.records, format), giveWay);
  if (!read.ok) return read;
  const bad = [...csv.bad, ...read.value.bad].toSorted((a, b) => a.line - b.line);
  return ok({ ...read.value, bad });
}

/** Do it in turns with others; see `Steps`. */
async function inTurns<Value>(steps: Steps<Value>, giveWay: GiveWay): Promise<Value> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await giveWay();
  }
}
