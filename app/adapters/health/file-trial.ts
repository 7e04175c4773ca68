import { statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import type { FileStore } from "#app/domain/files/ports.ts";
import { stagedName } from "#app/domain/files/stage-files.ts";
import type { FileStoreFacts } from "#app/domain/health/facts.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";

/** What came back is not what was written. */
export class NotKept extends Error {
  override readonly name = "NotKept";
}

/**
 * Write some bytes, read them again, remove them; answers what is free where the folder is. The name is that of a staged
 * file, so that a trial whose process died is tidied away like the files of a form that nobody finished.
 */
export async function tryFiles(
  store: FileStore,
  folder: string | undefined,
  trial: { readonly day: Day; readonly id: string },
): Promise<FileStoreFacts> {
  const name = stagedName(trial.day, `trial-${trial.id}`);
  const bytes = new TextEncoder().encode(trial.id);
  await store.put(name, bytes, "text/plain");
  const found = await (await store.get(name))?.bytes();
  await store.remove(name);
  if (!found || !Buffer.from(found).equals(bytes)) throw new NotKept(name);
  return { freeBytes: folder === undefined ? null : await freeBytes(resolve(folder)) };
}

/** Bytes that an ordinary user may still write where a folder is or will be made. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const parent = dirname(folder);
    if ((error as { code?: string }).code !== "ENOENT" || parent === folder) throw error;
    return freeBytes(parent);
  }
}
