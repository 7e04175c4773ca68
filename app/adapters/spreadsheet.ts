import { once } from "node:events";
import { Worker } from "node:worker_threads";

import type { Sheet } from "#app/domain/kernel/sheet.ts";

/** Rows that are put together where one is, some 50 ms; more would hold up everybody else's requests. */
const FEW = 500;

/** A sheet as an XLSX file; a long one is put together in a thread of its own. */
export async function writeSheet(sheet: Sheet): Promise<Uint8Array> {
  if (sheet.rows.length <= FEW) {
    // Seldom wanted: not loaded at the start.
    const { sheetBytes } = await import("./sheet-bytes.ts");
    return sheetBytes(sheet);
  }
  const thread = new Worker(new URL("./sheet-thread.ts", import.meta.url), { workerData: sheet });
  try {
    const [bytes] = (await once(thread, "message")) as [Uint8Array];
    return bytes;
  } finally {
    await thread.terminate();
  }
}
