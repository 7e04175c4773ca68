/** The thread in which `read-book.ts` has a workbook read: takes its bytes as its data, answers its sheets. */
import { parentPort, workerData } from "node:worker_threads";

import { workbookSheets } from "./workbook-bytes.ts";

parentPort?.postMessage(workbookSheets(workerData as Uint8Array), []);
