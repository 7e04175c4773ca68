import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { createContext } from "react-router";

/** Counters against flooding, per caller address and in the memory of this server. */
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
  const forms = new RateLimiterMemory({ points: FORMS_PER_MINUTE, duration: 60 });
  const misses = new RateLimiterMemory({ points: MISSES_PER_MINUTE, duration: 60 });
  return {
    formSent: async (address) => wait(forms.consume(address)),
    async mayLookUp(address) {
      const seen = await misses.get(address);
      return seen && seen.consumedPoints > MISSES_PER_MINUTE ? secondsOf(seen) : 0;
    },
    async lookUpMissed(address) {
      await wait(misses.consume(address));
    },
  };
}

export const rateLimitsContext = createContext<RateLimits>();

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
