import { runAndKeep } from "#db/checks/kept-runs.ts";
import type { Database } from "#db/client.ts";
import { sealBooks } from "#db/seals/seal-books.ts";
import type { JobRuns } from "#db/stores/job-runs.ts";
import { longWaitStore } from "#db/stores/long-waits.ts";
import { sweepSignIns } from "#app/adapters/accounts/sweep.ts";
import type { Log } from "#app/front/log.ts";
import { fileRulesOn } from "#app/domain/files/file-rules.ts";
import { tidyFiles } from "#app/domain/files/stage-files.ts";
import { dayOf } from "#app/domain/kernel/calendar.ts";
import { askAboutOpenPayments } from "#app/domain/payments/ask-vnpay.ts";
import { handOnWaitingLines } from "#app/domain/bank-lines/hand-on-lines.ts";
import { takeUpAgain } from "#app/domain/gateway-notices/take-up-again.ts";
import { QUERY_MARKS } from "#app/domain/payments/vnpay-protocol.ts";
import { expirePledges } from "#app/domain/pledges/expire-pledges.ts";
import { raiseLongWaits } from "#app/domain/bank-lines/raise-waits.ts";
import { askOpenRefunds } from "#app/domain/refunds/ask-gateway-refunds.ts";
import type { Services } from "#app/domain/services.ts";
import type { RunKind } from "#app/domain/transparency/ports.ts";
import type { HeadStore } from "#app/domain/transparency/seal.ts";

/** When a job runs; days are days in Việt Nam. */
export type Rhythm =
  | { readonly everyMinutes: number }
  | { readonly dailyAt: `${number}:${number}` };

/** Work that nobody asks for. Each may run twice or be killed half-way without harm. */
export interface Job {
  readonly name: string;
  readonly rhythm: Rhythm;
  /** Answers what it did, for the log. What takes long ends with an error between two steps once `signal` is raised. */
  run(signal?: AbortSignal): Promise<Readonly<Record<string, number>>>;
}

/** An event without an answer this old belongs to a process that died, seconds. */
const LEFT_BEHIND = 300;

/** All jobs of the site. */
export function jobsOf(services: Services, db: Database, log: Log, heads: HeadStore): Job[] {
  const checkNow = async (
    kind: RunKind,
    signal: AbortSignal | undefined,
  ): Promise<Record<string, number>> => {
    const report = await runAndKeep(db, kind, { now: services.now, heads, signal });
    if (!report) return { busy: 1 };
    const broken = report.results.filter(({ ok }) => !ok);
    for (const { name, broken: count, offenders } of broken) {
      log.fatal({ check: name, broken: count, offenders }, "the books do not agree");
    }
    return { checks: report.results.length, broken: broken.length };
  };
  const longWaits = longWaitStore(db, QUERY_MARKS.length);
  return [
    {
      name: "take-up-events",
      rhythm: { everyMinutes: 5 },
      run: async () => ({ taken: await takeUpLeft(services, log, LEFT_BEHIND) }),
    },
    {
      name: "hand-on-lines",
      rhythm: { everyMinutes: 10 },
      run: async () => ({ ...(await handOnWaitingLines(services)) }),
    },
    {
      name: "ask-gateways",
      rhythm: { everyMinutes: 5 },
      run: async () => ({ ...(await askAboutOpenPayments(services)) }),
    },
    {
      name: "ask-refunds",
      rhythm: { everyMinutes: 5 },
      run: async () => ({ ...(await askOpenRefunds(services)) }),
    },
    {
      name: "raise-waits",
      rhythm: { everyMinutes: 10 },
      run: async () => ({
        ...(await raiseLongWaits({ now: services.now, attention: services.attention, longWaits })),
      }),
    },
    {
      name: "expire-promises",
      rhythm: { dailyAt: "0:15" },
      run: async () => ({ expired: await expirePledges(services) }),
    },
    {
      name: "tidy-files",
      rhythm: { dailyAt: "3:10" },
      async run() {
        const now = services.now();
        const rules = fileRulesOn(dayOf(now));
        const { removed, orphans, missing } = await tidyFiles(services.files, now, rules);
        if (orphans.length > 0) log.warn({ orphans }, "bytes in the file store that no row knows");
        if (missing.length > 0) log.error({ missing }, "files whose bytes are gone");
        return { removed, orphans: orphans.length, missing: missing.length };
      },
    },
    {
      name: "sweep-sign-ins",
      rhythm: { dailyAt: "3:40" },
      run: async () => ({ ...(await sweepSignIns(db, services.now())) }),
    },
    {
      name: "seal-books",
      rhythm: { everyMinutes: 1 },
      run: () => sealNow(services, db, log, heads),
    },
    {
      name: "check-new",
      rhythm: { everyMinutes: 5 },
      run: (signal) => checkNow("incremental", signal),
    },
    {
      name: "check-books",
      rhythm: { dailyAt: "2:30" },
      run: (signal) => checkNow("full", signal),
    },
  ];
}

