import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/** Quiet and self-contained: no look-ups of the maker's hosts, no sandbox that a container cannot give. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-domain-reliability",
  "--disable-features=OptimizationHints,MediaRouter,Translate",
  "--no-pings",
];

const SYSTEM = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** Start Chromium: `CHROMIUM_PATH`, else one of the system, else the one in the package `@sparticuz/chromium`; `extra` are flags of this one start. */
export async function browser(extra: readonly string[] = []): Promise<Browser> {
  const given = process.env["CHROMIUM_PATH"];
  const options = given ? { executablePath: given } : (onPath() ?? (await fromPackage()));
  return chromium.launch({ headless: true, args: [...FLAGS, ...extra], ...options });
}

function onPath(): LaunchOptions | undefined {
  if (process.env["CHROMIUM_FROM_PACKAGE"]) return undefined;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const name of SYSTEM) {
    const found = folders.map((folder) => join(folder, name)).find(existsSync);
    if (found) return { executablePath: found };
  }
  return undefined;
}

/** Unpack once, beside the package; it brings the libraries and fonts that a bare Linux lacks. */
async function fromPackage(): Promise<LaunchOptions> {
  const { resolve } = createRequire(import.meta.url);
  const packed = dirname(dirname(resolve("@sparticuz/chromium")));
  const { version } = JSON.parse(await readFile(join(packed, "package.json"), "utf8")) as {
    version: string;
  };
  const cache = fileURLToPath(new URL("../../node_modules/.cache/ketnghia/", import.meta.url));
  const folder = join(cache, `chromium-${version}-with-fonts`);
  if (!existsSync(folder)) {
    const aside = `${folder}.${process.pid}`;
    await mkdir(aside, { recursive: true });
    await unpack(join(packed, "bin"), aside);
    await writeFile(join(aside, FONTS), fontsIn(folder));
    await rename(aside, folder).catch(() => rm(aside, { recursive: true, force: true }));
  }
  return {
    executablePath: join(folder, "chromium"),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
      FONTCONFIG_FILE: join(folder, FONTS),
      HOME: folder,
    },
  };
}

const FONTS = "fonts-here.conf";

/**
 * Where fonts are. The package's own file names folders of a cloud service and the one for temporary files, where we do
 * not unpack; without any font Chromium draws no text, and closes itself on some pages.
 */
function fontsIn(folder: string): string {
  const folders = [join(folder, "fonts"), "/usr/share/fonts", "/usr/local/share/fonts"];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((each) => `  <dir>${each}</dir>`).join("\n")}
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}

/** The package unpacks into the folder for temporary files, wherever that is. */
async function unpack(packed: string, folder: string): Promise<void> {
  const { inflate } = await import("@sparticuz/chromium");
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  try {
    for (const name of ["al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br", "chromium.br"]) {
      await inflate(join(packed, name));
    }
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}
