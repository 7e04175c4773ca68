/**
 * The last step of `npm run build`: takes the scripts out of the browser's half, as no page loads one, and puts `.br` and
 * `.gz` beside every built file that is text, for `staticFiles`.
 */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** The framework makes them to learn which stylesheets a page has; every word of the office stands in them. */
const SCRIPT = /\.m?js$/;
const TEXT = /\.(css|html|svg|json|txt|xml|webmanifest|ico|ttf)$/;
/** Smaller files fit one packet anyway. */
const SMALLEST = 512;

const folder = resolve(process.argv[2] ?? "build/client");
let before = 0;
let after = 0;
let scripts = 0;
for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
  const path = join(item.parentPath, item.name);
  if (item.isFile() && SCRIPT.test(item.name)) {
    await rm(path);
    scripts += 1;
  }
  if (!item.isFile() || !TEXT.test(item.name)) continue;
  const bytes = await readFile(path);
  if (bytes.length < SMALLEST) continue;
  const br = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gz = gzipSync(bytes, { level: 9 });
  if (br.length < bytes.length) await writeFile(`${path}.br`, br);
  if (gz.length < bytes.length) await writeFile(`${path}.gz`, gz);
  before += bytes.length;
  after += br.length;
}
console.log(`static text: ${before} bytes, ${after} as brotli; ${scripts} scripts taken out`);