/** Seal what came since the last time; what it did, for the log. */
export async function sealNow(
  { now }: Pick<Services, "now">,
  db: Database,
  log: Log,
  heads: HeadStore,
): Promise<{ seals: number; rows: number }> {
  const { seals, rows, forked } = await sealBooks(db, now, heads);
  if (forked) {
    log.fatal(
      { kept: forked.kept },
      "a head that was kept is not in these books: none is kept any more",
    );
  }
  return { seals, rows };
}

/** Answer kept events that nobody answered and that are at least `age` seconds old; tells how many. */
export function takeUpLeft(services: Services, log: Log, age: number): Promise<number> {
  return takeUpAgain(
    services,
    (error, inbox) => log.error({ err: error, inbox }, "a kept event could not be answered"),
    services.now() - age + 1,
  );
}

/** Run a job, log and note what came of it; answers false when it failed or was given up, which is logged too. */
export async function runJob(
  job: Job,
  log: Log,
  runs: JobRuns,
  signal?: AbortSignal,
): Promise<boolean> {
  const began = performance.now();
  // What cannot be noted is not left undone for it.
  const unnoted = (error: unknown) => log.error({ job: job.name, err: error }, "run not noted");
  const ended = await runs.begun(job.name).catch(unnoted);
  try {
    const done = await job.run(signal);
    log.info({ job: job.name, ms: Math.round(performance.now() - began), ...done }, "job done");
    await ended?.("done").catch(unnoted);
    return true;
  } catch (error) {
    log.error({ job: job.name, err: error }, "job failed");
    await ended?.("failed").catch(unnoted);
    return false;
  }
}

/** Tell health which jobs there are. */
export function makeKnown(jobs: readonly Job[], runs: JobRuns): Promise<void> {
  return runs.known(
    jobs.map(({ name, rhythm }) => ({
      name,
      everySeconds: "everyMinutes" in rhythm ? rhythm.everyMinutes * 60 : 24 * 3600,
    })),
  );
}

/** A rhythm as five cron fields. */
export function cronOf(rhythm: Rhythm): string {
  if ("everyMinutes" in rhythm) return `*/${rhythm.everyMinutes} * * * *`;
  const [hour, minute] = rhythm.dailyAt.split(":").map(Number);
  return `${minute} ${hour} * * *`;
}

const MINUTE = 60_000;
const VIETNAM = 7 * 60;

/** Whether a job is due in this minute of the epoch. */
export function isDue(rhythm: Rhythm, minute: number): boolean {
  if ("everyMinutes" in rhythm) return minute % rhythm.everyMinutes === 0;
  const [hour = 0, of = 0] = rhythm.dailyAt.split(":").map(Number);
  return (minute + VIETNAM) % (24 * 60) === hour * 60 + of;
}

/**
 * Run jobs by a timer in this process: for the embedded database, which has one process and nobody to share work with.
 * Answers how to stop; that waits for the job under way.
 */
export function runByTimer(jobs: readonly Job[], log: Log, runs: JobRuns): () => Promise<void> {
  let last = Math.floor(Date.now() / MINUTE);
  let running = Promise.resolve();
  const timer = setInterval(() => {
    const minute = Math.floor(Date.now() / MINUTE);
    if (minute === last) return;
    last = minute;
    for (const job of jobs.filter(({ rhythm }) => isDue(rhythm, minute))) {
      running = running.then(async () => void (await runJob(job, log, runs)));
    }
  }, 1_000);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
