import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

import { type Environment, readEnvironment } from "#app/adapters/environment.ts";
import { gatewayConfigs } from "#app/adapters/gateways.ts";
import { createLog } from "#app/front/log.ts";
import type { Mail } from "#app/domain/letters/ports.ts";
import type { Services } from "#app/domain/services.ts";
import type { Database } from "#db/client.ts";
import { openPostgres } from "#db/postgres.ts";

import { compose } from "../../bin/compose.ts";
import { openConfigured } from "../../bin/configured.ts";
import { siteSettings } from "../../bin/site-settings.ts";
import { siteSource, type Source } from "../outside/source.ts";
import { demonstration } from "./demonstration.ts";

/** The built application as a function of a request, over a copy of the demonstration. */
export interface TestApp {
  readonly services: Services;
  readonly db: Database;
  /** Folder of the heads of its books. */
  readonly heads: string;
  /** What broke while answering; a test that expects nothing broken looks here. */
  readonly errors: readonly unknown[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Send a form, as a browser without script does. */
  post(
    path: string,
    form: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** SQL as the owner of the tables, for what no page of ours can bring about. */
  asOwner(script: string): Promise<void>;
  /** Any request at all; from another address each time, unless one is named. */
  ask(path: string, init: RequestInit, address?: string): Promise<Response>;
  close(): Promise<void>;
}

export const ORIGIN = "http://localhost:3000";

interface Build {
  createApp(
    services: Services,
    options: {
      settings: ReturnType<typeof siteSettings>;
      logger: { error(error: unknown, facts: object): void };
    },
  ): (request: Request, client?: { address: string }) => Promise<Response>;
}

/** Where the gateways' stand-ins answer, and the clock, for tests that play them. */
export interface Played {
  /** Address of the stand-ins and of our hooks, without a closing slash. */
  readonly gateways?: string;
  readonly now?: () => number;
  /** Takes the letters, where their links matter. */
  readonly mail?: Mail;
  /** Address that every request comes from, where it matters. */
  readonly caller?: string;
}

/** Put the build together with a copy of the demonstration. Run `npm run build` first. */
export async function app(
  variables: Record<string, string> = {},
  played: Played = {},
): Promise<TestApp> {
  const copy = await demonstration();
  const environment = environmentOf({ ...copy.environment, ...variables });
  const db = await openConfigured(environment);
  const log = createLog({ level: "silent", process: "test" });
  const gateways = gatewayConfigs(environment, played.gateways ?? ORIGIN);
  const { now, mail } = played;
  const composed = await compose({
    db,
    environment,
    log,
    gateways,
    ...(now ? { now } : {}),
    ...(mail ? { mail } : {}),
  });
  const errors: unknown[] = [];
  const build = await built();
  const answer = build.createApp(composed.services, {
    settings: siteSettings(environment, ORIGIN),
    logger: { error: (error) => void errors.push(error) },
  });
  // Each test is another caller, or the limit of one would stop the next.
  let callers = 0;
  const ask = (path: string, init: RequestInit, address = played.caller) => {
    callers += 1;
    return answer(new Request(ORIGIN + path, init), {
      address: address ?? `192.0.2.${callers % 250}`,
    });
  };
  return {
    services: composed.services,
    db,
    heads: environment.HEADS_DIRECTORY,
    errors,
    ask,
    asOwner: (script) => scriptAsOwner(environment, db, script),
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, form, headers = {}) =>
      ask(path, {
        method: "POST",
        body: new URLSearchParams(form),
        headers: { origin: ORIGIN, host: "localhost:3000", ...headers },
      }),
    async close() {
      await composed.stop();
      await db.close();
      await copy.remove();
    },
  };
}

async function scriptAsOwner(
  { DATABASE_URL: url }: Environment,
  db: Database,
  script: string,
): Promise<void> {
  if (url === undefined) return db.script(script);
  const owner = openPostgres(url, { max: 2, unhurried: true });
  try {
    await owner.script(script);
  } finally {
    await owner.close();
  }
}

/** The site as the outside script reads it. */
export function outsiderOf(site: Pick<TestApp, "get">): Source {
  return siteSource(ORIGIN, ({ pathname, search }) => site.get(pathname + search));
}

function environmentOf(variables: Record<string, string>): Environment {
  const read = readEnvironment({
    NODE_ENV: "production",
    DEMO: "1",
    CLOCK_PLAYED: "1",
    ...variables,
  });
  if (!read.ok) throw new Error(read.problem.lines.join("\n"));
  return read.value;
}

/** Through an address made while running, or the type checker would read the bundle. */
async function built(): Promise<Build> {
  const file = fileURLToPath(new URL("../../build/server/index.js", import.meta.url));
  if (!existsSync(file)) throw new Error("run `npm run build` first");
  process.env["NODE_ENV"] = "production";
  return (await import(pathToFileURL(file).href)) as Build;
}
