import { randomUUID } from "node:crypto";
import { readFileSync, unlinkSync } from "node:fs";
import { link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * The lock that PGlite does not take: one process at a time in a data folder.
 *
 *   .data/demo        the database
 *   .data/demo.lock   who has it: process number, its start, machine
 *
 * A holder that died (kill -9, power cut) leaves the file; the next process sees that nobody of that number and start
 * time lives and takes it over. Only one process may judge at a time, or two would take over from the same dead one.
 */

/** A held lock. */
export interface DirectoryLock {
  release(): Promise<void>;
}

interface Holder {
  readonly id: string;
  readonly pid: number;
  /** When the process started, in the system's own ticks; empty where the system does not tell. */
  readonly started: string;
  readonly host: string;
}

/** Another living process has the folder open. Its `message` is fit for a terminal. */
export class DirectoryInUse extends Error {
  override readonly name = "DirectoryInUse";
  readonly code = "EMBEDDED_IN_USE";
}

/** Longest time a judging process may take before it counts as dead, milliseconds. */
const JUDGING_MOST = 10_000;

/** Take the lock of the embedded database in `directory`; throws `DirectoryInUse` when a living process has it. */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = `${resolve(directory)}.lock`;
  await mkdir(dirname(path), { recursive: true });
  const me: Holder = {
    id: randomUUID(),
    pid: process.pid,
    started: await startOf(process.pid),
    host: hostname(),
  };
  while (!(await write(path, me))) {
    const holder = await read(path);
    if (holder && (await lives(holder))) throw inUse(directory, path, holder);
    await removeDead(path);
  }
  const atExit = () => unlinkOwn(path, me.id);
  process.once("exit", atExit);
  return {
    release: async () => {
      process.removeListener("exit", atExit);
      unlinkOwn(path, me.id);
    },
  };
}

async function write(path: string, holder: Holder): Promise<boolean> {
  // The judging folder keeps a new holder from slipping in between another's judgement and its removal.
  if (await exists(`${path}.judging`)) {
    await clearOld(`${path}.judging`);
    await pause(20);
    return false;
  }
  // Written aside and linked into place: whoever can see the lock can read it whole.
  const aside = `${path}.${holder.id}`;
  await writeFile(aside, JSON.stringify(holder));
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** The holder named in the file; undefined when the file is gone or damaged. */
async function read(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function lives(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
  }
  // A number comes round again; the start time does not.
  return (await startOf(holder.pid)) === holder.started;
}

async function removeDead(path: string): Promise<void> {
  const judging = `${path}.judging`;
  try {
    await mkdir(judging);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    await clearOld(judging);
    await pause(20);
    return;
  }
  try {
    const holder = await read(path);
    if (!holder || !(await lives(holder))) await rm(path, { force: true });
  } finally {
    await rm(judging, { recursive: true, force: true });
  }
}

async function clearOld(judging: string): Promise<void> {
  const found = await stat(judging).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > JUDGING_MOST) {
    await rm(judging, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** Start of a process in the system's ticks; empty where the system does not tell, and for one that has ended already. */
async function startOf(pid: number): Promise<string> {
  try {
    const line = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold blanks; state is field 3, start field 22, counted after it.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    // A zombie holds nothing but its number until its parent asks how it ended.
    return fields[0] === "Z" || fields[0] === "X" ? ENDED : (fields[19] ?? "");
  } catch {
    return "";
  }
}

/** No start time: it never equals a living holder's. */
const ENDED = "ended";

function unlinkOwn(path: string, id: string): void {
  try {
    const holder = JSON.parse(readFileSync(path, "utf8")) as Holder;
    if (holder.id === id) unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" && !(error instanceof SyntaxError)) throw error;
  }
}

function inUse(directory: string, path: string, holder: Holder): DirectoryInUse {
  const who =
    holder.host === hostname()
      ? `process ${holder.pid}`
      : `process ${holder.pid} on ${holder.host}`;
  return new DirectoryInUse(
    `The embedded database in ${directory} is in use by ${who}. It takes one process at a time: stop that one, ` +
      `or set DATABASE_URL to a PostgreSQL server. If no such process runs, remove ${path}.`,
  );
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | undefined)?.code;
}
