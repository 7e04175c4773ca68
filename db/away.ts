import { connectionLost } from "./answers.ts";

/**
 * Whether an error says that the database cannot do its work now: the connection is gone, it has run out of room,
 * memory or connections, or somebody stopped what it did. Wrapped errors are looked into.
 */
export function databaseAway(error: unknown): boolean {
  for (let one = error, deep = 0; one !== undefined && deep < 8; deep += 1) {
    if (connectionLost(one)) return true;
    if (!(one instanceof Error)) return false;
    // PostgreSQL, Appendix A: 08 connection, 53 resources, 55P03 lock, 57 intervention, 58 system.
    if ("code" in one && /^(?:08...|53...|55P03|57...|58...)$/.test(String(one.code))) return true;
    if (one instanceof AggregateError) return one.errors.some(databaseAway);
    one = one.cause;
  }
  return false;
}
