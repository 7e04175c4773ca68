import type { MakingPace } from "./making-pace.ts";

/**
 * Where pages are made anew while the last one is still there: one after the other, at the pace we can afford, the one
 * that somebody waits for first, then the one that most have been sent an old page of for longest.
 */
export interface MakingLane {
  /**
   * Have `work` done for `address`; asked again before it has begun, it is still done once. `waits`: somebody is kept
   * waiting for it. The answer comes when it is done; it never rejects.
   */
  ask(address: string, work: () => Promise<void>, waits: boolean): Promise<void>;
  /** Work without hurry: done when nothing else is to be done. */
  spare(work: () => Promise<void>): void;
  /** Milliseconds since the work under way began; 0 when there is none. */
  busyFor(): number;
  /** How many wait. */
  readonly waiting: number;
  /** Until nothing is left to do. */
  idle(): Promise<void>;
}

interface Job {
  readonly work: () => Promise<void>;
  readonly since: number;
  readonly done: PromiseWithResolvers<void>;
  /** How many asked meanwhile. */
  wanted: number;
  waits: boolean;
}

const ENDLESS = 86_400_000;

/** A lane that keeps to `pace`, by a clock of milliseconds that never goes back. */
export function createMakingLane(
  pace: MakingPace,
  now: () => number = () => performance.now(),
): MakingLane {
  const jobs = new Map<string, Job>();
  const spares: (() => Promise<void>)[] = [];
  let began: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let idle: PromiseWithResolvers<void> | undefined;

  function next(): [work: () => Promise<void>, done: () => void] | undefined {
    const time = now();
    const weight = ({ waits, wanted, since }: Job) =>
      (waits ? ENDLESS : 0) + wanted * (time - since + 1);
    let best: string | undefined;
    for (const [address, job] of jobs) {
      const before = best === undefined ? undefined : jobs.get(best);
      if (!before || weight(job) > weight(before)) best = address;
    }
    const job = best === undefined ? undefined : jobs.get(best);
    if (best !== undefined && job) {
      jobs.delete(best);
      return [job.work, job.done.resolve];
    }
    const spare = spares.shift();
    return spare && [spare, () => undefined];
  }

  function turn(): void {
    if (began !== undefined) return;
    if (jobs.size === 0 && spares.length === 0) {
      idle?.resolve();
      idle = undefined;
      return;
    }
    const wait = pace.untilNext();
    if (wait > 0 && timer !== undefined) return;
    clearTimeout(timer);
    timer = undefined;
    if (wait > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        turn();
      }, wait);
      timer.unref();
      return;
    }
    const [work, done] = next() ?? [];
    if (work && done) void run(work, done);
  }

  async function run(work: () => Promise<void>, done: () => void): Promise<void> {
    const start = now();
    began = start;
    try {
      await work();
    } catch {
      // Whoever waits looks at what is there now.
    }
    pace.spent(now() - start);
    began = undefined;
    done();
    turn();
  }

  return {
    ask(address, work, waits) {
      const job: Job = jobs.get(address) ?? {
        work,
        since: now(),
        done: Promise.withResolvers<void>(),
        wanted: 0,
        waits,
      };
      job.wanted += 1;
      job.waits ||= waits;
      jobs.set(address, job);
      turn();
      return job.done.promise;
    },
    spare(work) {
      spares.push(work);
      turn();
    },
    busyFor: () => (began === undefined ? 0 : now() - began),
    get waiting() {
      return jobs.size;
    },
    idle() {
      if (began === undefined && jobs.size === 0 && spares.length === 0) return Promise.resolve();
      idle ??= Promise.withResolvers<void>();
      return idle.promise;
    },
  };
}
