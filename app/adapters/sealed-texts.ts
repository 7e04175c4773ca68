import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from "node:crypto";

import { ok, type Result } from "#app/domain/kernel/result.ts";
import type { KeyProblem } from "#app/domain/register/personal-data.ts";
import {
  LOST,
  type RegisterKeyDesk,
  type RegisterKeys,
  type SealingOver,
  type WrappedKey,
} from "#app/domain/register/ports.ts";

import { keyBytes } from "./key-bytes.ts";

const CIPHER = "aes-256-gcm";
/** Bytes. */
const KEY = 32;
const NONCE = 12;
const TAG = 16;
const KEY_ID = 8;
/** First byte of a sealed text: how it is sealed. */
const FORM = 1;
/** The key of the digests. It is never exchanged: digests of before and after would not meet. */
const MARKS = "marks";
/** Keys read once are taken for true so long, milliseconds: after a rotation a running process seals with the new one. */
const KEPT_FOR = 60_000;

/** The key outside the database, as it stands in the environment; a printed one stands for its digest. */
function masterOf(written: string): Buffer {
  const master = keyBytes(written) ?? createHash("sha256").update(written).digest();
  return Buffer.from(hkdfSync("sha256", master, "", "register: wrapping keys", KEY));
}

/**
 * Envelopes: each text is sealed by a data key (AES-256-GCM, a nonce of its own), which stands in the database wrapped by the
 * key outside. The first who seals makes the data key. A sealed text is form (1 byte), id of its key (8), nonce (12), tag (16), the rest.
 */
export function sealingUnder(written: string): SealingOver {
  const master = masterOf(written);
  return (keys) => {
    const ring = keyRing(keys, master);
    return {
      async seal(text) {
        const key = await ring.sealing();
        if (!key) return LOST;
        const head = Buffer.concat([Buffer.of(FORM), Buffer.from(key.id, "hex")]);
        return ok(
          Buffer.concat([head, encrypt(key.bytes, Buffer.from(text.toWellFormed(), "utf8"), head)]),
        );
      },
      async open(sealed) {
        const head = Buffer.from(sealed.subarray(0, 1 + KEY_ID));
        if (head[0] !== FORM) return LOST;
        const key = await ring.ofId(head.subarray(1).toString("hex"));
        const text = key && decrypt(key, sealed.subarray(1 + KEY_ID), head);
        return text ? ok(text.toString("utf8")) : LOST;
      },
      async mark(folded) {
        const key = await ring.marks();
        return key ? ok(createHmac("sha256", key).update(folded, "utf8").digest("hex")) : LOST;
      },
    };
  };
}

/** A new data key seals from now on; those before it stay to open what they sealed. Answers how many there are then. */
export async function rotateKeys(
  written: string,
  desk: RegisterKeyDesk,
): Promise<Result<number, KeyProblem>> {
  const master = masterOf(written);
  const before = await desk.all();
  if (before.some((one) => unwrap(master, one) === undefined)) return LOST;
  const { id } = await addKey(desk, master);
  await desk.retireOthers([id, MARKS]);
  return ok(before.filter((one) => one.id !== MARKS).length + 1);
}

/** Every key wrapped anew by another key outside. What is sealed and the digests stay as they are. Answers how many. */
export async function rewrapKeys(
  before: string,
  written: string,
  desk: RegisterKeyDesk,
): Promise<Result<number, KeyProblem>> {
  const [old, master] = [masterOf(before), masterOf(written)];
  const keys = await desk.all();
  for (const key of keys) {
    // Cut off half-way, the command goes on where it stopped.
    if (unwrap(master, key)) continue;
    const bytes = unwrap(old, key);
    if (!bytes) return LOST;
    await desk.rewrap(key.id, wrap(master, key.id, bytes));
  }
  return ok(keys.length);
}

interface DataKey {
  readonly id: string;
  readonly bytes: Buffer;
}

function keyRing(keys: RegisterKeys, master: Buffer) {
  let known: { readonly at: number; readonly rows: readonly WrappedKey[] } | undefined;
  const read = async () => {
    const rows = await keys.all();
    known = { at: performance.now(), rows };
    return rows;
  };
  const lately = async () =>
    known && performance.now() - known.at < KEPT_FOR ? known.rows : await read();
  const find = async (id: string) => {
    const has = (rows: readonly WrappedKey[]) => rows.find((row) => row.id === id);
    return has(await lately()) ?? has(await read());
  };
  return {
    async sealing(): Promise<DataKey | undefined> {
      const present = (rows: readonly WrappedKey[]) =>
        rows.find(({ id, retiredAt }) => id !== MARKS && retiredAt === null);
      const row = present(await lately()) ?? present(await read());
      if (!row) {
        // Whoever has another key than what is there must not begin a second series.
        if (known?.rows.some((one) => unwrap(master, one) === undefined)) return undefined;
        const made = await addKey(keys, master);
        await read();
        return made;
      }
      const bytes = unwrap(master, row);
      return bytes && { id: row.id, bytes };
    },
    async ofId(id: string): Promise<Buffer | undefined> {
      const row = await find(id);
      return row && unwrap(master, row);
    },
    async marks(): Promise<Buffer | undefined> {
      const row = await find(MARKS);
      if (row) return unwrap(master, row);
      if (known?.rows.some((one) => unwrap(master, one) === undefined)) return undefined;
      await keys.add(MARKS, wrap(master, MARKS, randomBytes(KEY)));
      // Of two who made it at once, one's stands.
      const standing = await find(MARKS);
      return standing && unwrap(master, standing);
    },
  };
}

async function addKey(keys: RegisterKeys, master: Buffer): Promise<DataKey> {
  const id = randomBytes(KEY_ID).toString("hex");
  const bytes = randomBytes(KEY);
  await keys.add(id, wrap(master, id, bytes));
  return { id, bytes };
}

function wrap(master: Buffer, id: string, bytes: Buffer): Uint8Array {
  return encrypt(master, bytes, Buffer.from(id, "utf8"));
}

function unwrap(master: Buffer, { id, wrapped }: WrappedKey): Buffer | undefined {
  const bytes = decrypt(master, wrapped, Buffer.from(id, "utf8"));
  return bytes?.length === KEY ? bytes : undefined;
}

/** Nonce, tag, and the bytes encrypted; `bound` is not in it and must be the same to open it. */
function encrypt(key: Buffer, bytes: Buffer, bound: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(bound);
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Undefined: another key, or other bytes. */
function decrypt(key: Buffer, sealed: Uint8Array, bound: Buffer): Buffer | undefined {
  if (sealed.length < NONCE + TAG) return undefined;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE), {
    authTagLength: TAG,
  })
    .setAAD(bound)
    .setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}
