/**
 * The ledger most people would write first: balances stored on account rows, two postings a transfer.
 * Two ways to write a transfer into it: a drizzle transaction with SELECT ... FOR UPDATE, and one SQL statement.
 * (The word "posting" is this rival's own; our ledger has movements.)
 */
import { asc, eq, inArray } from "drizzle-orm";
import { bigint, bigserial, integer, pgTable, text } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

const acct = pgTable("acct", {
  id: integer().primaryKey(),
  balance: bigint({ mode: "bigint" }).notNull(),
});

const transfer = pgTable("transfer", {
  id: bigserial({ mode: "number" }).primaryKey(),
  key: text().notNull().unique(),
  fromAcct: integer("from_acct").notNull(),
  toAcct: integer("to_acct").notNull(),
  amount: bigint({ mode: "bigint" }).notNull(),
});

const posting = pgTable("posting", {
  transfer: bigint({ mode: "number" }).notNull(),
  acct: integer().notNull(),
  amount: bigint({ mode: "bigint" }).notNull(),
  balanceAfter: bigint("balance_after", { mode: "bigint" }).notNull(),
});

export const ACCOUNTS = 10_000;
/** The account everybody pays into when the load is hot. */
export const HOT_ACCOUNT = 1;

const TABLES = `
  create table acct (id integer primary key, balance bigint not null default 0);
  create table transfer (
    id bigserial primary key,
    key text not null unique,
    from_acct integer not null references acct,
    to_acct integer not null references acct,
    amount bigint not null check (amount > 0)
  );
  create table posting (
    transfer bigint not null references transfer,
    acct integer not null references acct,
    amount bigint not null,
    balance_after bigint not null,
    primary key (transfer, acct)
  );
  create index on posting (acct);
  insert into acct (id) select generate_series(1, ${ACCOUNTS});
  analyze;`;

/** One transfer in one statement; parameters: key, from, to, amount. Rows are locked in id order by the index. */
function oneStatement(key: string, from: string, to: string, amount: string): string {
  return `with moved as (
      update acct set balance = balance + case when id = ${from} then -${amount}::bigint else ${amount}::bigint end
      where id in (${from}, ${to}) returning id, balance
    ), written as (
      insert into transfer (key, from_acct, to_acct, amount)
      values (${key}, ${from}, ${to}, ${amount}) returning id
    )
    insert into posting (transfer, acct, amount, balance_after)
    select written.id, moved.id,
      case when moved.id = ${from} then -${amount}::bigint else ${amount}::bigint end, moved.balance
    from written, moved`;
}

/** Script for `pgbench -f`: money from one random account to another. */
export const PGBENCH_SCRIPT = `\\set key random(1, 9000000000000000000)
\\set from random(1, ${ACCOUNTS / 2})
\\set to random(${ACCOUNTS / 2 + 1}, ${ACCOUNTS})
\\set amount random(1, 500)
${oneStatement("(:key)::text", "(:from)::integer", "(:to)::integer", "(:amount)::bigint")};
`;

export interface PlainLedger {
  /** One transfer by a drizzle transaction that locks both account rows. */
  naive(key: string, from: number, to: number, amount: bigint): Promise<void>;
  /** One transfer by one prepared statement of postgres.js. */
  oneStatement(key: string, from: number, to: number, amount: bigint): Promise<void>;
  /** How many things are wrong in the rival's books: a fast rival with false books would prove nothing. */
  mismatches(): Promise<number>;
  close(): Promise<void>;
}

/** Make the rival's tables in an empty database and open `connections` to it. */
export async function openPlainLedger(url: string, connections: number): Promise<PlainLedger> {
  const client = postgres(url, { max: connections, onnotice: () => undefined });
  await client.unsafe(TABLES).simple();
  const db = drizzle({ client });
  const text = oneStatement("$1", "$2::integer", "$3::integer", "$4::bigint");
  return {
    naive: (key, from, to, amount) =>
      db.transaction(async (tx) => {
        const seen = await tx.select().from(transfer).where(eq(transfer.key, key));
        if (seen.length > 0) return;
        const rows = await tx
          .select()
          .from(acct)
          .where(inArray(acct.id, [from, to]))
          .orderBy(asc(acct.id))
          .for("update");
        const before = new Map(rows.map((row) => [row.id, row.balance]));
        const fromAfter = before.get(from)! - amount;
        const toAfter = before.get(to)! + amount;
        const [written] = await tx
          .insert(transfer)
          .values({ key, fromAcct: from, toAcct: to, amount })
          .returning({ id: transfer.id });
        await tx.insert(posting).values([
          { transfer: written!.id, acct: from, amount: -amount, balanceAfter: fromAfter },
          { transfer: written!.id, acct: to, amount, balanceAfter: toAfter },
        ]);
        await tx.update(acct).set({ balance: fromAfter }).where(eq(acct.id, from));
        await tx.update(acct).set({ balance: toAfter }).where(eq(acct.id, to));
      }),
    async oneStatement(key, from, to, amount) {
      await client.unsafe(text, [key, from, to, amount.toString()], { prepare: true });
    },
    async mismatches() {
      const [row] = await client<{ wrong: number }[]>`
        select (
          (select count(*) from acct a
            where balance <> coalesce((select sum(amount) from posting p where p.acct = a.id), 0))
          + (select count(*) from (select 1 from posting group by transfer having sum(amount) <> 0) t)
          + (select count(*) from transfer t
            where (select count(*) from posting p where p.transfer = t.id) <> 2)
        )::integer as wrong`;
      return row!.wrong;
    },
    close: () => client.end({ timeout: 5 }),
  };
}
