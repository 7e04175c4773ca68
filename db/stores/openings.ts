import type { Openings } from "#app/domain/acts/paper.ts";

import type { Db } from "../client.ts";
import { textArray } from "./pg-arrays.ts";

/** What opens evidence digests and commitments: private, may be erased (transparency-log.md 5). */
export function openingsStore(db: Db): Openings {
  return {
    async keep(openings) {
      if (openings.length === 0) return;
      await db.rows(
        `insert into opening (digest, salt, content, blob)
         select a.digest, decode(a.salt, 'hex'), decode(a.content, 'hex'), a.blob
           from unnest(($1::text)::text[], ($2::text)::text[], ($3::text)::text[], ($4::text)::text[])
             as a(digest, salt, content, blob)
         on conflict (digest) do nothing`,
        [
          textArray(openings.map(({ digest }) => digest)),
          textArray(openings.map(({ salt }) => salt)),
          textArray(
            openings.map((one) =>
              "content" in one ? Buffer.from(one.content).toString("hex") : undefined,
            ),
          ),
          textArray(openings.map((one) => ("blob" in one ? one.blob : undefined))),
        ],
      );
    },
  };
}
