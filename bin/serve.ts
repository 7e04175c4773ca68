/** `npm start` and `npm run dev`: the site. Ends well on SIGTERM and SIGINT, and loses nothing on SIGKILL. */
import { startQuickly } from "./quick-start.ts";

startQuickly();
const [
  { createLog },
  { holdsDemonstrationPeople },
  { migrate, pendingMigrations },
  { markLive },
  { configuredEnvironment, openConfigured, stop },
  { untilTold },
] = await Promise.all([
  import("#app/front/log.ts"),
  import("#app/adapters/accounts/accounts.ts"),
  import("#db/migrate.ts"),
  import("#db/stores/content-version.ts"),
  import("./configured.ts"),
  import("./signals.ts"),
]);

/** Milliseconds from the signal to the end, at most. */
const LONGEST_END = 9_500;

const environment = configuredEnvironment();
const log = createLog({ level: environment.LOG_LEVEL, process: "serve" });
// The site's code is loaded while the database opens.
const [db, { startSite }] = await Promise.all([openConfigured(environment), import("./site.ts")]);
// The embedded database has one process and one owner; a server's tables are changed by its administrator only.
if (db.embedded) await migrate(db);
const pending = await pendingMigrations(db);
if (pending.length > 0) {
  await db.close();
  stop(`The tables are not up to date (${pending.join(", ")}): run \`npm run db:migrate\` first.`);
}
if (environment.live && (await holdsDemonstrationPeople(db))) {
  await db.close();
  stop("This database holds the demonstration's people, whose passwords everybody can read.");
}
if (environment.live) await markLive(db);
if (environment.live && environment.PUBLIC_URL === undefined) {
  log.warn("PUBLIC_URL is not set: the Host header is believed for links and payment returns");
}

const site = await startSite(environment, db, log);
await untilTold();
log.info("stopping");
// Whoever told us waits ten seconds (`docker stop`) and then kills: what hangs until then, such as a database that is away,
// would hang on. What was acknowledged is stored already.
const late = setTimeout(() => {
  log.error("did not end in time");
  process.exit(1);
}, LONGEST_END).unref();
await site.stop();
// The embedded database writes itself out when it closes, for seconds on a busy machine; nothing else is waiting by then.
if (db.embedded) clearTimeout(late);
await db.close();
