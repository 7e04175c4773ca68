/**
 * `node bin/open-evidence.ts <digest> [file to write]`: open the evidence behind a public digest for somebody entitled to
 * it (transparency-log.md 5). Prints the salt and writes the bytes; whoever has both recomputes the digest:
 *
 *   (printf "$SALT" | xxd -r -p; cat FILE) | sha256sum
 */
import { writeFile } from "node:fs/promises";

import { fileStore } from "#app/adapters/files/file-stores.ts";
import { sha256Hex } from "#app/adapters/sha256.ts";
import { digestOf } from "#app/domain/acts/paper.ts";
import { building } from "#db/building.ts";

import { configuredEnvironment, openConfigured, stop } from "./configured.ts";

const [digest = "", target] = process.argv.slice(2);
if (!/^[0-9a-f]{64}$/.test(digest)) {
  stop("Which digest? 64 signs 0-9a-f: node bin/open-evidence.ts <digest> [file to write]");
}
const environment = configuredEnvironment();
const db = await openConfigured(environment);
const { orm, t, op } = await building(db);
const [opening] = await orm.select().from(t.opening).where(op.eq(t.opening.digest, digest));
await db.close();
if (!opening) stop("Nothing opens this digest: there is no such evidence, or it was erased.");

const { content, blob } = opening;
const salt = Buffer.from(opening.salt).toString("hex");
const bytes = content ?? (await (await fileStore(environment).get(blob ?? ""))?.bytes());
if (!bytes) stop("The salt is there, the bytes are not: look into the file store and its backups.");
const agrees = digestOf({ sha256: sha256Hex }, salt, bytes) === digest;
const file = target ?? `${digest}.bin`;
await writeFile(file, bytes, { flag: "wx" });
process.stdout.write(
  `salt   ${salt}\nfile   ${file}\nbytes  ${bytes.length}\ndigest ${agrees ? "agrees" : "DOES NOT AGREE"}\n`,
);
if (!agrees) process.exitCode = 1;
