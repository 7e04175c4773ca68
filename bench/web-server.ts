import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

import { onCore, run, stop } from "./programs.ts";

/** A web server in a process of its own. */
export interface WebServer {
  readonly url: string;
  /** From exec to the first answer 200, milliseconds. */
  readonly startMs: number;
  /** Memory in use now, bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Processor for servers under load; the load runs on the other one. */
const SERVER_CORE = 0;

/** Run `command` and wait until `path` answers 200 at `port`. Pinned to one processor when `pinned`. */
export async function startWebServer(
  command: readonly string[],
  options: {
    port: number;
    path?: string;
    pinned?: boolean;
    cwd?: string;
    env?: Record<string, string>;
    seconds?: number;
  },
): Promise<WebServer> {
  const url = `http://127.0.0.1:${options.port}`;
  if ((await statusNow(url)) !== 0) throw new Error(`port ${options.port} is taken`);
  const [program, ...args] = options.pinned ? await onCore(SERVER_CORE, command) : command;
  const begun = performance.now();
  const child = spawn(program!, args, {
    cwd: options.cwd,
    env: { ...process.env, NODE_ENV: "production", ...options.env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = (complaints + text).slice(-4000);
  });
  const until = begun + (options.seconds ?? 60) * 1000;
  try {
    while ((await statusNow(url + (options.path ?? "/"))) !== 200) {
      if (child.exitCode !== null) throw new Error(`${command.join(" ")} ended: ${complaints}`);
      if (performance.now() > until)
        throw new Error(`${command.join(" ")} did not answer: ${complaints}`);
      await wait(4);
    }
  } catch (error) {
    await stop(child, "SIGKILL");
    throw error;
  }
  const startMs = performance.now() - begun;
  return { url, startMs, memory: () => memoryOf(child), stop: () => stop(child) };
}

function statusNow(url: string): Promise<number> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0)).on("error", () => resolve(0));
    }).on("error", () => resolve(0));
  });
}

async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const found = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  if (found) return Number(found) * 1024;
  const { out } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(out.trim()) * 1024;
}
