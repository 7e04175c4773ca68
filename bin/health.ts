import type { Environment } from "#app/adapters/environment.ts";
import { filesFolder } from "#app/adapters/files/file-stores.ts";
import { NotKept, tryFiles } from "#app/adapters/health/file-trial.ts";
import { healthWatch, type RunningHealth } from "#app/adapters/health/watch.ts";
import type { WatchedMail } from "#app/adapters/health/watched-mail.ts";
import { newId } from "#app/adapters/randomness.ts";
import type { FileStore } from "#app/domain/files/ports.ts";
import type { CheckFacts, Trouble } from "#app/domain/health/facts.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import type { Database } from "#db/client.ts";
import type { BookClock } from "#db/stores/book-clock.ts";
import { healthStore, troubleOfDatabase } from "#db/stores/health.ts";
import type { RunningIntake } from "#db/stores/intake.ts";

/** What the watch is wired from. */
export interface HealthWiring {
  readonly db: Database;
  readonly environment: Environment;
  readonly intake: Pick<RunningIntake, "sequencing">;
  readonly lastCheck: () => Promise<CheckFacts | undefined>;
  readonly store: FileStore;
  readonly mail: WatchedMail;
  /** The clock that entries are recorded by. */
  readonly clock: BookClock;
}

/** Milliseconds for which a trial of the file store holds. */
const FOLDER_KEPT = 60_000;
const BUCKET_KEPT = 10 * 60_000;

/** The health of what this process works with. */
export function healthOf(wiring: HealthWiring): RunningHealth & { close(): Promise<void> } {
  const { db, environment, intake, store, mail, clock } = wiring;
  const { now } = clock;
  const database = healthStore(db, clock);
  const folder = environment.FILES_S3_BUCKET === undefined ? filesFolder(environment) : undefined;
  const watch = healthWatch({
    now,
    read: () => database.read(),
    write: () => database.write(),
    books: (givenUp) => database.books(givenUp),
    numbersHere: () => intake.sequencing(),
    lastCheck: wiring.lastCheck,
    files: () => tryFiles(store, folder, { day: dayOf(now()), id: newId() }),
    filesKeptFor: folder === undefined ? BUCKET_KEPT : FOLDER_KEPT,
    mail: () => mail.facts(),
    troubleOf: (error) => troubleOfDatabase(error) ?? troubleOfFiles(error),
  });
  return { ...watch, close: () => database.close() };
}

function troubleOfFiles(error: unknown): Trouble {
  if (error instanceof NotKept) return "not-kept";
  switch ((error as { code?: unknown }).code) {
    case "ENOSPC":
    case "EDQUOT":
      return "disk-full";
    case "EROFS":
      return "read-only";
    case "EACCES":
    case "EPERM":
      return "not-permitted";
    default:
      return "error";
  }
}
