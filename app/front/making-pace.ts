/**
 * How much of our time may go into making pages anew that something is kept for.
 *
 * While few ask, a page is made before its first reader after a change is answered, as long as that takes no more than
 * half of the time. When many ask, every millisecond of making is one that all of them wait: then an eighth of the time
 * goes into it, and the last page is sent meanwhile.
 */
export interface MakingPace {
  /** A request was answered or is going to be. */
  asked(): void;
  /** Few ask, and there is time: whoever asks for a page that is out of date can wait for the new one. */
  unhurried(): boolean;
  /** Milliseconds until the next making may begin; 0 means now. */
  untilNext(): number;
  /** A making took so many milliseconds. */
  spent(milliseconds: number): void;
}

/** Requests a second up to which we call it few: sent from what is kept, so many take a twentieth of the time. */
export const FEW = 400;
/** Shares of the time, and the most that is saved up, milliseconds. */
const UNHURRIED = { share: 0.5, most: 10_000 };
const BUSY = { share: 0.12, most: 300 };

/** A pace by a clock of milliseconds that never goes back. */
export function createMakingPace(now: () => number = () => performance.now()): MakingPace {
  const slow = bucket(UNHURRIED, now);
  const busy = bucket(BUSY, now);
  let second = 0;
  let before = 0;
  let current = 0;

  function turn(): number {
    const at = now() / 1000;
    const whole = Math.floor(at);
    if (whole !== second) {
      before = whole === second + 1 ? current : 0;
      current = 0;
      second = whole;
    }
    return at - whole;
  }

  /** Requests in the last second, about. */
  function rate(): number {
    const part = turn();
    return before * (1 - part) + current;
  }

  return {
    asked() {
      turn();
      current += 1;
    },
    unhurried: () => rate() <= FEW && slow.left() > 0,
    untilNext: () => (rate() <= FEW ? slow : busy).wait(),
    spent(milliseconds) {
      slow.take(milliseconds);
      busy.take(milliseconds);
    },
  };
}

function bucket({ share, most }: { share: number; most: number }, now: () => number) {
  let left = most;
  let at = now();
  const fill = () => {
    const time = now();
    left = Math.min(most, left + (time - at) * share);
    at = time;
    return left;
  };
  return {
    left: fill,
    wait: () => (fill() > 0 ? 0 : Math.ceil(-left / share) + 1),
    /** What is owed is bounded too: one very long making must not stop all others for hours. */
    take(milliseconds: number) {
      left = Math.max(fill() - milliseconds, -most * 4);
    },
  };
}
