import type {
  BookFacts,
  CheckFacts,
  FileStoreFacts,
  MailFacts,
  Trouble,
} from "#app/domain/health/facts.ts";
import { judge } from "#app/domain/health/judge.ts";
import type { Health, Readiness } from "#app/domain/health/ports.ts";
import type { HealthReport } from "#app/domain/health/report.ts";
import type { Seconds } from "#app/domain/kernel/calendar.ts";

import { GivenUp, sharedLook } from "./shared-look.ts";

/** How each part is looked at; what does not answer is given up by the signal. */
export interface WatchParts {
  readonly now: () => Seconds;
  /** Reading as pages do. */
  read(): Promise<unknown>;
  /** A small write, committed. */
  write(): Promise<unknown>;
  books(givenUp: AbortSignal): Promise<BookFacts>;
  /** Whether this process numbers gifts. */
  numbersHere(): boolean;
  lastCheck(): Promise<CheckFacts | undefined>;
  files(): Promise<FileStoreFacts>;
  /** How long what was found about the files is told again, milliseconds: a bucket's requests cost money. */
  readonly filesKeptFor: number;
  mail(): MailFacts;
  troubleOf(error: unknown): Trouble;
}

/** A watch that can be told that the process stops. */
export interface RunningHealth extends Health {
  /** Not ready from now on. */
  unready(): void;
}

/** Longest wait of one look, milliseconds: with the judging an answer comes within three seconds. */
const PATIENCE = 2_000;
/** A database that came back is seen again after a moment. */
const KEPT = 2_000;
const WRITE_KEPT = 5_000;
const CHECK_KEPT = 30_000;
/** A write that waits for a standby keeps its place among the writers until that is back: few are begun meanwhile. */
const WRITE_TROUBLE_KEPT = 15_000;
/** The server ends our statements after two seconds; what is silent for longer has lost its connection, milliseconds. */
const GIVEN_UP = 10_000;
/** One page that was slow to read takes no server out of the balancer's list, milliseconds. */
const UNREAD_MOST = 6_000;

/** Watch the parts. Nothing is looked at before somebody asks. */
export function healthWatch(parts: WatchParts): RunningHealth {
  const { now } = parts;
  const startedAt = now();
  const troubleOf = (error: unknown): Trouble =>
    error instanceof GivenUp ? "timed-out" : parts.troubleOf(error);
  const shared = {
    patience: PATIENCE,
    keptFor: KEPT,
    troubleKeptFor: KEPT,
    givenUpAfter: GIVEN_UP,
    now,
    troubleOf,
  };

  let stopping = false;
  let readAt: number | undefined;
  const read = sharedLook(async () => {
    await parts.read();
    readAt = performance.now();
  }, shared);
  const write = sharedLook(() => parts.write(), {
    ...shared,
    keptFor: WRITE_KEPT,
    troubleKeptFor: WRITE_TROUBLE_KEPT,
  });
  const books = sharedLook((givenUp) => parts.books(givenUp), shared);
  const check = sharedLook(() => parts.lastCheck(), { ...shared, keptFor: CHECK_KEPT });
  const files = sharedLook(() => parts.files(), { ...shared, keptFor: parts.filesKeptFor });
  const mail = sharedLook(async () => parts.mail(), shared);

  async function lookAtAll(): Promise<HealthReport> {
    const [r, w, b, c, f, m] = await Promise.all([
      read(),
      write(),
      books(),
      check(),
      files(),
      mail(),
    ]);
    return judge({
      at: now(),
      startedAt,
      numbersHere: parts.numbersHere(),
      read: r,
      write: w,
      books: b,
      check: c,
      files: f,
      mail: m,
    });
  }

  let under: Promise<HealthReport> | undefined;
  return {
    look() {
      under ??= lookAtAll().finally(() => {
        under = undefined;
      });
      return under;
    },
    async ready(): Promise<Readiness> {
      if (stopping) return { ready: false, why: "stopping" };
      const look = await read();
      const lately = readAt !== undefined && performance.now() - readAt < UNREAD_MOST;
      return look.state === "seen" || lately ? { ready: true } : { ready: false, why: "database" };
    },
    unready() {
      stopping = true;
    },
  };
}
