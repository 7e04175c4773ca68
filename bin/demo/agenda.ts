import type { Seconds } from "#app/domain/kernel/calendar.ts";

interface Item {
  readonly at: Seconds;
  readonly n: number;
  readonly run: () => Promise<void>;
}

/** What happens when: acts run one after another in order of time, and may put further acts on the agenda. */
export interface Agenda {
  now(): Seconds;
  /** Do `run` at a moment; at the same moment in the order of asking. A moment that is past is done next. */
  add(at: Seconds, run: () => Promise<void>): void;
  /** Run until nothing is left up to `end`; answers how many acts there were. */
  runUntil(end: Seconds): Promise<number>;
}

/** An agenda whose clock shows the moment of the act that runs. */
export function agenda(start: Seconds): Agenda {
  const heap: Item[] = [];
  let clock = start;
  let asked = 0;
  return {
    now: () => clock,
    add(at, run) {
      asked += 1;
      push(heap, { at, n: asked, run });
    },
    async runUntil(end) {
      let done = 0;
      for (;;) {
        const next = heap[0];
        if (!next || next.at > end) return done;
        pop(heap);
        clock = Math.max(clock, next.at);
        await next.run();
        done += 1;
      }
    },
  };
}

function before(a: Item, b: Item): boolean {
  return a.at < b.at || (a.at === b.at && a.n < b.n);
}

function push(heap: Item[], item: Item): void {
  heap.push(item);
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!swapIfBefore(heap, at, parent)) return;
    at = parent;
  }
}

function pop(heap: Item[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  heap[0] = last;
  let at = 0;
  for (;;) {
    const left = at * 2 + 1;
    const right = left + 1;
    const l = heap[left];
    const r = heap[right];
    if (!l) return;
    const child = r && before(r, l) ? right : left;
    if (!swapIfBefore(heap, child, at)) return;
    at = child;
  }
}

function swapIfBefore(heap: Item[], lower: number, upper: number): boolean {
  const a = heap[lower];
  const b = heap[upper];
  if (!a || !b || !before(a, b)) return false;
  heap[lower] = b;
  heap[upper] = a;
  return true;
}
