import { createHash } from "node:crypto";

import { sha256Hex } from "#app/adapters/sha256.ts";
import type { Act } from "#app/domain/acts/act.ts";
import { sealPaper } from "#app/domain/acts/paper.ts";
import type { Day } from "#app/domain/kernel/calendar.ts";

/** Acts of the committee for tests: keys, salts and papers that are new each time and the same in every run. */
export function officialActs(name: string, today: () => Day) {
  let salt = 0;
  let acts = 0;
  const making = {
    sha256: sha256Hex,
    now: () => Date.parse(`${today()}T08:00:00Z`) / 1000,
    randomHex: (bytes: number) =>
      createHash("sha512")
        .update(`${name} ${(salt += 1)}`)
        .digest("hex")
        .slice(0, bytes * 2),
  };
  const act = (more: Partial<Act> = {}): Act => ({
    key: `act:${(acts += 1)}`,
    on: today(),
    role: "committee",
    papers: [sealPaper(making, "minutes", new TextEncoder().encode(`paper ${acts}`))],
    ...more,
  });
  return { making, act };
}

/** What a refused act answers. */
export const refused = (code: string, facts: object = {}) => ({
  ok: false,
  problem: { code, ...facts },
});
