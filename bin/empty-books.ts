import type { Database } from "#db/client.ts";

/** Whether nothing was ever entered into these books, which must be migrated. */
export async function isEmpty(books: Database): Promise<boolean> {
  const rows = await books.rows<{ next_entry: bigint }>(`select next_entry from ledger_head`);
  return rows[0]?.next_entry === 1n;
}
