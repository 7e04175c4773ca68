import { access, constants, mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** The folder of the embedded database cannot be written. Its `message` is fit for a terminal. */
export class FolderNotWritable extends Error {
  override readonly name = "FolderNotWritable";
  readonly code = "EMBEDDED_NOT_WRITABLE";
}

/**
 * Make the folder of the embedded database when it is not there, and see that the lock beside it and everything of the
 * database in it can be written: PGlite itself ends in the middle of its own source when it cannot. Throws
 * `FolderNotWritable`.
 */
export async function writableFolder(directory: string): Promise<void> {
  const folder = resolve(directory);
  const enter = constants.W_OK | constants.X_OK;
  let path = folder;
  try {
    await make(folder);
    path = dirname(folder);
    await access(path, enter);
    path = folder;
    await access(path, enter);
    // Such as what another user made who started the site once.
    for (const name of await readdir(folder)) {
      path = join(folder, name);
      await access(path, constants.W_OK);
    }
  } catch (error) {
    throw new FolderNotWritable(text(directory, path, codeOf(error)), { cause: error });
  }
}

/** Node's own recursive `mkdir` never ends behind a link that leads nowhere, nor below `/proc`. */
async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT" && dirname(folder) !== folder) {
      await make(dirname(folder));
      await mkdir(folder);
    } else if (codeOf(error) !== "EEXIST" || !(await stat(folder)).isDirectory()) {
      throw error;
    }
  }
}

/** What the system's codes mean here. */
const REASONS = new Map([
  ["EACCES", "this user may not write there"],
  ["EPERM", "this user may not write there"],
  ["EROFS", "its file system is read-only"],
  ["ENOSPC", "its disk is full"],
  ["ENOTDIR", "a part of the path is a file, not a folder"],
  ["EEXIST", "it is a file, or a symbolic link that leads nowhere"],
  ["ENOENT", "it cannot be made there, or is a symbolic link that leads nowhere"],
  ["ELOOP", "its symbolic links lead in a circle"],
]);

function text(directory: string, path: string, code: string): string {
  const reason = REASONS.get(code);
  return (
    `The embedded database in ${directory} cannot be opened: ${path} cannot be written` +
    `${reason === undefined ? "" : `, ${reason}`} (${code}). ` +
    "Give this user the folder, name another one in EMBEDDED_DIRECTORY, or set DATABASE_URL to a PostgreSQL server."
  );
}

function codeOf(error: unknown): string {
  return (error as { code?: string } | undefined)?.code ?? String(error);
}
