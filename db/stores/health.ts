import type { BookFacts, JobFacts, Trouble, WaitingFacts } from "#app/domain/health/facts.ts";

import { connectionLost, NotAnswered } from "../answers.ts";
import type { Database, Session } from "../client.ts";
import { type BookClock, lastRecorded } from "./book-clock.ts";
import { SEQUENCER_LOCK } from "./sequencer-lock.ts";

/** What the health watch asks of the database. */
export interface HealthStore {
  /** Reading on the connections that pages read on. */
  read(): Promise<void>;
  /** A write that is committed as a gift's is, on the connections that write, and bytes on the database's disk. */
  write(): Promise<void>;
  books(givenUp: AbortSignal): Promise<BookFacts>;
  close(): Promise<void>;
}

/**
 * `clock` is the one that entries are recorded by: what makes the intake refuse is told here.
 *
 * Facts have a connection of their own, opened when first asked for: a site whose pools wait for something must not be kept
 * from saying so.
 */
export function healthStore(db: Database, clock: BookClock): HealthStore {
  const facts = ownSession(db);
  return {
    async read() {
      await db.rows(`select next_entry from ledger_head where one`);
    },
    write: () => write(db, clock.now()),
    books(givenUp) {
      return facts.use(givenUp, (session) => readBooks(session, db.embedded, clock));
    },
    close: () => facts.close(),
  };
}

/**
 * Looking writes nothing but a row lock, and `synchronous_commit` keeps that from waiting for a standby. The lock on the head of
 * the ledger is held within the server for the length of one statement.
 */
const FACTS_SETTINGS = `set statement_timeout = 1800; set lock_timeout = 1000; set synchronous_commit = off`;
/** So little memory that the trial's rows go to the disk of the database: a row that is changed in its place needs no room. */
const LITTLE_MEMORY = `select set_config('work_mem', '64kB', true)`;

const WRITE = `
  with spilled as materialized (select count(*) as n from generate_series(1, 50000))
  update health_write set at = $1::bigint from spilled where one and n > 0`;

async function write(db: Database, at: number): Promise<void> {
  await db.begin(async (tx) => {
    await tx.rows(LITTLE_MEMORY);
    await tx.rows(WRITE, [at]);
  });
}

interface BookRow {
  entries: bigint;
  numbered: boolean;
  read_only: boolean;
  clock: number;
  last: bigint;
  queued: bigint;
  queued_age: number | null;
  queue_moves: boolean | null;
  events: bigint;
  events_since: bigint | null;
  attention: bigint;
  attention_since: bigint | null;
}

/** Events are looked for among the newest: older ones are told by the job that looks for what waits too long. */
const BOOKS = `
  select h.next_entry - 1 as entries,
         exists (select from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
                   and l.classid = ${SEQUENCER_LOCK[0]} and l.objid = ${SEQUENCER_LOCK[1]}
                   and l.database = (select oid from pg_database where datname = current_database())) as numbered,
         pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as read_only,
         extract(epoch from clock_timestamp())::float8 as clock, h.last_recorded_at as last,
         q.n as queued, extract(epoch from clock_timestamp())::float8 - q.since as queued_age,
         h.last_recorded_at > q.since as queue_moves,
         e.n as events, e.since as events_since, a.n as attention, a.since as attention_since
    from ledger_head h,
         (select count(*) as n, min(queued_at) as since from sequencer_queue) q,
         (select count(*) as n, min(r.received_at) as since
            from (select id, received_at from inbox where signature_valid order by id desc limit 5000) r
           where not exists (select from inbox_answer x where x.inbox = r.id)) e,
         (select count(*) as n, min(raised_at) as since from attention where closed_at is null) a
   where h.one`;

const JOBS = `
  select j.name, j.every_seconds as "everySeconds", j.known_since as "knownSince",
         (select r.started_at from job_run r where r.job = j.name order by r.id desc limit 1) as "startedAt",
         e.ended_at as "endedAt", coalesce(e.outcome = 'failed', false) as failed,
         (select r.ended_at from job_run r where r.job = j.name and r.outcome = 'done' order by r.id desc limit 1) as "doneAt"
    from job j left join lateral
         (select ended_at, outcome from job_run r where r.job = j.name and r.ended_at is not null
           order by r.id desc limit 1) e on true
   order by j.every_seconds, j.name`;

