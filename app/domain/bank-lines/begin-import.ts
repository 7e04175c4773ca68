import type { Writing } from "../acts/act.ts";
import { ok, type Result } from "../kernel/result.ts";
import { carryOut, done, nothing, rightTo, type TrailStores } from "../people/carry-out.ts";
import type { MayProblem, Person } from "../people/may.ts";
import type { ImportJob, StatementImports } from "./import-job.ts";
import { type ImportNeeds, importStatement } from "./import-statement.ts";
import type { ReadProblem } from "./read-statement.ts";

/** What beginning an import needs. */
export interface ImportServices extends ImportNeeds {
  readonly official: Writing<TrailStores>;
  readonly statementImports: Pick<StatementImports, "read" | "run">;
  newId(): string;
}

/**
 * Begin to import a statement. Who may and the trail's line, with the digest of the bytes, are one transaction; the import
 * runs on after it, so that no import is without its line. Killed in between, the same file is imported again.
 */
export async function beginImport(
  services: ImportServices,
  person: Person,
  file: { readonly bytes: Uint8Array; readonly account: string | undefined },
): Promise<Result<ImportJob, MayProblem | ReadProblem>> {
  const read = await services.statementImports.read(file.bytes);
  if (!read.ok) return read;
  const statement = read.value;
  const job: ImportJob = {
    id: services.newId(),
    startedAt: services.now(),
    account: file.account ?? statement.accountNumber ?? null,
    lines: statement.rows.length,
    state: "running",
    summary: null,
    problem: null,
  };
  const noted = await carryOut(services, person, {
    find: nothing,
    right: (now) => rightTo(now, "statement.import", {}),
    work: async () => {
      const { id, lines, account } = job;
      const facts = { lines, account, digest: services.sha256(file.bytes) };
      return done(undefined, { kind: "import", id, facts });
    },
  });
  if (!noted.ok) return noted;
  services.statementImports.run(job, () => importStatement(services, statement, file.account));
  return ok(job);
}
