/** The last step of `npm run build`: `.br` and `.gz` beside every built file that is text, for `staticFiles`. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = /\.(css|js|mjs|html|svg|json|txt|xml|webmanifest|ico|ttf)$/;
/** Smaller files fit one packet anyway. */
const SMALLEST = 512;

const folder = resolve(process.argv[2] ?? "build/client");
let before = 0;
let after = 0;
for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
  if (!item.isFile() || !TEXT.test(item.name)) continue;
  const path = join(item.parentPath, item.name);
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
console.log(`static text: ${before} bytes, ${after} as brotli`);
