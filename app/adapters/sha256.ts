import { hash } from "node:crypto";

import type { Sha256 } from "#app/domain/kernel/digest.ts";
import { DIGEST_BYTES, type HashAll } from "#app/domain/transparency/tree.ts";

/** SHA-256 of bytes as 64 lower-case hex signs. One-shot `hash` is several times as fast as `createHash`. */
export const sha256Hex: Sha256 = (bytes) => hash("sha256", bytes, "hex");

/** Digests are written into place this many at a time. */
const BATCH = 16;

/**
 * Digests of many inputs in one flat buffer. Asking for a string of one sign a byte and writing it into place avoids
 * a Buffer object for each digest, which costs more than SHA-256 itself (docs/performance.md, H2).
 */
export const hashAll: HashAll = (count, inputAt, room = count) => {
  const digests = Buffer.alloc(room * DIGEST_BYTES);
  let batch = "";
  let at = 0;
  for (let i = 0; i < count; i++) {
    // "binary" is the older name of latin1, the one the types know.
    batch += hash("sha256", inputAt(i), "binary");
    if (i % BATCH === BATCH - 1) {
      at += digests.write(batch, at, "latin1");
      batch = "";
    }
  }
  digests.write(batch, at, "latin1");
  return digests;
};
