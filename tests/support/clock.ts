/**
 * Tests over the demonstration live on the morning after its last day, whatever the day is: its campaigns end, its
 * statements fall due, and what a test may do would change with the calendar. Loaded before anything else by the test
 * files (`setupFiles`) and, through `NODE_OPTIONS`, by every process they start; all of them share one difference.
 */
import { fileURLToPath } from "node:url";

/** 09:00 in Việt Nam on the day after the last act of the replay. */
const BEGINS = Date.UTC(2026, 10, 23, 2);
const SHIFT = "TEST_CLOCK_SHIFT";

/** Set where it was done: a test file is loaded in a process that may have been started with it. */
const DONE = Symbol.for("ketnghia.test-clock");

const RealDate = globalThis.Date;
const shift = Number((process.env[SHIFT] ??= String(BEGINS - RealDate.now())));
const now = () => RealDate.now() + shift;

if (!(DONE in globalThis)) {
  Object.assign(globalThis, { [DONE]: true });
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, made) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, made) as object,
    get: (target, name) => (name === "now" ? now : (Reflect.get(target, name) as unknown)),
  });
}

// It fits no database's, so processes are told not to compare it.
process.env["CLOCK_PLAYED"] = "1";
const loads = `--import=${fileURLToPath(import.meta.url)}`;
const options = process.env["NODE_OPTIONS"] ?? "";
if (!options.includes(loads)) process.env["NODE_OPTIONS"] = `${options} ${loads}`.trim();
