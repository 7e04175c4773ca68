/**
 * `npm run demo`: the whole site with the demonstration, from nothing. Prepares an embedded database in `.data/demo`
 * (migrates it, fills it when it is empty), then serves with stand-ins for VNPay and Stripe, and says where.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import type { Database } from "#db/client.ts";

process.env["NODE_ENV"] = "production";
process.env["DEMO"] = "1";
process.env["EMBEDDED_DIRECTORY"] ||= ".data/demo";
process.env["LOG_LEVEL"] ||= "warn";
// The demonstration is never somebody's real database.
delete process.env["DATABASE_URL"];

const { createLog } = await import("#app/front/log.ts");
const { migrate } = await import("#db/migrate.ts");
const { holdsDemonstrationPeople } = await import("#app/adapters/accounts/accounts.ts");
const { demoSignIn, OFFICE_PEOPLE } = await import("./demo/office-people.ts");
const { configuredEnvironment, openConfigured, stop } = await import("./configured.ts");
const { isEmpty } = await import("./empty-books.ts");
const { furnishOffice } = await import("./demo/furnish-office.ts");
const { untilTold } = await import("./signals.ts");

const environment = configuredEnvironment();
const log = createLog({ level: environment.LOG_LEVEL, process: "demo" });
const folder = environment.EMBEDDED_DIRECTORY;
const unfinished = `${folder}.unfinished`;

// The site's code is loaded while the database opens.
const loading = import("./site.ts");
let db = await openMigrated();
if (existsSync(unfinished)) {
  // Killed while it was being filled: the books are whole, but the story is not. Begin again.
  await db.close();
  await rm(folder, { recursive: true, force: true });
  db = await openMigrated();
}
if (await isEmpty(db)) {
  await db.close();
  await seed();
  db = await openMigrated();
}

async function openMigrated(): Promise<Database> {
  const opened = await openConfigured(environment);
  await migrate(opened);
  return opened;
}

/** In a process of its own: what the replay needed in memory is given back when it ends. */
async function seed(): Promise<void> {
  console.log(
    "Replaying the plan of 2022-2026 into an embedded database; this takes a minute or two ...",
  );
  await writeFile(unfinished, "");
  const child = spawn(process.execPath, [fileURLToPath(new URL("seed.ts", import.meta.url))], {
    stdio: "inherit",
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) stop("The demonstration could not be prepared; see the messages above.");
  await rm(unfinished);
}

// A folder of an earlier version may have the books and nobody in the office.
if (!(await holdsDemonstrationPeople(db))) await furnishOffice(db, environment);

/** How the invented officials sign in: on the terminal, and in a file for scripts. */
async function tellSignIns(): Promise<void> {
  const signIns = OFFICE_PEOPLE.map(demoSignIn);
  const file = `${folder}.sign-ins.json`;
  await writeFile(file, `${JSON.stringify(signIns, null, 2)}\n`);
  const widest = Math.max(...signIns.map(({ email }) => email.length));
  console.log("Demonstration sign-ins of the office (invented people):\n");
  for (const { email, password } of signIns) {
    console.log(`  ${email.padEnd(widest)}  ${password}`);
  }
  console.log(`
The code of the second step:  npm run -s demo:code -- <e-mail>
Secrets of the authenticator apps, for scripts:  ${file}
Letters that the site sends are shown at /gia-lap/thu
`);
}

const { startSite } = await loading;
const site = await startSite(environment, db, log);
console.log(`\nKết Nghĩa is at ${site.address} (demonstration data; Ctrl+C ends it)\n`);
await tellSignIns();
await untilTold();
await site.stop();
await db.close();
