import type { Seen, Trouble } from "#app/domain/health/facts.ts";
import type { Seconds } from "#app/domain/kernel/calendar.ts";

/** How a look is shared. All times but `now` are milliseconds. */
export interface LookOptions {
  /** What was found is told again for so long. */
  readonly keptFor: number;
  /** And trouble for so long. */
  readonly troubleKeptFor: number;
  /** Longest wait of a caller. */
  readonly patience: number;
  /** A look without an answer is given up after so long, and begun anew by the next caller. */
  readonly givenUpAfter: number;
  readonly now: () => Seconds;
  troubleOf(error: unknown): Trouble;
}

/**
 * One look for all who ask: what was found lately is told again, those who come meanwhile wait for the look under way, and
 * nobody waits longer than `patience`. However often somebody asks and whatever hangs, one look is made at a time.
 */
export function sharedLook<Value>(
  look: (givenUp: AbortSignal) => Promise<Value>,
  options: LookOptions,
): () => Promise<Seen<Value>> {
  const { now, patience } = options;
  let last: { readonly seen: Seen<Value>; readonly at: number } | undefined;
  let under:
    | { readonly seen: Promise<Seen<Value>>; began: number; giveUp: AbortController }
    | undefined;
  let troubledSince: Seconds | undefined;

  function begin(): NonNullable<typeof under> {
    const giveUp = new AbortController();
    const began = performance.now();
    const seen = tried(look, giveUp.signal).then(
      (value): Seen<Value> => {
        troubledSince = undefined;
        return { state: "seen", value, milliseconds: Math.round(performance.now() - began) };
      },
      (error: unknown): Seen<Value> => {
        troubledSince ??= now();
        return { state: "failed", why: options.troubleOf(error), since: troubledSince };
      },
    );
    const run = { seen, began, giveUp };
    void seen.then((found) => {
      last = { seen: found, at: performance.now() };
      under = undefined;
    });
    return run;
  }

  function keptFor({ state }: Seen<Value>): number {
    return state === "seen" ? options.keptFor : options.troubleKeptFor;
  }

  function silent(): Seen<Value> {
    troubledSince ??= now();
    return { state: "silent", since: troubledSince };
  }

  return async () => {
    if (!under && last && performance.now() - last.at < keptFor(last.seen)) return last.seen;
    under ??= begin();
    const { seen, began, giveUp } = under;
    const waited = performance.now() - began;
    if (waited >= options.givenUpAfter) giveUp.abort();
    if (waited >= patience) return silent();
    return within(seen, patience - waited, silent);
  };
}

/** What comes of the work, or of its being given up, whichever is first. */
function tried<Value>(
  look: (givenUp: AbortSignal) => Promise<Value>,
  givenUp: AbortSignal,
): Promise<Value> {
  return new Promise((done, failed) => {
    givenUp.addEventListener("abort", () => failed(new GivenUp()), { once: true });
    look(givenUp).then(done, failed);
  });
}

/** A look that did not end in its time. */
export class GivenUp extends Error {
  override readonly name = "GivenUp";
}

async function within<Value>(
  promise: Promise<Value>,
  milliseconds: number,
  otherwise: () => Value,
): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(otherwise()), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
