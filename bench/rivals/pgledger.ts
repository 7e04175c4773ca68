import { readFile } from "node:fs/promises";

import postgres from "postgres";

/**
 * pgledger (pgr0ss/pgledger), which we do not carry: `PGLEDGER_SQL` names its file, or several with commas between
 * (its `uuid_to_ulid` function comes from another file), in the order to run them.
 */
export async function installPgledger(url: string): Promise<string | undefined> {
  const files = process.env.PGLEDGER_SQL?.split(",").filter((name) => name !== "");
  if (!files || files.length === 0) return undefined;
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    for (const file of files) await client.unsafe(await readFile(file, "utf8")).simple();
    const accounts = await client<{ id: string }[]>`
      select (pgledger_create_account('account ' || n, 'VND')).id from generate_series(1, 1001) n`;
    await client
      .unsafe(`
      create table bench_payer (n integer primary key, account text not null);
      analyze`)
      .simple();
    const payers = accounts.slice(1).map((row, n) => ({ n: n + 1, account: row.id }));
    await client`insert into bench_payer ${client(payers)}`;
    const hot = accounts[0]!.id;
    return `\\set payer random(1, ${payers.length})
select * from pgledger_create_transfer((select account from bench_payer where n = :payer), '${hot}', 100);
`;
  } finally {
    await client.end({ timeout: 5 });
  }
}
