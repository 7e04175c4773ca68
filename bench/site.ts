import { cp, mkdir, mkdtemp, readdir, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { mustRun } from "./programs.ts";
import { startWebServer, type WebServer } from "./web-server.ts";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const REACT_ROUTER = join(ROOT, "node_modules/.bin/react-router");

/** The made-up merchant of the bench's gateway notices. */
export const MERCHANT = { tmnCode: "BENCH001", secret: "bench-secret-of-32-signs-0123456" };

/** Build the site when its build is missing or older than what it is made of. */
export async function buildSite(): Promise<void> {
  const built = await newest(join(ROOT, "build"));
  const sources = ["app", "locales", "public", "package-lock.json", "vite.config.ts"];
  const changed = Math.max(...(await Promise.all(sources.map((name) => newest(join(ROOT, name))))));
  if (built > changed) return;
  await mustRun("npm", ["run", "build"], { cwd: ROOT, seconds: 180, env: production() });
}

/** Replay the demonstration into an empty database (an address, or a folder for the embedded one). */
export async function seed(target: { url: string } | { directory: string }): Promise<void> {
  await mustRun(process.execPath, [join(ROOT, "bin/seed.ts")], {
    cwd: ROOT,
    seconds: 400,
    env: { ...production(), DEMO: "1", ...databaseOf(target) },
  });
}

/** Start our own site as `npm start` does. */
export function startOurs(
  target: { url: string } | { directory: string },
  options: { port: number; pinned?: boolean; cache?: boolean },
): Promise<WebServer> {
  return startWebServer([process.execPath, join(ROOT, "bin/serve.ts")], {
    ...options,
    cwd: ROOT,
    env: {
      PORT: String(options.port),
      HOST: "127.0.0.1",
      PUBLIC_URL: `http://127.0.0.1:${options.port}`,
      DEMO: "1",
      LOG_LEVEL: "error",
      VNPAY_TMN_CODE: MERCHANT.tmnCode,
      VNPAY_HASH_SECRET: MERCHANT.secret,
      VNPAY_PAY_URL: `http://127.0.0.1:${options.port}/nowhere`,
      ...(options.cache === false ? { PAGE_CACHE_BYTES: "0" } : {}),
      ...databaseOf(target),
    },
  });
}

/** Build the minimal React Router application in a temporary folder; answers the folder. */
export async function buildMinimal(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ketnghia-bench-minimal-"));
  await cp(join(ROOT, "bench/minimal"), folder, { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await mkdir(join(folder, "public"), { recursive: true });
  await mustRun(REACT_ROUTER, ["build"], { cwd: folder, seconds: 120, env: production() });
  return folder;
}

/** Start the minimal application. */
export function startMinimal(
  folder: string,
  options: { port: number; pinned?: boolean },
): Promise<WebServer> {
  return startWebServer([process.execPath, join(folder, "server.ts"), String(options.port)], {
    ...options,
    cwd: folder,
  });
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

function databaseOf(target: { url: string } | { directory: string }): Record<string, string> {
  return "url" in target
    ? { DATABASE_URL: target.url, DATABASE_ROLE: "" }
    : { DATABASE_URL: "", EMBEDDED_DIRECTORY: target.directory };
}

function production(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: "production" };
}

/** When the newest file under `path` was changed; 0 when there is none. */
async function newest(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const times = await Promise.all(
    files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs),
  );
  return Math.max(0, ...times);
}
