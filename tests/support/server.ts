import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The site as its own process, as `npm start` runs it. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** What it wrote to its log. */
  log(): string;
  /** End it well; answers its exit code. */
  stop(): Promise<number | null>;
  /** `kill -9`, as a power cut would. */
  kill(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const READY_MOST = 60_000;

/** Start `bin/serve.ts` in production mode as a demonstration and wait until it answers. */
export async function testServer(
  environment: Readonly<Record<string, string>>,
): Promise<TestServer> {
  for (let tries = 1; ; tries++) {
    try {
      return await serverAt(await freePort(), environment);
    } catch (error) {
      // Somebody took the port between our look and its start.
      if (tries === 5 || !String(error).includes("EADDRINUSE")) throw error;
    }
  }
}

async function serverAt(
  port: number,
  environment: Readonly<Record<string, string>>,
): Promise<TestServer> {
  const child = spawn(process.execPath, ["bin/serve.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: "production",
      DEMO: "1",
      PORT: String(port),
      LOG_LEVEL: "info",
      STOP_NOTICE: "0",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (part) => (text += part));
  child.stderr.on("data", (part) => (text += part));
  const url = `http://localhost:${port}`;
  await ready(child, url, () => text);
  return {
    url,
    port,
    log: () => text,
    stop: () => end(child, "SIGTERM"),
    kill: async () => void (await end(child, "SIGKILL")),
  };
}

async function ready(child: ChildProcess, url: string, log: () => string): Promise<void> {
  const last = Date.now() + READY_MOST;
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode}:\n${log()}`);
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > last) {
      child.kill("SIGKILL");
      throw new Error(`the server did not answer in time:\n${log()}`);
    }
    await pause(100);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, "exit") as Promise<[number | null]>;
  child.kill(signal);
  const [code] = await ended;
  return code;
}

/** A port that nobody listens on now, below those that systems give to outgoing connections. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 18_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, () => resolve(true));
    });
    if (!free) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}
