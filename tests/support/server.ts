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
  const port = await freePort();
  const child = spawn(process.execPath, ["bin/serve.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: "production",
      DEMO: "1",
      PORT: String(port),
      LOG_LEVEL: "info",
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

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
