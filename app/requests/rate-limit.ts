import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { createContext } from "react-router";

import { callerNames, WIDE_FACTOR } from "#app/domain/kernel/caller.ts";

/** Counters against flooding, per caller (`callerNames`) and in the memory of this server. */
export interface RateLimits {
  /** A form was sent. Seconds to wait when there were too many, else 0. */
  formSent(address: string): Promise<number>;
  /** Whether this caller has asked for too many codes that do not exist; seconds to wait, else 0. */
  mayLookUp(address: string): Promise<number>;
  /** A code that does not exist was asked for: only these count, following known gifts is free. */
  lookUpMissed(address: string): Promise<void>;
}

export const FORMS_PER_MINUTE = 120;
export const MISSES_PER_MINUTE = 60;

/** Make the counters of one server. */
export function createRateLimits(): RateLimits {
  const forms = counter(FORMS_PER_MINUTE);
  const misses = counter(MISSES_PER_MINUTE);
  return {
    formSent: (address) => forms.count(address),
    mayLookUp: (address) => misses.wait(address),
    lookUpMissed: async (address) => void (await misses.count(address)),
  };
}

export const rateLimitsContext = createContext<RateLimits>();

/** So many a minute for one caller, and more for a network that may hold many. */
function counter(points: number) {
  const one = new RateLimiterMemory({ points, duration: 60 });
  const wide = new RateLimiterMemory({ points: points * WIDE_FACTOR, duration: 60 });
  const asked = (address: string) => {
    const names = callerNames(address);
    return [
      { limiter: one, key: names.one },
      ...(names.wide === undefined ? [] : [{ limiter: wide, key: names.wide }]),
    ];
  };
  return {
    /** Count one; seconds to wait when there were too many, else 0. */
    async count(address: string): Promise<number> {
      const waits = asked(address).map(({ limiter, key }) => wait(limiter.consume(key)));
      return Math.max(...(await Promise.all(waits)));
    },
    /** Seconds to wait, without counting. */
    async wait(address: string): Promise<number> {
      const waits = asked(address).map(async ({ limiter, key }) => {
        const seen = await limiter.get(key);
        return seen && seen.consumedPoints > limiter.points ? secondsOf(seen) : 0;
      });
      return Math.max(...(await Promise.all(waits)));
    },
  };
}

async function wait(consumed: Promise<RateLimiterRes>): Promise<number> {
  try {
    await consumed;
    return 0;
  } catch (refusal) {
    // The library throws its answer, not an Error, when the points are used up.
    if (refusal instanceof Error) throw refusal;
    return secondsOf(refusal as RateLimiterRes);
  }
}

function secondsOf(answer: RateLimiterRes): number {
  return Math.max(1, Math.ceil(answer.msBeforeNext / 1000));
}
