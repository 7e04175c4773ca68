/** The thread in which `spreadsheet.ts` has a long sheet put together: takes it as its data, answers the file. */
import { parentPort, workerData } from "node:worker_threads";

import type { Sheet } from "#app/domain/kernel/sheet.ts";

import { sheetBytes } from "./sheet-bytes.ts";

const bytes = await sheetBytes(workerData as Sheet);
parentPort?.postMessage(bytes, []);
