import type { Db } from "#db/client.ts";
import { openPostgres } from "#db/postgres.ts";
import { migrate } from "#db/migrate.ts";
import { TRACE_BACK, TRACE_FORWARD, traceStore } from "#db/stores/trace.ts";
import { originPieces, restingPieces } from "#app/domain/ledger/trace.ts";

import { type Book, fillBook, fillLots, type Place } from "../book.ts";
import { LOTS_BACK } from "../book-sql.ts";
import type { Figure, GoalId } from "../goals.ts";
import type { Bench, Part } from "../part.ts";
import { openServer, type Server } from "../postgres.ts";
import { type Cell, interleaved, median } from "../rounds.ts";

const SMALLEST = 1e5;
const BY_KEY = `select entry, n, from_account, to_account, amount, from_lo, to_lo, animal
  from movement where entry = $1 and n = $2`;
/** Traces a cell; also how many gifts and animals are checked to the đồng. */
const TRACES = 300;

interface Shelf {
  readonly size: number;
  readonly db: ReturnType<typeof openPostgres>;
  readonly book: Book;
  readonly gifts: Awaited<ReturnType<Book["spentGifts"]>>;
  readonly animals: Place[];
  /** Buffers read for one trace forward and one back, mean. */
  readonly buffers: { forward: number; back: number };
}

/** T1 to T4: following a gift to its animals and an animal to its gifts, in books of rising size. */
export const trace: Part = async (bench) => {
  const server = await openServer(bench.port + 1);
  if (!server) {
    const note = "no PostgreSQL: set BENCH_DATABASE_URL, or install initdb and pg_ctl";
    return (["T1", "T2", "T3", "T4"] as const).map((id) => ({ id, note }));
  }
  const end = bench.onEnd(() => server.close());
  bench.say(server.about);
  const sizes = bench.large ? [SMALLEST, 1e6, 1e7] : [SMALLEST, 1e6];
  const shelves: Shelf[] = [];
  for (const size of sizes) shelves.push(await fill(bench, server, size));
  const figures = await measure(bench, shelves);
  for (const { db } of shelves) await db.close();
  await end();
  return figures;
};

async function fill(bench: Bench, server: Server, size: number): Promise<Shelf> {
  const begun = performance.now();
  const url = await server.createDatabase(`book_${size}`);
  const db = openPostgres(url, { max: 1, unhurried: true });
  await migrate(db);
  const book = await fillBook(db, size);
  const gifts = await book.spentGifts(TRACES);
  const animals = await book.animals(TRACES);
  await checkSums(db, gifts, animals);
  const buffers = {
    forward: await buffersOf(db, TRACE_FORWARD, gifts),
    back: await buffersOf(db, TRACE_BACK, animals),
  };
  if (size === SMALLEST) await fillLots(db);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  bench.say(
    `book of ${book.movements} movements in ${seconds} s; buffers a trace: ${JSON.stringify(buffers)}`,
  );
  return { size, db, book, gifts, animals, buffers };
}

/** Every gift must be found again whole in animals, every price whole in gifts: a fast wrong trace proves nothing. */
async function checkSums(
  db: Db,
  gifts: readonly Place[],
  animals: readonly Place[],
): Promise<void> {
  const { forward, back } = traceStore(db);
  for (const { code, account, lo, amount } of gifts) {
    const ends = restingPieces(await forward(account, { lo, length: amount }));
    const found = ends.reduce((sum, end) => sum + (end.animal ? end.amount : 0n), 0n);
    if (found !== amount) throw new Error(`gift ${code} of ${amount} became animals of ${found}`);
  }
  for (const { code, account, lo, amount } of animals) {
    const ends = originPieces(await back(account, { lo, length: amount }));
    const found = ends.reduce((sum, end) => sum + end.amount, 0n);
    if (found !== amount) throw new Error(`animal ${code} of ${amount} came from ${found}`);
  }
}

