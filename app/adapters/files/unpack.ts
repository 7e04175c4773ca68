import { constants, inflateSync } from "node:zlib";

import type { Unpack } from "#app/domain/files/ports.ts";

/** Unpacking by zlib; what follows the packed bytes is left alone, as readers of PDF do. */
export const unpack: Unpack = (packed, most) => {
  if (most <= 0) return undefined;
  try {
    return inflateSync(packed, {
      maxOutputLength: most,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch {
    // Damaged, or larger than allowed: in both it cannot be looked into.
    return undefined;
  }
};