async function readBooks(
  session: Pick<Session, "rows">,
  embedded: boolean,
  clock: BookClock,
): Promise<BookFacts> {
  const [row] = await session.rows<BookRow>(BOOKS);
  if (!row) throw new Error("the head of the ledger has no row");
  const now = clock.now();
  const clockAhead = clock.compared ? now - row.clock : 0;
  const jobs = await session.rows<JobRow>(JOBS);
  return {
    entries: Number(row.entries),
    numbered: row.numbered,
    readOnly: row.read_only,
    // Our clock is read in whole seconds.
    clockAhead: Math.abs(clockAhead) <= 1 ? 0 : Math.round(clockAhead),
    recordedAhead: clock.compared ? Math.max(0, lastRecorded(clock, Number(row.last)) - now) : 0,
    queue: { count: Number(row.queued), oldestSeconds: ageOrNull(row.queued_age) },
    queueMoves: row.queue_moves ?? true,
    events: waiting(row.events, row.events_since, now),
    attention: waiting(row.attention, row.attention_since, now),
    jobs: jobs.map(jobOf),
    // Everything shares one connection there: whoever holds the head holds us up too.
    headFree: embedded || row.read_only || (await headFree(session)),
  };
}

interface JobRow {
  name: string;
  everySeconds: number;
  knownSince: bigint;
  startedAt: bigint | null;
  endedAt: bigint | null;
  failed: boolean;
  doneAt: bigint | null;
}

function jobOf({ name, everySeconds, failed, ...times }: JobRow): JobFacts {
  const at = (moment: bigint | null) => (moment === null ? null : Number(moment));
  return {
    name,
    everySeconds,
    failed,
    knownSince: Number(times.knownSince),
    startedAt: at(times.startedAt),
    endedAt: at(times.endedAt),
    doneAt: at(times.doneAt),
  };
}

function waiting(count: bigint, since: bigint | null, now: number): WaitingFacts {
  return {
    count: Number(count),
    oldestSeconds: since === null ? null : Math.max(0, now - Number(since)),
  };
}

function ageOrNull(seconds: number | null): number | null {
  return seconds === null ? null : Math.max(0, Math.round(seconds));
}

/** Whether the head of the ledger can be had. */
async function headFree(session: Pick<Session, "rows">): Promise<boolean> {
  try {
    await session.rows(`select from ledger_head where one for update`);
    return true;
  } catch (error) {
    if (codeOf(error) === "55P03") return false;
    throw error;
  }
}

interface OwnSession {
  use<Value>(
    givenUp: AbortSignal,
    work: (session: Pick<Session, "rows">) => Promise<Value>,
  ): Promise<Value>;
  close(): Promise<void>;
}

/** A connection that is opened when it is wanted, and again after trouble. */
function ownSession(db: Database): OwnSession {
  let open: Promise<Session> | undefined;

  function connect(): Promise<Session> {
    const session = connected(() => {
      if (open === session) open = undefined;
    });
    return session;
  }

  async function connected(lost: () => void): Promise<Session> {
    const session = await db.session(lost);
    if (!db.embedded) await session.rows(FACTS_SETTINGS);
    return session;
  }

  async function end(session: Promise<Session> | undefined): Promise<void> {
    if (open === session) open = undefined;
    await session?.then((one) => one.release()).catch(() => undefined);
  }

  return {
    async use(givenUp, work) {
      open ??= connect();
      const mine = open;
      // What still runs on it is cut off.
      const drop = () => void end(mine);
      givenUp.addEventListener("abort", drop, { once: true });
      try {
        return await work(await mine);
      } catch (error) {
        drop();
        throw error;
      } finally {
        givenUp.removeEventListener("abort", drop);
      }
    },
    close: () => end(open),
  };
}

/** What an error of the database means for whoever reads of it. */
export function troubleOfDatabase(error: unknown): Trouble | undefined {
  if (error instanceof NotAnswered) return "timed-out";
  const code = codeOf(error);
  const known = code === undefined ? undefined : TROUBLES.get(code);
  return known ?? (connectionLost(error) ? "unreachable" : undefined);
}

/** SQLSTATEs with a meaning of their own (PostgreSQL, appendix A). */
const TROUBLES: ReadonlyMap<string, Trouble> = new Map([
  ["53100", "disk-full"],
  ["25006", "read-only"],
  ["55P03", "locked"],
  ["53300", "too-many-connections"],
  ["42501", "not-permitted"],
  ["57014", "timed-out"],
]);

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
