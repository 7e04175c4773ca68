import { createHash, randomBytes } from "node:crypto";

import { hashAll } from "#app/adapters/sha256.ts";
import { DIGEST_BYTES, type HashAll, leafRow, rootOver } from "#app/domain/transparency/tree.ts";

import type { Part } from "../part.ts";
import type { Figure } from "../goals.ts";
import { findProgram, mustRun, onCore } from "../programs.ts";
import { interleaved, median, pairedRatios } from "../rounds.ts";

const ENTRIES = 1_000_000;
const ENTRY_BYTES = 400;
/** Entries held ready; the million are these over and over, as a log streams through memory too. */
const POOL = 10_000;

/** H1, H2: the tree over a million entries, beside what OpenSSL alone needs and beside the usual way to hash in Node. */
export const hash: Part = async ({ say, rounds }) => {
  const bytes = randomBytes(POOL * ENTRY_BYTES);
  const pool = Array.from({ length: POOL }, (_, i) =>
    bytes.subarray(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES),
  );
  const openssl = await findProgram("openssl");
  const roots = new Set<string>();
  const treeMs = (all: HashAll, count: number) => {
    const begun = performance.now();
    const leaves = leafRow(all, count, (place) => pool[place % POOL]!);
    const root = rootOver(all, leaves);
    const took = performance.now() - begun;
    if (count === ENTRIES) roots.add(Buffer.from(root).toString("hex"));
    return took;
  };
  treeMs(hashAll, 50_000);
  treeMs(byCreateHash, 50_000);

  const taken = await interleaved<number>(
    rounds,
    [
      { name: "ours, ms", run: async () => treeMs(hashAll, ENTRIES) },
      { name: "createHash, ms", run: async () => treeMs(byCreateHash, ENTRIES) },
      ...(openssl ? [{ name: "openssl speed, ms", run: async () => opensslMs(openssl) }] : []),
    ],
    say,
    async () => globalThis.gc?.(),
  );
  if (roots.size !== 1) throw new Error(`two ways to hash gave ${roots.size} roots`);

  const ours = taken.get("ours, ms")!;
  const usual = taken.get("createHash, ms")!;
  const limit = taken.get("openssl speed, ms");
  const h1: Figure = limit
    ? {
        id: "H1",
        ours: `${median(ours).toFixed(0)} ms`,
        beside: `${median(limit).toFixed(0)} ms`,
        ratio: median(pairedRatios(ours, limit)),
        rounds: pairedRatios(ours, limit),
      }
    : { id: "H1", note: "no openssl program found" };
  return [
    h1,
    {
      id: "H2",
      ours: `${median(ours).toFixed(0)} ms`,
      beside: `${median(usual).toFixed(0)} ms`,
      ratio: median(pairedRatios(usual, ours)),
      rounds: pairedRatios(usual, ours),
    },
  ];
};

/** The rival: what most Node code does. */
const byCreateHash: HashAll = (count, inputAt, room = count) => {
  const digests = Buffer.alloc(room * DIGEST_BYTES);
  for (let i = 0; i < count; i++) {
    createHash("sha256")
      .update(inputAt(i))
      .digest()
      .copy(digests, i * DIGEST_BYTES);
  }
  return digests;
};

/** Milliseconds that OpenSSL alone needs for the same hashes: a million of 401 bytes and a million of 65. */
async function opensslMs(openssl: string): Promise<number> {
  return (
    ((await opensslSeconds(openssl, ENTRY_BYTES + 1)) + (await opensslSeconds(openssl, 65))) * 1000
  );
}

async function opensslSeconds(openssl: string, bytes: number): Promise<number> {
  const [program, ...args] = await onCore(1, [
    openssl,
    "speed",
    "-seconds",
    "1",
    "-mr",
    "-evp",
    "sha256",
    "-bytes",
    String(bytes),
  ]);
  const out = await mustRun(program!, args, { seconds: 20 });
  // Machine-readable line: +F:<n>:sha256:<bytes per second>
  const rate = Number(/^\+F:\d+:[^:]*:([\d.]+)/m.exec(out)?.[1]);
  if (!Number.isFinite(rate) || rate <= 0) throw new Error(`openssl speed printed no rate: ${out}`);
  return (ENTRIES * bytes) / rate;
}
