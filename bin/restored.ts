/**
 * `node --env-file-if-exists=.env bin/restored.ts`: said once after an older state of the database was brought back on purpose. Writes
 * a signed word beside the heads: what was kept above the newest seal that is there now is given up. The word stays for good.
 */
import { headFolder } from "#app/adapters/heads.ts";
import { bookOf, lastSeal } from "#db/seals/chain.ts";

import { configuredEnvironment, openConfigured, stop } from "./configured.ts";

const environment = configuredEnvironment();
const heads = headFolder(environment.HEADS_DIRECTORY);
const db = await openConfigured(environment);
const book = await bookOf(db);
const seal = (await lastSeal(db))?.n ?? 0;
await db.close();
if (book === undefined) stop("The row of `book` is gone: this is no state of these books.");
const { heads: kept } = await heads.kept(book, seal);
if (kept.length === 0) stop(`No head above seal ${seal} was kept: there is nothing to give up.`);
await heads.keepRestored(book, seal, Math.floor(Date.now() / 1000));
console.log(
  `${kept.length} heads above seal ${seal} are given up. \`npm run check:data\` goes on from there.`,
);
