import { connectionLost } from "../answers.ts";
import type { Database, Session } from "../client.ts";
import { type BookClock, clockFits, comparedNow } from "./book-clock.ts";

/** Whoever holds this session lock numbers gifts. */
export const SEQUENCER_LOCK = [7269, 2] as const;
/**
 * Settings of the booking connection. Planning the statement anew costs more than running it, and a plan made while
 * tables are small must not be one that reads them whole.
 */
const PLAN_ONCE = `select set_config(name, value, false) from (values ('plan_cache_mode', 'force_generic_plan'),
  ('enable_seqscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('jit', 'off')) as s(name, value)`;

/** The right to number gifts, of which there is one a database; it lives as long as the connection that took it. */
export interface SequencerLock {
  /** The connection that holds the lock; undefined while this process does not. */
  held(): Session | undefined;
  /** Try for it; the connection when this process holds it now. */
  take(): Promise<Session | undefined>;
  /** Let go of it, such as when its connection is broken; `take` may then try with another. */
  lose(): Promise<void>;
  /** Let go of it for good. */
  stop(): Promise<void>;
}

/** The lock of the database behind `db`, not yet tried for; a process whose clock does not fit never takes it. */
export function sequencerLock(
  db: Database,
  clock: BookClock,
  trouble: (error: unknown) => void,
): SequencerLock {
  let holding: Session | undefined;
  /** Kept between tries: a process in the second row tries often. */
  let standby: Session | undefined;
  let trying: Promise<Session | undefined> | undefined;
  let stopped = false;

  /** A session that is lost has lost the lock; whoever runs on it is told by its error. */
  async function openSession(): Promise<Session> {
    let gone = false;
    const session = await db.session(() => {
      gone = true;
      if (holding === session) holding = undefined;
      if (standby === session) standby = undefined;
    });
    if (gone) throw new Error("Connection terminated at once");
    return session;
  }

  async function tryOnce(): Promise<Session | undefined> {
    standby ??= await openSession();
    const [row] = await standby.rows<{ held: boolean }>(
      `select case when ${clockFits(1)}
                   then pg_try_advisory_lock(${SEQUENCER_LOCK[0]}, ${SEQUENCER_LOCK[1]}) else false end as held`,
      [comparedNow(clock)],
    );
    if (!row?.held) return undefined;
    const taken = standby;
    if (!db.embedded) await taken.rows(PLAN_ONCE);
    if (standby !== taken) throw new Error("Connection terminated with the lock");
    holding = taken;
    standby = undefined;
    return holding;
  }

  /** A connection that broke while it stood by is only found out now: one more try with a new one. */
  async function tryTwice(): Promise<Session | undefined> {
    const stoodBy = standby !== undefined;
    try {
      return await tryOnce();
    } catch (error) {
      await letGo(standby);
      standby = undefined;
      if (stoodBy && connectionLost(error)) return tryOnce();
      throw error;
    }
  }

  async function letGo(session: Session | undefined): Promise<void> {
    await session?.release().catch(trouble);
  }

  return {
    held: () => holding,
    async take() {
      if (holding || stopped) return holding;
      trying ??= tryTwice().finally(() => {
        trying = undefined;
      });
      return trying;
    },
    async lose() {
      const lost = holding;
      holding = undefined;
      await letGo(lost);
    },
    async stop() {
      stopped = true;
      await trying?.catch(() => undefined);
      await holding
        ?.rows(`select pg_advisory_unlock(${SEQUENCER_LOCK[0]}, ${SEQUENCER_LOCK[1]})`)
        .catch(trouble);
      await letGo(holding);
      await letGo(standby);
      holding = standby = undefined;
    },
  };
}
