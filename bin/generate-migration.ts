/**
 * `npm run db:generate -- --name what_changes`: the next migration, from what `db/schema` says beyond the last snapshot.
 * `--custom` begins an empty one, for what no schema says (triggers, rights, views). `--keep` writes no SQL: it only notes
 * that the last migration, written by hand, has brought the database to what the schema says.
 *
 * drizzle-kit answers 0 also where it asked something, got no answer and stopped, so what it wrote is looked at.
 */
import { spawnSync } from "node:child_process";
import { argv, execPath, exit } from "node:process";
import { fileURLToPath } from "node:url";

import {
  keepSnapshot,
  keptSnapshot,
  numberOn,
  saysTheSame,
  snapshotOfSchema,
} from "./schema-snapshot.ts";

const KIT = fileURLToPath(new URL("../node_modules/drizzle-kit/bin.cjs", import.meta.url));
const asked = argv.slice(2);

if (!asked.includes("--keep")) {
  await numberOn();
  const { status } = spawnSync(execPath, [KIT, "generate", ...asked], { stdio: "inherit" });
  if (status !== 0) exit(status ?? 1);
  if (!saysTheSame(await keptSnapshot(), await snapshotOfSchema())) {
    console.error(
      "Nothing was written: drizzle-kit asked something and got no answer. Run it in a terminal, where it can ask whether a column was renamed or is another one.",
    );
    exit(1);
  }
}
await keepSnapshot();
