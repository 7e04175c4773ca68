/** Counts since the start, and sizes now. */
export interface CacheFigures {
  hits: number;
  misses: number;
  /** Requests that shared another's making. */
  shared: number;
  evicted: number;
  bumps: number;
  /** Pages made anew while the last one was kept. */
  remade: number;
  /** Answers with a page that something has changed since. */
  stale: number;
  /** Answers with the last page because it could not be made anew, marked as such. */
  marked: number;
  /** Requests refused because too much was being made. */
  refused: number;
  /** Requests and pages that wait to be made, now. */
  readonly waiting: number;
  readonly pages: number;
  readonly bytes: number;
}

/** Figures that begin at nothing; what is there now is counted when somebody asks. */
export function createFigures(now: {
  readonly waiting: () => readonly { readonly waiting: number }[];
  readonly shelves: () => readonly { readonly size: number; readonly bytes: number }[];
}): CacheFigures {
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  return {
    hits: 0,
    misses: 0,
    shared: 0,
    evicted: 0,
    bumps: 0,
    remade: 0,
    stale: 0,
    marked: 0,
    refused: 0,
    get waiting() {
      return sum(now.waiting().map((one) => one.waiting));
    },
    get pages() {
      return sum(now.shelves().map((one) => one.size));
    },
    get bytes() {
      return sum(now.shelves().map((one) => one.bytes));
    },
  };
}
