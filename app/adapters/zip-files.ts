import { setImmediate } from "node:timers/promises";

import type { ZippedFile } from "#app/domain/open-data/ports.ts";

/** Text handed to the compressor at once, bytes: some 2 ms, then others have their turn. */
const SLICE = 65_536;

/**
 * Files as one ZIP, made as it is read: never a whole file in memory. The same files with the same time `at` (UTC
 * seconds) give the same bytes.
 */
export async function* zipFiles(
  files: Iterable<ZippedFile>,
  at: number,
): AsyncGenerator<Uint8Array> {
  // Seldom wanted: not loaded at the start.
  const { Zip, ZipDeflate } = await import("fflate");
  const made: Uint8Array[] = [];
  let failed: Error | undefined;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else made.push(chunk);
  });
  const encoder = new TextEncoder();
  // Times in a ZIP have no zone: written as the clock of Việt Nam shows them, wherever this runs.
  const local = new Date((at + 7 * 3600) * 1000);
  const mtime = new Date(local.getTime() + local.getTimezoneOffset() * 60_000);
  for (const { name, parts } of files) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = mtime;
    zip.add(file);
    for await (const part of parts) {
      const bytes = encoder.encode(part);
      for (let from = 0; from < bytes.length; from += SLICE) {
        file.push(bytes.subarray(from, from + SLICE));
        yield* taken();
        await setImmediate();
      }
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
  yield* taken();

  function* taken(): Generator<Uint8Array> {
    if (failed) throw failed;
    yield* made.splice(0);
  }
}
