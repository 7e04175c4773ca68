import type { Seconds } from "./kernel/calendar.ts";
import type { Intake } from "./ledger/intake.ts";
import type { Ledger } from "./ledger/ports.ts";

/**
 * Everything the domain and the routes need from outside, by port. `bin/compose.ts` wires the real ones, tests their own.
 * Each port is declared in `<concept>/ports.ts` of its concept and added here.
 */
export interface Services {
  /** The clock: UTC seconds. Tests and the demonstration replay set it. */
  now(): Seconds;
  /** The books: post entries, follow numbers. */
  readonly ledger: Ledger;
  /** The way in for gifts shown by banks and gateways. Never inside `write`. */
  readonly intake: Intake;
  /** One database transaction: the services given to `work` write together or not at all. */
  write<Value>(work: (services: Services) => Promise<Value>): Promise<Value>;
}
