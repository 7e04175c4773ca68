/**
 * The line of those who ask for what nothing is kept for: a few at work, a bounded number waiting, and no caller takes
 * all of it.
 */
export interface MakingGate {
  /** Wait for a place; answers how to leave it, or undefined when there is none: come again later. */
  enter(caller: string): Promise<(() => void) | undefined>;
  readonly waiting: number;
}

/** How long somebody is kept waiting before being told to come again, milliseconds. */
const PATIENCE = 10_000;

interface Waiting {
  readonly caller: string;
  readonly begin: (leave: (() => void) | undefined) => void;
  readonly late: NodeJS.Timeout;
}

/** `atWork` at once, of one caller half of them; `most` wait, of one caller half of them. */
export function createMakingGate(options: {
  readonly atWork: number;
  readonly most: number;
  readonly refused: () => void;
}): MakingGate {
  const line: Waiting[] = [];
  const working = new Map<string, number>();
  let atWork = 0;
  const mostOfOne = Math.max(1, Math.ceil(options.atWork / 2));

  const of = (caller: string) => working.get(caller) ?? 0;
  const free = (caller: string) => atWork < options.atWork && of(caller) < mostOfOne;

  function begin(caller: string): () => void {
    atWork += 1;
    working.set(caller, of(caller) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      atWork -= 1;
      if (of(caller) === 1) working.delete(caller);
      else working.set(caller, of(caller) - 1);
      next();
    };
  }

  function next(): void {
    const at = line.findIndex(({ caller }) => free(caller));
    const [one] = at === -1 ? [] : line.splice(at, 1);
    if (!one) return;
    clearTimeout(one.late);
    one.begin(begin(one.caller));
  }

  return {
    enter(caller) {
      if (free(caller)) return Promise.resolve(begin(caller));
      const mine = line.reduce((sum, one) => sum + (one.caller === caller ? 1 : 0), 0);
      if (line.length >= options.most || mine >= options.most / 2) {
        options.refused();
        return Promise.resolve(undefined);
      }
      return new Promise((resolve) => {
        const late = setTimeout(() => {
          line.splice(line.indexOf(one), 1);
          options.refused();
          resolve(undefined);
        }, PATIENCE);
        const one: Waiting = { caller, begin: resolve, late };
        line.push(one);
      });
    },
    get waiting() {
      return line.length;
    },
  };
}
