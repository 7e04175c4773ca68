import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Environment } from "#app/adapters/environment.ts";
import { headFolder } from "#app/adapters/heads.ts";
import { gatewayConfigs } from "#app/adapters/gateways.ts";
import { type Answer, createListener } from "#app/front/listener.ts";
import type { Log } from "#app/front/log.ts";
import { createMetrics } from "#app/front/metrics.ts";
import { smtpMail } from "#app/adapters/mail/smtp.ts";
import { createPageCache } from "#app/front/page-cache.ts";
import { payerMarks } from "#app/adapters/payer-marks.ts";
import { type StaticFiles, staticFiles } from "#app/front/static-files.ts";
import { LARGEST_UPLOAD } from "#app/domain/files/file-rules.ts";
import { readGiftMark } from "#app/domain/payments/gift-mark.ts";
import type { Topic } from "#app/domain/published/topics.ts";
import type { Services } from "#app/domain/services.ts";
import { isOfficePath } from "#app/i18n/office-paths.ts";
import { databaseAway } from "#db/away.ts";
import type { Database } from "#db/client.ts";
import { campaignAddresses } from "#db/stores/campaigns.ts";
import { isDemonstration } from "#db/stores/content-version.ts";
import { jobRunStore } from "#db/stores/job-runs.ts";
import { watchVersions } from "#db/version-watch.ts";

import { compose } from "./compose.ts";
import { stop } from "./configured.ts";
import { freePort, listen } from "#app/front/http-server.ts";
import { jobsOf, makeKnown, runByTimer, sealNow, takeUpLeft } from "./jobs.ts";
import { keptPages } from "#app/front/kept-pages.ts";
import { siteSettings } from "./site-settings.ts";

/** What the application's build gives (`app/server.ts`). */
interface Build {
  createApp(
    services: Services,
    options: {
      settings: ReturnType<typeof siteSettings>;
      logger: ErrorLogger;
      isAway: (error: unknown) => boolean;
    },
  ): Answer;
}

interface ErrorLogger {
  error(error: unknown, facts: Readonly<Record<string, string | number>>): void;
}

/** Where the application comes from: the build, or in development Vite. */
interface Source {
  readonly answer: (make: (build: Build) => Answer) => Promise<Answer>;
  readonly files: StaticFiles;
  close(): Promise<void>;
}

