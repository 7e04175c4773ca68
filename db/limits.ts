/**
 * How long anything may wait on PostgreSQL: all limits of all connections, with their reasons.
 *
 *   idle in a transaction 4 s  <  a lock 5 s  <  a statement 6 s  <  an answer 7 s  <  queueing and an answer 14 s
 *
 * One aim sets them: whoever is lost or frozen, and wherever, holds up booking by 15 seconds at most. A frozen process
 * still answers keepalives (its kernel does), so what it holds is taken from it by the server's own clocks: a transaction
 * in which nothing is asked, a session that stopped beating. A lost machine answers nothing: the same clocks, and TCP's.
 * A server that is frozen or gone itself is given up by the client's clock. Times in milliseconds, but for `tcp`.
 */
export const LIMITS = {
  /** A transaction in which nothing is asked: its process is frozen or lost, and others wait for what it holds. */
  idleInTransaction: 4_000,
  /** For a lock: longer than it takes to end whoever holds it idle, so that a booking behind a frozen act still goes on. */
  lock: 5_000,
  /** One statement of a page, a form, a notice: measured at a million movements they take half a second at most. */
  statement: 6_000,
  /** Until the client gives up an answer: only a server that cannot speak, or a commit that waits for its standby, is slower. */
  answer: 7_000,
  /** A whole transaction, from its begin to before its commit: an act holds the head of the ledger as long. */
  transaction: 8_000,
  /** A new connection. */
  connect: 4_000,
  /** A free connection for writing: with an answer, 14 s. */
  writersQueue: 7_000,
  /** A free connection for reading: a crowd may queue, nobody's money waits for it. */
  readersQueue: 10_000,
  /** A session whose locks others wait for beats this often ... */
  beat: 1_500,
  /** ... gives itself up when a beat is not answered in this time ... */
  beatAnswer: 3_000,
  /** ... and is ended by the server when it beats no more. */
  session: 6_000,
  /** Work that nobody waits for (migrations, the seed, checks) may be slow, but a frozen one lets go in the end. */
  unhurriedIdle: 60_000,
  /** Ending a connection politely, before it is cut. */
  goodbye: 1_000,
  /** TCP on the server's side, seconds: a silent peer is asked after 5 s, every 2 s, and gone after 3 times. */
  tcp: { idle: 5, interval: 2, count: 3 },
  /** Sent and not acknowledged for so long: the peer is gone. */
  tcpUnacknowledged: 10_000,
  /** TCP on our side: a silent server is asked after so long (Node then asks every second, ten times). */
  keepAliveAfter: 5_000,
} as const;

/**
 * What a connection is for. `reading`: pages, which take nothing that writing waits for; `writing`: all that changes
 * something; `session`: holds a lock beyond a transaction; `hearing`: listens; `unhurried`: work that nobody waits for.
 */
export type Use = "reading" | "writing" | "session" | "hearing" | "unhurried";

/** The settings of a connection as PostgreSQL names them, with their units. */
function serverSettings(use: Use): Readonly<Record<string, string>> {
  const hurried = use !== "unhurried";
  return {
    // No query here is worth compiling.
    jit: "off",
    tcp_keepalives_idle: `${LIMITS.tcp.idle}s`,
    tcp_keepalives_interval: `${LIMITS.tcp.interval}s`,
    tcp_keepalives_count: `${LIMITS.tcp.count}`,
    tcp_user_timeout: `${LIMITS.tcpUnacknowledged}ms`,
    idle_in_transaction_session_timeout: `${hurried ? LIMITS.idleInTransaction : LIMITS.unhurriedIdle}ms`,
    statement_timeout: hurried ? `${LIMITS.statement}ms` : "0",
    lock_timeout: hurried ? `${LIMITS.lock}ms` : "0",
    ...(use === "session" ? { idle_session_timeout: `${LIMITS.session}ms` } : {}),
    // So that a write that takes a reader's connection fails here and not in the night when writes wait.
    ...(use === "reading" ? { default_transaction_read_only: "on" } : {}),
  };
}

/** The settings of a use as libpq's `options`; what `more` says (an address, a role) comes behind them and so wins. */
export function connectionOptions(
  use: Use,
  ...more: readonly (string | null | undefined)[]
): string {
  const ours = Object.entries(serverSettings(use)).map(([name, value]) => `-c ${name}=${value}`);
  return [...ours, ...more].filter(Boolean).join(" ");
}

/** How many of a pool's connections are for reading; the others write. Waiting writes never take a reader's. */
export function readersOf(connections: number): number {
  return Math.max(1, Math.ceil(connections / 2));
}
