import type { PageQuery } from "./page-query.ts";
import { animalState } from "#app/domain/animals/animal-state.ts";
import type { Cell, Row } from "#app/domain/open-data/column.ts";
import { stateOfGift } from "#app/domain/open-data/donation-record.ts";
import type { OpenDataReading, OpenGift, TracedGift } from "#app/domain/open-data/ports.ts";
import type { CountedSet } from "#app/domain/open-data/overview.ts";
import { SET_NAMES, type SetName } from "#app/domain/open-data/sets.ts";
import { publishableCounts } from "#app/domain/open-data/small-cells.ts";

import { building } from "../building.ts";
import type { Db } from "../client.ts";
import { giftTraces } from "./gift-traces.ts";
import { COUNTS, GIFT_PAGE, HOUSEHOLDS, QUERIES } from "./open-data-queries.ts";
import { toldByList, toldInEvents } from "./told-households.ts";
import { stageTotals } from "./totals.ts";

/** Gifts of a page: each is traced. */
const GIFTS = 500;

/** What is published, read in pages by key; the same rows in the same order on both databases. */
export function openDataStore(db: Db): OpenDataReading {
  return {
    head: () => head(db),
    pages: (set, until) => pages(db, set, until),
    counted: (until) => counted(db, until),
    gift: (code, until) => gift(db, code, until),
  };
}

async function head(db: Db): Promise<number> {
  const { orm, t } = await building(db);
  const [row] = await orm.select({ next: t.ledgerHead.nextEntry }).from(t.ledgerHead);
  return (row?.next ?? 1) - 1;
}

async function* pages(db: Db, set: SetName, until: number): AsyncGenerator<readonly Row[]> {
  switch (set) {
    case "donations":
      return yield* giftPages(db, until);
    case "household_counts":
      return yield* countPages(db);
    case "households":
      return yield* householdPages(db);
    default:
      for await (const rows of keysetPages(db, QUERIES[set], until)) {
        yield await finished(db, set, rows);
      }
  }
}

/** Rows by which the length of a long table is judged. */
const FIRST = 100;

async function counted(db: Db, until: number): Promise<CountedSet[]> {
  const all: CountedSet[] = [];
  for (const set of SET_NAMES) {
    if (set === "households" || set === "household_counts") {
      // Lines of these are made of rows: short, as there is one for each household at most.
      const rows: Row[] = [];
      for await (const page of pages(db, set, until)) rows.push(...page);
      all.push({ set, rows: rows.length, first: rows.slice(0, FIRST) });
    } else if (set === "donations") {
      const { orm, t, op } = await building(db);
      const rows = await orm.$count(t.donation, op.lte(t.donation.entry, until));
      const { value = [] } = await giftPages(db, until, FIRST).next();
      all.push({ set, rows, first: value });
    } else {
      const query = QUERIES[set];
      // Without a limit of rows the statement of a page is the whole table's.
      const [row] = await db.rows<{ n: number }>(
        `select count(*)::int as n from (${query.text}) q`,
        [until, null, ...query.after.map(([, first]) => first)],
      );
      const { value = [] } = await keysetPages(db, { ...query, size: FIRST }, until).next();
      all.push({ set, rows: row?.n ?? 0, first: await finished(db, set, value) });
    }
  }
  return all;
}

async function* keysetPages(
  db: Db,
  query: PageQuery,
  until: number,
): AsyncGenerator<Row[], undefined> {
  let after: Cell[] = query.after.map(([, first]) => first);
  for (;;) {
    const rows = await db.rows<Row>(query.text, [until, query.size, ...after]);
    const last = rows.at(-1);
    if (last) {
      yield rows;
      after = query.after.map(([column]) => last[column] ?? null);
    }
    if (rows.length < query.size) return undefined;
  }
}

/** What the statement alone cannot say of a page. */
async function finished(db: Db, set: SetName, rows: readonly Row[]): Promise<readonly Row[]> {
  if (set === "animals") return rows.map(withAnimalState);
  if (set === "animal_events") {
    const told = await toldInEvents(db, rows);
    return rows.map((row) => ({
      ...row,
      household: told.get(String(row["household"])) ?? row["household"] ?? null,
    }));
  }
  if (set !== "campaigns") return rows;
  const totals = await stageTotals(
    db,
    rows.map(({ campaign }) => String(campaign)),
  );
  return rows.map((row) => ({ ...row, ...totals.get(String(row["campaign"])) }));
}

