/**
 * `npm run db:seed [-- --files DIR]`: the demonstration; replays the plan of 2022-2026 into the configured database, which
 * must be empty and was never live. `--files` keeps the bank files that were imported. The plan alone: `npm run db:plan`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { runAndKeep } from "#db/checks/kept-runs.ts";
import type { Database } from "#db/client.ts";
import { fileStore } from "#app/adapters/files/file-stores.ts";
import { pictureMaker } from "#app/adapters/files/picture-maker.ts";
import { headFolder } from "#app/adapters/heads.ts";
import { migrate } from "#db/migrate.ts";
import { replay } from "./demo/replay.ts";
import { wasLive } from "#db/stores/content-version.ts";
import { sealBooks } from "#db/seals/seal-books.ts";

import { configuredEnvironment, openConfigured, stop } from "./configured.ts";
import { isEmpty } from "./empty-books.ts";
import { furnishOffice } from "./demo/furnish-office.ts";
import { replayTools } from "./demo/replay-tools.ts";

const { values } = parseArgs({ options: { files: { type: "string" } } });

const LIVE = `This is a live book: the demonstration, whose people and gifts are invented, is never put into one, and what is
entered is never taken out again. Places, norms and offices are loaded by \`npm run db:plan\`. A site with invented data
is started with DEMO=1 on a database of its own.`;

const environment = configuredEnvironment();
if (environment.live) stop(LIVE);
const db = await openConfigured(environment, "owner");
try {
  await migrate(db);
  if (await wasLive(db)) stop(LIVE);
  await fill(db, values.files);
  await sealAndCheck(db);
} finally {
  await db.close();
}

/** The books as they begin: sealed, and looked at once, so that the public page has something to show. */
async function sealAndCheck(books: Database): Promise<void> {
  const now = () => Math.floor(Date.now() / 1000);
  const heads = headFolder(environment.HEADS_DIRECTORY);
  await sealBooks(books, now, heads);
  const report = await runAndKeep(books, "full", { now, heads });
  const broken = report?.results.filter(({ ok }) => !ok).map(({ name }) => name) ?? [];
  if (broken.length > 0) console.log(`Checks that do not hold: ${broken.join(", ")}.`);
}

async function fill(books: Database, files: string | undefined): Promise<void> {
  if (!(await isEmpty(books)))
    stop("The database already has entries; the replay needs an empty one.");
  if (files !== undefined) await mkdir(files, { recursive: true });
  const started = performance.now();
  const done = await replay(
    books,
    replayTools({
      registerKey: environment.REGISTER_KEY,
      files: { store: fileStore(environment), pictures: pictureMaker() },
      ...(files === undefined
        ? {}
        : { keepFile: (name: string, text: string) => writeFile(join(files, name), text) }),
    }),
  );
  await furnishOffice(books, environment);
  // The embedded database has no autovacuum: without this its planner believes the tables to be empty for ever.
  await books.script("analyze");
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `Replayed 2022-2026 in ${seconds} s: ${done.entries} entries, ${done.gifts} gifts, ${done.acts} acts.`,
  );
}
