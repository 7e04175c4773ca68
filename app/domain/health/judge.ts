/**
 * What the facts of one look mean. A part that does not do its work is `failing`; the whole is `failing` only when people
 * cannot be served or gifts cannot be booked: then `/healthz` answers 503. Everything else is for somebody to look at.
 */
import type { Seconds } from "../kernel/calendar.ts";
import { CLOCK_OFF_MOST, RECORDED_AHEAD_MOST } from "../ledger/ports.ts";
import type { BookFacts, HealthFacts, JobFacts, Seen, WaitingFacts } from "./facts.ts";
import type {
  HealthPart,
  HealthReport,
  HealthState,
  HealthWord,
  JobReport,
  PartReport,
} from "./report.ts";

/** A gift is numbered within a second or two; an old one in the queue means that nobody numbers, seconds. */
const QUEUE_SLOW = 15;
const QUEUE_STUCK = 60;
/** Seconds between the clocks at which one should look, before nothing is recorded any more. */
const CLOCK_APART = 30;
/** The job takes up events left behind after five minutes, every five minutes. */
const EVENTS_SLOW = 15 * 60;
/** The books are checked every night; two hours for a night's run that begins late or lasts. */
const CHECK_OLD = 26 * 3600;
/** Bytes free where the files are. */
const LITTLE_ROOM = 2 ** 30;
const NO_ROOM = 100 * 2 ** 20;

/** Parts without which the site serves nobody or books nothing. */
const VITAL: readonly HealthPart[] = ["database", "ledger", "sequencer", "clock"];

const OK: PartReport = { status: "ok" };

/** Judge what was seen. */
export function judge(facts: HealthFacts): HealthReport {
  const books = facts.books.state === "seen" ? facts.books.value : undefined;
  const parts = {
    database: database(facts, books),
    ledger: ledger(books),
    sequencer: sequencer(facts, books),
    clock: clock(books),
    events: {
      ...(books ? waits(books.events, EVENTS_SLOW) : UNKNOWN),
      unanswered: books?.events ?? null,
    },
    attention: { ...(books ? OK : UNKNOWN), open: books?.attention ?? null },
    checks: checks(facts),
    jobs: jobs(facts.at, facts.startedAt, books?.jobs),
    files: files(facts.files),
    mail: mail(facts.mail),
  };
  return { status: worst(parts), at: facts.at, parts };
}

/** Could not be asked because the database does not answer, which is said there. */
const UNKNOWN: PartReport = { status: "degraded", why: "unknown" };

function bad(status: HealthState, why: HealthWord, since?: Seconds): PartReport {
  return { status, why, ...(since === undefined ? {} : { since }) };
}

/** Whether a part could be looked at at all. */
function seen(look: Seen<unknown>): PartReport {
  if (look.state === "seen") return OK;
  return bad("failing", look.state === "failed" ? look.why : "silent", look.since);
}

function database({ read, write }: HealthFacts, books: BookFacts | undefined) {
  const parts = {
    read: seen(read),
    write: books?.readOnly === true ? bad("failing", "read-only") : seen(write),
  };
  const first = parts.read.status === "ok" ? parts.write : parts.read;
  return { ...first, ...parts };
}

function ledger(books: BookFacts | undefined) {
  if (!books) return { ...UNKNOWN, entries: null };
  return { ...(books.headFree ? OK : bad("failing", "blocked")), entries: books.entries };
}

function sequencer({ numbersHere }: HealthFacts, books: BookFacts | undefined) {
  if (!books) return { ...UNKNOWN, numbering: "unknown" as const, queue: null };
  const { queue, numbered } = books;
  const numbering = numbersHere ? "this" : numbered ? "another" : "nobody";
  return { ...queueState(books, numbering === "nobody"), numbering, queue } as const;
}

function queueState({ queue, queueMoves }: BookFacts, nobody: boolean): PartReport {
  const age = queue.oldestSeconds ?? 0;
  // Others being numbered meanwhile, it is that one gift that cannot be.
  if (age > QUEUE_STUCK && !queueMoves) return bad("failing", "stuck");
  if (age > QUEUE_SLOW) return bad("degraded", "waits-long");
  return nobody ? bad("degraded", "nobody-numbers") : OK;
}

function clock(books: BookFacts | undefined) {
  if (!books) return { ...UNKNOWN, aheadSeconds: null };
  const apart = Math.abs(books.clockAhead);
  const part =
    apart > CLOCK_OFF_MOST || books.recordedAhead > RECORDED_AHEAD_MOST
      ? bad("failing", "clock-refused")
      : apart > CLOCK_APART
        ? bad("degraded", "clock-apart")
        : OK;
  return { ...part, aheadSeconds: books.clockAhead };
}

function waits({ oldestSeconds }: WaitingFacts, slow: number): PartReport {
  return (oldestSeconds ?? 0) > slow ? bad("degraded", "waits-long") : OK;
}

function checks({ at, startedAt, check }: HealthFacts) {
  if (check.state !== "seen") return { ...UNKNOWN, last: null };
  const last = check.value ?? null;
  if (last?.ok === false) return { ...bad("failing", "check-failed", last.ranAt), last };
  // A site that has just been set up waits for its first night.
  const since = last?.ranAt ?? startedAt;
  return { ...(at - since > CHECK_OLD ? bad("failing", "check-old", since) : OK), last };
}

/** A daily job may begin two hours late, one of every few minutes ten minutes. */
function lateAfter(everySeconds: number): number {
  return everySeconds + Math.max(600, everySeconds / 12);
}

function jobs(at: Seconds, startedAt: Seconds, known: readonly JobFacts[] | undefined) {
  if (!known) return { ...UNKNOWN, runs: null };
  if (known.length === 0) {
    // Whoever runs them says so at its start; give it the time to.
    return { ...(at - startedAt > 600 ? bad("degraded", "no-jobs") : OK), runs: [] };
  }
  const runs = known.map((job) => ({ ...job, ...jobState(job, at) }) satisfies JobReport);
  const { status, why, since } = runs.find((run) => run.status !== "ok") ?? OK;
  return { status, ...(why ? { why } : {}), ...(since ? { since } : {}), runs };
}

function jobState(job: JobFacts, at: Seconds): PartReport {
  if (job.failed) return bad("degraded", "job-failed", job.endedAt ?? undefined);
  const since = job.doneAt ?? job.knownSince;
  return at - since > lateAfter(job.everySeconds) ? bad("degraded", "job-late", since) : OK;
}

function files(look: HealthFacts["files"]) {
  if (look.state !== "seen") return { ...seen(look), freeBytes: null };
  const { freeBytes } = look.value;
  const room = freeBytes ?? Infinity;
  const part =
    room < NO_ROOM
      ? bad("failing", "little-room")
      : room < LITTLE_ROOM
        ? bad("degraded", "little-room")
        : OK;
  return { ...part, freeBytes };
}

function mail(look: HealthFacts["mail"]) {
  if (look.state !== "seen") return { ...UNKNOWN, letters: null };
  const letters = look.value;
  const { reachable, sentAt, failedAt } = letters;
  const notSent = failedAt !== null && failedAt >= (sentAt ?? 0);
  const part =
    reachable === false
      ? bad("degraded", "not-reachable")
      : notSent
        ? bad("degraded", "not-sent", failedAt)
        : OK;
  return { ...part, letters };
}

function worst(parts: HealthReport["parts"]): HealthState {
  if (VITAL.some((part) => parts[part].status === "failing")) return "failing";
  const all = Object.values(parts).every(({ status }) => status === "ok");
  return all ? "ok" : "degraded";
}
