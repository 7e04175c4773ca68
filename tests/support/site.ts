import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { readEnvironment } from "#app/adapters/environment.ts";
import { createLog } from "#app/front/log.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Services } from "#app/domain/services.ts";
import type { Database } from "#db/client.ts";

import { compose, type Wiring } from "../../bin/compose.ts";
import { siteSettings } from "../../bin/site-settings.ts";
import { testDatabase } from "./database.ts";

/** The built application as a function of requests, over a database of its own. */
export interface TestSite {
  readonly origin: string;
  readonly app: (request: Request, client?: { readonly address: string }) => Promise<Response>;
  readonly services: Services;
  readonly db: Database;
  /** What broke while answering. */
  readonly errors: readonly unknown[];
  close(): Promise<void>;
}

interface Build {
  createApp(
    services: Services,
    options: {
      settings: ReturnType<typeof siteSettings>;
      logger: { error(error: unknown): void };
    },
  ): TestSite["app"];
}

const ORIGIN = "http://localhost:3000";

/** A site from `build/server` (made by `npm run build`) over a fresh database that `fill` fills. */
export async function siteOver(
  fill: (db: Database) => Promise<unknown>,
  wiring: Pick<Wiring, "mail" | "now"> = {},
): Promise<TestSite> {
  const { db, close } = await testDatabase();
  await fill(db);
  const environment = must(
    readEnvironment({ NODE_ENV: "test", LOG_LEVEL: "silent", CLOCK_PLAYED: "1" }),
  );
  const log = createLog({ level: "silent", process: "test" });
  const { services, stop } = await compose({ db, environment, log, ...wiring });
  // Through a computed address: the type checker has no business in the bundle.
  const { createApp } = (await import(
    pathToFileURL(resolve("build/server/index.js")).href
  )) as Build;
  const errors: unknown[] = [];
  const app = createApp(services, {
    settings: siteSettings(environment, ORIGIN),
    logger: { error: (error) => void errors.push(error) },
  });
  return {
    origin: ORIGIN,
    app,
    services,
    db,
    errors,
    async close() {
      await stop();
      await close();
    },
  };
}
