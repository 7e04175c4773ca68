/** What a queue takes. */
export interface QueueLimits {
  readonly atOnce: number;
  /** Waiting of one person. */
  readonly perPerson: number;
  /** Waiting of all together. */
  readonly inAll: number;
}

/** Work that waits for its turn; `undefined` at once when no more may wait. */
export type FairQueue = <Value>(
  person: string,
  work: () => Promise<Value>,
) => Promise<Value> | undefined;

/** A few at once; the persons who wait take turns, so that one's many do not hold up another's one. */
export function fairQueue({ atOnce, perPerson, inAll }: QueueLimits): FairQueue {
  let running = 0;
  let waiting = 0;
  /** Whoever had a turn goes to the end. */
  const lines = new Map<string, (() => void)[]>();

  function next(): void {
    const [first] = lines;
    if (first === undefined || running >= atOnce) return;
    const [person, line] = first;
    const go = line.shift();
    lines.delete(person);
    if (line.length > 0) lines.set(person, line);
    waiting -= 1;
    running += 1;
    go?.();
  }

  return (person, work) => {
    const line = lines.get(person) ?? [];
    if (running >= atOnce && (line.length >= perPerson || waiting >= inAll)) return undefined;
    const turn = new Promise<void>((go) => line.push(go));
    lines.set(person, line);
    waiting += 1;
    next();
    return turn.then(work).finally(() => {
      running -= 1;
      next();
    });
  };
}