/** A running site. */
export interface Site {
  /** Address to open in a browser. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Start the whole site over an open, migrated database. */
export async function startSite(environment: Environment, db: Database, log: Log): Promise<Site> {
  const port = environment.PORT === 0 ? await freePort() : environment.PORT;
  const address = environment.PUBLIC_URL ?? `http://localhost:${port}`;
  const marks = payerMarks(environment.ACCOUNTS_SECRET);
  const cache = createPageCache({
    maxBytes: environment.PAGE_CACHE_BYTES,
    giftOf: (cookies) => readGiftMark(marks, cookies),
  });
  const localAddress = `http://${reachable(environment.HOST)}:${port}`;
  const gateways = gatewayConfigs(environment, address, localAddress);
  const stage = await stageOf(environment);
  const post = environment.standIns.mail
    ? await stage?.mailStandIn(() => Math.floor(Date.now() / 1000))
    : undefined;
  const composed = await compose({
    db,
    environment,
    log,
    gateways,
    address,
    ...(post ? { mail: smtpMail({ url: post.url, from: STAND_IN_SENDER }) } : {}),
    changed: (topics) => cache.touch(topics),
  });
  const campaigns = await campaignsByAddress(db, (error) =>
    log.warn({ err: error }, "cannot read the addresses of campaigns"),
  );
  const reader = {
    ...cache,
    touch(topics?: readonly Topic[]) {
      cache.touch(topics);
      if (topics === undefined) campaigns.read();
    },
  };
  const unwatch = await watchVersions(db, reader, (error) =>
    log.warn({ err: error }, "cannot hear what other servers change; pages are sent as they were"),
  );
  // What was kept but not answered when the process before us was killed.
  await takeUpLeft(composed.services, log, 0);
  const heads = headFolder(environment.HEADS_DIRECTORY);
  const jobs = jobsOf(composed.services, db, log, heads);
  const runs = jobRunStore(db, composed.services.now);
  if (db.embedded) await makeKnown(jobs, runs);
  const stopJobs = db.embedded ? runByTimer(jobs, log, runs) : async () => undefined;
  const endOfDay = touchEachDay(() => cache.touch());

  const source = environment.NODE_ENV === "development" ? await fromVite() : await fromBuild();
  const settings = siteSettings(environment, address, await isDemonstration(db));
  const logger: ErrorLogger = { error: (error, facts) => log.error({ ...facts, err: error }) };
  const answer = await source.answer((build) =>
    build.createApp(composed.services, { settings, logger, isAway: databaseAway }),
  );
  const now = composed.services.now;
  const playing = stage?.standIns(environment, gateways, { address, localAddress, now, post });
  const origin = { publicUrl: environment.PUBLIC_URL, trustProxy: environment.TRUST_PROXY };
  const keep = keptPages(campaigns);
  const listener = createListener({
    answer: playing
      ? async (request, client) => (await playing(request)) ?? answer(request, client)
      : answer,
    cache,
    keep,
    files: source.files,
    metrics: createMetrics(cache.figures, composed.health),
    log,
    origin,
    bodyLimit: environment.BODY_LIMIT,
    uploads: { limit: LARGEST_UPLOAD, takes: isOfficePath },
    metricsToken: environment.METRICS_TOKEN,
  });
  const listening = await listen(listener, { ...environment, PORT: port }, { cache, origin, keep });
  log.info({ address, port, embedded: db.embedded }, "listening");
  // In pieces, so that the first who come are answered in between.
  void composed
    .load()
    .catch((error: unknown) => log.error({ err: error }, "sign-in could not be loaded"));

  return {
    address,
    async stop() {
      composed.health.unready();
      await listening.stop();
      clearInterval(endOfDay);
      await stopJobs();
      await unwatch();
      await composed.stop();
      // What came in the last minute is sealed before nobody is here to do it.
      await sealNow(composed.services, db, log, heads).catch((error: unknown) =>
        log.error({ err: error }, "the last rows could not be sealed"),
      );
      await post?.stop();
      await source.close();
    },
  };
}

/** The servers that the demonstration plays itself; a site that plays none does not load them. */
async function stageOf({ standIns }: Environment) {
  if (!standIns.vnpay && !standIns.stripe && !standIns.mail) return undefined;
  const [mail, mount] = await Promise.all([
    import("./demo/stand-ins/mail-server.ts"),
    import("./demo/stand-ins/mount.ts"),
  ]);
  return { ...mail, ...mount };
}

/** Which campaign is at which address; `read` looks again. */
async function campaignsByAddress(db: Database, trouble: (error: unknown) => void) {
  let known = await campaignAddresses(db);
  const look = async () => {
    known = await campaignAddresses(db);
  };
  return { read: () => void look().catch(trouble), campaignAt: (slug: string) => known.get(slug) };
}

/** Whom the letters of the demonstration come from. */
const STAND_IN_SENDER = "Kết Nghĩa <no-reply@demo.ketnghia.example>";

/** A name under which this process reaches what it listens on. */
function reachable(host: string | undefined): string {
  if (host === undefined || host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** Pages say how many days are left: a new day in Việt Nam is a change too. */
function touchEachDay(touch: () => void): NodeJS.Timeout {
  const dayNow = () => Math.floor((Date.now() + 7 * 3_600_000) / 86_400_000);
  let day = dayNow();
  return setInterval(() => {
    if (dayNow() === day) return;
    day = dayNow();
    touch();
  }, 1_000).unref();
}

async function fromBuild(): Promise<Source> {
  const file = resolve("build/server/index.js");
  if (!existsSync(file)) stop("The site is not built: run `npm run build` first.");
  const build = (await import(pathToFileURL(file).href)) as Build;
  return {
    answer: async (make) => make(build),
    files: staticFiles(resolve("build/client")),
    close: async () => undefined,
  };
}

/** Vite serves the files and loads `app/server.ts` anew when it or anything under it changed. */
async function fromVite(): Promise<Source> {
  const { createServer } = await import("vite");
  const vite = await createServer({ server: { middlewareMode: true }, appType: "custom" });
  return {
    async answer(make) {
      let last: { build: Build; answer: Answer } | undefined;
      return async (request, client) => {
        const build = (await vite.ssrLoadModule("/app/server.ts")) as Build;
        if (last?.build !== build) last = { build, answer: make(build) };
        return last.answer(request, client);
      };
    },
    files: (request: IncomingMessage, response: ServerResponse, next: () => void) =>
      vite.middlewares(request, response, next),
    close: () => vite.close(),
  };
}
