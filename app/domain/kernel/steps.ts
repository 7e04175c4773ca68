/**
 * Long work on the one thread that everybody shares: it yields every few milliseconds, and whoever runs it lets others go
 * first there, or not.
 */
export type Steps<Value> = Generator<void, Value, void>;

/** Lets whatever else waits in this process go first. */
export type GiveWay = () => Promise<void>;

/** Do it at once: for what is known to be small. */
export function atOnce<Value>(steps: Steps<Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
