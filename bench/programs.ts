import { spawn, type ChildProcess } from "node:child_process";
import { access, constants, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Folders looked through besides PATH: servers are often kept out of a user's PATH. */
const MORE_FOLDERS = [
  "/usr/sbin",
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/bin",
  "/opt/homebrew/bin",
];

/** Full path of a program on this machine; undefined when there is none. */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = [...(process.env.PATH ?? "").split(":"), ...MORE_FOLDERS];
  return firstExecutable(folders.map((folder) => join(folder, name)));
}

/** Full path of a program of PostgreSQL: newest of /usr/lib/postgresql first, then PATH. */
export async function findPostgresProgram(name: string): Promise<string | undefined> {
  const root = "/usr/lib/postgresql";
  const versions = await readdir(root).catch(() => [] as string[]);
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a));
  const own = newestFirst.map((version) => join(root, version, "bin", name));
  return (await firstExecutable(own)) ?? (await findProgram(name));
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Run a program to its end; killed after `seconds`. Its failure is an answer, not an exception. */
export function run(
  program: string,
  args: readonly string[],
  options: { seconds?: number; env?: NodeJS.ProcessEnv; cwd?: string; input?: string } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: options.env ?? process.env,
      cwd: options.cwd,
      stdio: ["pipe", "pipe", "pipe"],
      timeout: (options.seconds ?? 120) * 1000,
      killSignal: "SIGKILL",
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin.on("error", () => undefined).end(options.input ?? "");
  });
}

/** Run a program that has to succeed; answers what it printed. */
export async function mustRun(...args: Parameters<typeof run>): Promise<string> {
  const ran = await run(...args);
  if (ran.code !== 0) {
    throw new Error(
      `${args[0]} ${args[1].join(" ")} ended with ${ran.code}: ${ran.err || ran.out}`,
    );
  }
  return ran.out;
}

/** End a child process we started and wait until it is gone. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill(signal);
  const late = wait(5000, "late", { ref: false });
  if ((await Promise.race([gone, late])) === "late") {
    child.kill("SIGKILL");
    await gone;
  }
}

/** Pins a command to one processor where `taskset` exists; the plain command elsewhere. */
export async function onCore(core: number, command: readonly string[]): Promise<string[]> {
  const taskset = await findProgram("taskset");
  return taskset ? [taskset, "-c", String(core), ...command] : [...command];
}
