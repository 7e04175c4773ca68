import type { ImportJob, StatementImports, UnreadStatement } from "./import-job.ts";
import type { Writing } from "../acts/act.ts";
import { dayOf, type Seconds } from "../kernel/calendar.ts";
import type { Sha256 } from "../kernel/digest.ts";
import { ok, type Result } from "../kernel/result.ts";
import { type AuditTrail, noteOf } from "../people/audit.ts";
import type { MayProblem, Person } from "../people/may.ts";
import { mayNow } from "../people/may-now.ts";
import type { People } from "../people/ports.ts";

/** What beginning an import needs. */
export interface ImportServices extends Writing<{
  readonly audit: AuditTrail;
  readonly people: Pick<People, "grantsOf">;
}> {
  readonly statementImports: StatementImports;
  readonly sha256: Sha256;
  now(): Seconds;
}

/** Begin to import a statement; the trail says who did, and of which bytes. */
export async function beginImport(
  services: ImportServices,
  person: Person,
  file: { readonly bytes: Uint8Array; readonly account: string | undefined },
): Promise<Result<ImportJob, MayProblem | UnreadStatement>> {
  const act = "statement.import";
  const today = dayOf(services.now());
  const permitted = await services.write(({ people }) => mayNow(people, person, act, {}, today));
  if (!permitted.ok) return permitted;
  const started = await services.statementImports.start(file.bytes, file.account);
  if (!started.ok) return started;
  const { id, lines, account } = started.value;
  await services.write(({ audit }) =>
    audit.add(
      noteOf(
        person,
        permitted.value,
        act,
        { kind: "import", id },
        { lines, account, digest: services.sha256(file.bytes) },
      ),
    ),
  );
  return ok(started.value);
}
