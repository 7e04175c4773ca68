import { createContext } from "react-router";

/** What went wrong while one answer was made, as far as it changes the answer. */
export interface Outage {
  /** Told of every error. */
  saw(error: unknown): void;
  /** What pages are made from is away: "come again", not "we are broken". */
  readonly away: boolean;
}

export const outageContext = createContext<Outage>();

/** Seconds after which it is worth trying again. */
export const TRY_AGAIN = "5";

/** Nothing seen yet; `isAway` tells errors that mean so. */
export function watchOutage(isAway: (error: unknown) => boolean): Outage {
  let away = false;
  return {
    saw(error) {
      away ||= isAway(error);
    },
    get away() {
      return away;
    },
  };
}
