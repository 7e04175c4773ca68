import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { no, ok } from "#app/domain/kernel/result.ts";
import type { GiveWay } from "#app/domain/kernel/steps.ts";
import {
  MOST_IMPORT_COLUMNS,
  MOST_IMPORT_ROWS,
  type ReadBook,
} from "#app/domain/register/import-sheet.ts";

import { readBankCsvSteps } from "./bank-csv.ts";

/** A workbook that is not read by then is not read, milliseconds. */
const PATIENCE = 30_000;

/** Read spreadsheets: workbooks in a thread of their own, CSV in turns with whatever else this process does. */
export function bookReader(giveWay: GiveWay): ReadBook {
  return async (bytes, format) => {
    if (format === "xlsx") return inThread(bytes);
    const steps = readBankCsvSteps(bytes, MOST_IMPORT_ROWS);
    for (;;) {
      const step = steps.next();
      if (!step.done) {
        await giveWay();
        continue;
      }
      const { records, lines } = step.value;
      if (lines > MOST_IMPORT_ROWS) return no({ code: "import.too-many-rows" });
      const rows: string[][] = [];
      for (const { line, cells } of records) {
        while (rows.length < line - 1) rows.push([]);
        rows[line - 1] = cells.slice(0, MOST_IMPORT_COLUMNS);
      }
      return rows.length === 0
        ? no({ code: "import.unreadable" })
        : ok([{ name: "CSV", hidden: false, rows }]);
    }
  };
}

async function inThread(bytes: Uint8Array): Promise<Awaited<ReturnType<ReadBook>>> {
  const thread = new Worker(new URL("./workbook-thread.ts", import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  try {
    const [read] = (await once(thread, "message", { signal: AbortSignal.timeout(PATIENCE) })) as [
      Awaited<ReturnType<ReadBook>>,
    ];
    return read;
  } catch {
    // Out of memory or time: whatever it holds, it is no list of households.
    return no({ code: "import.unreadable" });
  } finally {
    await thread.terminate();
  }
}
