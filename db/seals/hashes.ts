import { hash } from "node:crypto";

import { DIGEST_BYTES, type HashAll } from "#app/domain/transparency/tree.ts";

/** Digests one by one: a sweep hashes as many nodes as there are new entries. */
export const hashAll: HashAll = (count, inputAt, room = count) => {
  const digests = new Uint8Array(room * DIGEST_BYTES);
  for (let i = 0; i < count; i += 1) {
    digests.set(hash("sha256", inputAt(i), "buffer"), i * DIGEST_BYTES);
  }
  return digests;
};
