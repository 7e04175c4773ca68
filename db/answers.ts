/** What comes back from PostgreSQL, in time or not. */
import pg from "pg";

/**
 * The database did not answer in time. What was asked may be done all the same, now or later: whoever asks again must be
 * able to find that out (every way in has a key for it).
 */
export class NotAnswered extends Error {
  readonly code = "database.not-answered";
  constructor() {
    super("the database does not answer: whether it did what was asked is not known yet");
    this.name = "NotAnswered";
  }
}

/** A transaction took longer than it may hold what others wait for; it is rolled back. */
export class TookTooLong extends Error {
  readonly code = "database.took-too-long";
  constructor(milliseconds: number) {
    super(`the transaction took more than ${milliseconds} ms and is undone`);
    this.name = "TookTooLong";
  }
}

/** What `asked` answers, or `NotAnswered` after `most` milliseconds; it is not ended by that. */
export async function inTime<Value>(asked: Promise<Value>, most: number): Promise<Value> {
  if (most === Infinity) return asked;
  let late: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      asked,
      new Promise<never>((_, fail) => {
        late = setTimeout(() => fail(new NotAnswered()), most);
      }),
    ]);
  } finally {
    clearTimeout(late);
  }
}

/** What the driver said: Drizzle puts an error of its own around it. */
function told(error: unknown): unknown {
  const around = error instanceof Error && !("code" in error) && error.cause instanceof Error;
  return around ? told(error.cause) : error;
}

/** Whether an error says that the connection is gone (what ran then may have been committed), not that SQL was refused. */
export function connectionLost(thrown: unknown): boolean {
  const error = told(thrown);
  if (error instanceof NotAnswered) return true;
  if (error instanceof pg.DatabaseError) {
    // 25P03: ended by the server as idle in a transaction; 57P05: as a session that did not beat. What is fatal ends the
    // connection or refuses it, whatever its code: a database that takes none, too many, a password that was changed.
    return (
      /^(08|57P0[1-5]|25P0[34])/.test(error.code ?? "") ||
      /^(?:FATAL|PANIC)$/.test(error.severity ?? "")
    );
  }
  return (
    error instanceof Error &&
    (("code" in error && /^E[A-Z]{3,}$/.test(String(error.code))) ||
      /^Connection terminated|connection error and is not queryable|^Client was closed|timeout exceeded when trying to connect|^timeout expired/.test(
        error.message,
      ))
  );
}

/** Whether an error says that the server did not answer in time, unlike one that refuses. */
export function answersLate(thrown: unknown): boolean {
  const error = told(thrown);
  return (
    error instanceof NotAnswered ||
    (error instanceof Error &&
      /^timeout expired|timeout exceeded when trying to connect/.test(error.message))
  );
}

/** Whether a statement was refused for writing on a connection that only reads. */
export function refusedToReader(thrown: unknown): boolean {
  const error = told(thrown);
  return error instanceof pg.DatabaseError && error.code === "25006";
}

/** A key or code that somebody took meanwhile: looked at again, it is found. */
export function isUniqueViolation(error: unknown): boolean {
  return hasState(error, "23505");
}

/** Two writers in each other's way: one of them does it again. */
export function inTheWay(error: unknown): boolean {
  return hasState(error, "40001") || hasState(error, "40P01");
}

/** By either driver's error. */
function hasState(thrown: unknown, state: string): boolean {
  const error = told(thrown);
  return error instanceof Error && "code" in error && error.code === state;
}
