/**
 * `npm run look:old [-- <address>]`: pictures of what a donor and a citizen see, taken by the Chromiums that old phones
 * still have, into `docs/tour/old-phones`. The site is a running demonstration (`npm run demo`), by default on port 3000;
 * one promise is made on it. The browsers come from npm into the folder for temporary files and stay there; they are no
 * dependency, and no test runs this: somebody looks at the pictures.
 */
import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";

import sharp from "sharp";

import { browser } from "../support/browser.ts";

const run = promisify(execFile);

/** Which package brings which Chromium. */
const BROWSERS = [
  { version: 70, pack: "chrome-aws-lambda@1.7.0" },
  { version: 88, pack: "chrome-aws-lambda@5.5.0" },
  { version: 103, pack: "@sparticuz/chromium@103.0.0" },
] as const;
const WIDTHS = [320, 360] as const;
/** Longest picture, pixels: what is further down is on the page itself. */
const LONGEST = 1800;

const site = new URL(process.argv[2] ?? "http://localhost:3000").origin;
const target = fileURLToPath(new URL("../../docs/tour/old-phones/", import.meta.url));
const cache = join(tmpdir(), "ketnghia-old-chromium");

const pages = await journey();
await mkdir(target, { recursive: true });
for (const name of await readdir(target)) await rm(join(target, name));
for (const { version, pack } of BROWSERS) {
  const program = await unpacked(version, pack);
  for (const width of WIDTHS) {
    for (const [name, address] of pages) {
      const shot = join(cache, "shot.png");
      await rm(shot, { force: true });
      await screenshot(program, width, address, shot);
      await keep(shot, `${name}-${width}-chromium-${version}`);
    }
  }
  console.log(`Chromium ${version}: ${pages.size * WIDTHS.length} pictures`);
}
const current = await browser();
const now = Number(current.version().split(".")[0]);
for (const width of WIDTHS) {
  const page = await current.newPage({ viewport: { width, height: LONGEST } });
  for (const [name, address] of pages) {
    await page.goto(address);
    await keep(await page.screenshot(), `${name}-${width}-chromium-${now}`);
  }
}
await current.close();
await writeFile(join(target, "README.md"), index([...BROWSERS.map(({ version }) => version), now]));

/** Home, a campaign, its form, a promise made with it, a gift of the ledger, a posted list. */
async function journey(): Promise<ReadonlyMap<string, string>> {
  const first = async (path: string, pattern: RegExp): Promise<string> => {
    const html = await (await fetch(site + path)).text();
    const found = pattern.exec(html)?.[1];
    if (found === undefined) throw new Error(`${path} leads nowhere by ${pattern}`);
    return found;
  };
  const campaign = await first("/", /href="(\/chien-dich\/[a-z0-9-]+)"/);
  const give = `${campaign}/ung-ho`;
  return new Map([
    ["home", site],
    ["campaign", site + campaign],
    ["give", site + give],
    ["pledge", await promised(give)],
    ["gift", `${site}/ung-ho/${await first("/so-cai?kind=gift", /\b(QN[0-9A-Z]{7})\b/)}`],
    ["notice", site + (await first("/niem-yet", /href="(\/niem-yet\/[^"/]+)"/))],
  ]);
}

/** Fill and send the form as a browser without script does; answers the address of the promise. */
async function promised(give: string): Promise<string> {
  const current = await browser();
  try {
    const page = await current.newPage();
    await page.goto(site + give);
    await page.locator("main form input[name=amount]").last().fill("200.000");
    await page.locator("main form button").last().click();
    await page.waitForURL(/\/cam-ket\//);
    return page.url();
  } finally {
    await current.close();
  }
}

/** The program of a package, fetched and unpacked once. */
async function unpacked(version: number, pack: string): Promise<string> {
  const folder = join(cache, String(version));
  const program = join(folder, "chromium");
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const { stdout } = await run("npm", ["pack", "--silent", pack], { cwd: folder });
  await run("tar", ["xzf", stdout.trim()], { cwd: folder });
  const packed = join(folder, "package", "bin");
  for (const name of await readdir(packed)) {
    if (!name.endsWith(".br")) continue;
    const tar = name.endsWith(".tar.br");
    const out = tar ? join(folder, "part.tar") : program;
    await pipeline(
      createReadStream(join(packed, name)),
      createBrotliDecompress(),
      createWriteStream(out, { mode: 0o755 }),
    );
    if (tar) await run("tar", ["xf", out], { cwd: folder });
  }
  return program;
}

/** By the command line: what drives browsers today does not speak with those. */
async function screenshot(
  program: string,
  width: number,
  address: string,
  out: string,
): Promise<void> {
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    `--window-size=${width},${LONGEST}`,
    `--screenshot=${out}`,
    address,
  ];
  const env = { ...process.env, LD_LIBRARY_PATH: join(program, "..", "lib"), HOME: cache };
  await run(program, flags, { env, timeout: 30_000 });
}

async function keep(picture: string | Buffer, name: string): Promise<void> {
  await sharp(picture)
    .webp({ quality: 50 })
    .toFile(join(target, `${name}.webp`));
}

function index(versions: readonly number[]): string {
  const head = `| ${versions.map((version) => `Chromium ${version}`).join(" | ")} |`;
  const parts = [...pages.keys()].flatMap((name) =>
    WIDTHS.map((width) => {
      const cells = versions.map(
        (version) => `![${name}, Chromium ${version}](./${name}-${width}-chromium-${version}.webp)`,
      );
      return `## ${name}, ${width} px\n\n${head}\n|${" --- |".repeat(versions.length)}\n| ${cells.join(" | ")} |\n`;
    }),
  );
  return `# Old phones

What a phone with an old Chromium shows of the demonstration; made by \`npm run look:old\`, do not edit. The first ${LONGEST} pixels of each page.

${parts.join("\n")}`;
}