async function measure(bench: Bench, shelves: readonly Shelf[]): Promise<Figure[]> {
  const smallest = shelves[0]!;
  // Each pair alternates, question by question, so that other jobs on the machine slow both alike.
  const cells: Cell<{ ours: number; beside: number }>[] = [
    ...shelves.map(({ size, db, gifts }) => ({
      name: `forward ${size}`,
      run: () =>
        alternately(
          gifts,
          ({ account, lo, amount }) => traceStore(db).forward(account, { lo, length: amount }),
          ({ entry }) => db.rows(BY_KEY, [entry, 0]),
        ),
    })),
    {
      name: "largest, smallest",
      run: () => {
        const pairs = shelves
          .at(-1)!
          .gifts.map((large, at) => ({ large, small: smallest.gifts[at]! }));
        const ask = (db: Db, { account, lo, amount }: Place) =>
          traceStore(db).forward(account, { lo, length: amount });
        return alternately(
          pairs,
          ({ large }) => ask(shelves.at(-1)!.db, large),
          ({ small }) => ask(smallest.db, small),
        );
      },
    },
    {
      name: "back, lots",
      run: () =>
        alternately(
          smallest.animals,
          ({ account, lo, amount }) =>
            traceStore(smallest.db).back(account, { lo, length: amount }),
          ({ code }) => smallest.db.rows(LOTS_BACK, [code]),
        ),
    },
  ];
  // Statements prepared, code compiled, pages in memory.
  for (const cell of cells) await cell.run(0);
  const taken = await interleaved(bench.rounds, cells, bench.say);

  const most = shelves.at(-1)!;
  const pair = (id: GoalId, name: string, note: string): Figure => {
    const rounds = taken.get(name)!;
    const ratios = rounds.map(({ ours, beside }) => ours / beside);
    return {
      id,
      ours: `${median(rounds.map(({ ours }) => ours)).toFixed(2)} ms`,
      beside: `${median(rounds.map(({ beside }) => beside)).toFixed(2)} ms`,
      ratio: median(ratios),
      rounds: ratios,
      note,
    };
  };
  return [
    pair(
      "T1",
      `forward ${most.size}`,
      `Largest book: ${most.book.movements} movements, ${most.book.gifts} gifts. ${TRACES} gifts and ${TRACES} animals of each book were followed and summed to the đồng.`,
    ),
    pair("T2", "largest, smallest", `Smallest book: ${smallest.book.movements} movements.`),
    pair(
      "T3",
      "back, lots",
      "Beside: a ledger that splits lots (a row for each gift at each stage, a recursive query over parents) with the same story; both tell each step. Book: the smallest.",
    ),
    growth(shelves),
  ];
}

/** T4: the worst growth of buffers read between a book and the one ten times smaller. */
function growth(shelves: readonly Shelf[]): Figure {
  const steps = shelves
    .slice(1)
    .flatMap((shelf, at) => [
      shelf.buffers.forward / shelves[at]!.buffers.forward,
      shelf.buffers.back / shelves[at]!.buffers.back,
    ]);
  const words = (shelf: Shelf) =>
    `${shelf.buffers.forward.toFixed(1)} / ${shelf.buffers.back.toFixed(1)}`;
  return {
    id: "T4",
    ours: words(shelves.at(-1)!),
    beside: words(shelves.at(-2)!),
    ratio: Math.max(...steps),
    rounds: steps,
    note: `Buffers of \`explain (analyze, buffers)\`, mean of ${TRACES} traces forward / back; the ratio is the worst of all steps.`,
  };
}

async function buffersOf(db: Db, text: string, places: readonly Place[]): Promise<number> {
  let read = 0;
  for (const { account, lo, amount } of places) {
    const [row] = await db.rows<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }>(
      `explain (analyze, buffers, format json) ${text}`,
      [account, lo, amount],
    );
    const plan = row!["QUERY PLAN"][0].Plan;
    read += plan["Shared Hit Blocks"]! + plan["Shared Read Blocks"]!;
  }
  return read / places.length;
}

/** Median time of two ways to ask about each item, asked in turns, milliseconds. */
async function alternately<Item>(
  items: readonly Item[],
  ours: (item: Item) => Promise<unknown>,
  beside: (item: Item) => Promise<unknown>,
): Promise<{ ours: number; beside: number }> {
  const times = { ours: [] as number[], beside: [] as number[] };
  for (const item of items) {
    times.ours.push(await msOf(() => ours(item)));
    times.beside.push(await msOf(() => beside(item)));
  }
  return { ours: median(times.ours), beside: median(times.beside) };
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