function withAnimalState(row: Row): Row {
  const state = animalState({
    species: String(row["species"]),
    undone: row["undone"] === true,
    events: String(row["events"]).split(" "),
  });
  return { ...row, state };
}

interface GiftRow extends Omit<OpenGift, "entry" | "receivedOn"> {
  entry: bigint;
  pledge: string | null;
  received_on: string;
}

async function* giftPages(
  db: Db,
  until: number,
  size: number = GIFTS,
): AsyncGenerator<readonly Row[], undefined> {
  let after = 0;
  for (;;) {
    const rows = await db.rows<GiftRow>(GIFT_PAGE, [until, after, size]);
    const traces = await giftTraces(
      db,
      rows.map(({ entry }) => Number(entry)),
      until,
    );
    if (rows.length > 0) {
      yield rows.map((row) => ({ ...row, ...stateOfGift(tracedGift(row, traces)) }));
    }
    if (rows.length < size) return undefined;
    after = Number(rows.at(-1)?.entry);
  }
}

function tracedGift(row: GiftRow, traces: Awaited<ReturnType<typeof giftTraces>>): TracedGift {
  const entry = Number(row.entry);
  const trace = traces.get(entry);
  if (!trace) throw new Error(`gift ${row.donation} has no trace`);
  const { donation, campaign, channel, account, lo, amount, received_on: receivedOn } = row;
  return { donation, entry, campaign, channel, account, lo, amount, receivedOn, ...trace };
}

async function gift(db: Db, code: string, until: number): Promise<TracedGift | undefined> {
  const [row] = await db.rows<GiftRow>(
    `select d.code as donation, d.entry, d.campaign, d.channel, a.code as account, d.lo, d.amount, d.pledge,
            d.received_on::text as received_on
       from donation d join account a on a.id = d.account_id where d.code = $1 and d.entry <= $2::bigint`,
    [code, until],
  );
  if (!row) return undefined;
  return tracedGift(row, await giftTraces(db, [Number(row.entry)], until));
}

interface HouseholdRow {
  household: string;
  commune: string;
  campaign: string;
  round: number;
  group: string;
}

/** A page a campaign: a line a household that is told by its code, a line for all others of a list. */
async function* householdPages(db: Db): AsyncGenerator<readonly Row[]> {
  const campaigns = await db.rows<{ campaign: string }>(
    `select distinct campaign collate "C" as campaign from household order by 1`,
  );
  for (const { campaign } of campaigns) {
    const rows = await db.rows<HouseholdRow>(HOUSEHOLDS, [campaign]);
    const told = await toldByList(
      db,
      rows.map(({ household }) => household),
    );
    const lines = Map.groupBy(rows, ({ household }) => told.get(household) ?? household);
    yield [...lines]
      .flatMap(([household, listed]) =>
        listed.slice(0, 1).map((row) => ({
          ...row,
          household,
          group: told.has(row.household) ? null : row.group,
          households: listed.length,
        })),
      )
      .toSorted((a, b) => (a.household < b.household ? -1 : 1));
  }
}

/** A row a list and category: few, whatever the number of households. */
async function* countPages(db: Db): AsyncGenerator<readonly Row[]> {
  type CountRow = Readonly<Record<"commune" | "campaign" | "category", string>> &
    Readonly<Record<"round" | "households", number>>;
  const rows = await db.rows<CountRow>(COUNTS);
  const lists = Map.groupBy(
    rows,
    ({ commune, campaign, round }) => `${commune} ${campaign} ${round}`,
  );
  const shown = [...lists.values()].flatMap((list) => {
    const kept = new Set(publishableCounts(list).map(({ category }) => category));
    return list.filter(({ category }) => kept.has(category));
  });
  if (shown.length > 0) yield shown.map((row) => ({ ...row }));
}
