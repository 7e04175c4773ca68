/**
 * Heads of books in a folder outside the database: one line a head in `<book>.jsonl`, only ever added to, each signed with the
 * key that lies beside them (`key.pem`, made at first use, readable by this user alone; `key.pub.pem` is for everybody).
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { appendFile, chmod, link, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { canonicalText } from "#app/domain/kernel/canonical.ts";
import type { Head, HeadStore, KeptHead, Restored } from "#app/domain/transparency/seal.ts";
import { headText } from "#app/domain/transparency/seal.ts";

const headShape = z.strictObject({
  v: z.literal(1),
  book: z.string(),
  seal: z.int(),
  hash: z.string(),
  at: z.int(),
  entries: z.int(),
  root: z.string(),
  audit: z.strictObject({ n: z.int(), hash: z.string() }),
});
const restoredShape = z.strictObject({ book: z.string(), seal: z.int(), at: z.int() });
const lineShape = z.union([
  z.strictObject({ head: headShape, signature: z.string() }),
  z.strictObject({ restored: restoredShape, signature: z.string() }),
]);

/** A line that cannot be read is somebody's hand in the file: it counts as a head that no database ever had. */
const UNREADABLE: Head = {
  v: 1,
  book: "",
  seal: 0,
  hash: "",
  at: 0,
  entries: 0,
  root: "",
  audit: { n: 0, hash: "" },
};

/** Heads in `folder`, which is made when the first head comes. */
export function headFolder(folder: string): HeadStore {
  const fileOf = (book: string) => join(folder, `${book.replaceAll(/[^0-9a-f-]/g, "_")}.jsonl`);
  // A folder without heads of the book needs no key, so none is made by looking.
  const linesOf = async (book: string) =>
    (await orEmpty(readFile(fileOf(book), "utf8"))).split("\n").filter((line) => line !== "");

  async function add(book: string, named: "head" | "restored", text: string): Promise<void> {
    const key = await signingKey(folder);
    const signature = sign(null, Buffer.from(text), key).toString("base64");
    const line = `{"${named}":${text},"signature":"${signature}"}\n`;
    await appendFile(fileOf(book), line, { mode: 0o640, flush: true });
  }

  return {
    async kept(book, above) {
      const lines = await linesOf(book);
      if (lines.length === 0) return { heads: [], restored: [] };
      const key = createPublicKey(await signingKey(folder));
      const heads: KeptHead[] = [];
      const restored: Restored[] = [];
      for (const line of lines) {
        const parsed = lineShape.safeParse(jsonOf(line));
        // Looked at before: verifying the signatures of years takes a while.
        if (parsed.data && "head" in parsed.data && parsed.data.head.seal <= above) continue;
        const read = readLine(line, book, key);
        if ("head" in read) heads.push(read);
        else restored.push(read);
      }
      return { heads, restored };
    },
    async last(book) {
      const lines = (await endOf(fileOf(book))).split("\n");
      const line = lines.findLast((one) => one.startsWith('{"head"'));
      if (line === undefined) return undefined;
      const read = readLine(line, book, createPublicKey(await signingKey(folder)));
      return "head" in read ? read : undefined;
    },
    keep: (head) => add(head.book, "head", headText(head)),
    keepRestored: (book, seal, at) => add(book, "restored", restoredText({ book, seal, at })),
  };
}

function readLine(line: string, book: string, key: KeyObject): KeptHead | Restored {
  const parsed = lineShape.safeParse(jsonOf(line));
  if (!parsed.success) return { head: UNREADABLE, genuine: false };
  const signed = (text: string, of: string) =>
    of === book &&
    verify(null, Buffer.from(text), key, Buffer.from(parsed.data.signature, "base64"));
  if ("head" in parsed.data) {
    const { head } = parsed.data;
    return { head, genuine: signed(headText(head), head.book) };
  }
  const { restored } = parsed.data;
  const genuine = signed(restoredText(restored), restored.book);
  return { seal: restored.seal, at: restored.at, genuine };
}

/** Another text than that of any head, so that one signature is never good for the other. */
function restoredText(said: { book: string; seal: number; at: number }): string {
  return canonicalText(said);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

/** The key of this folder; of two processes that make it at once, both take the one that was there first. */
async function signingKey(folder: string): Promise<KeyObject> {
  const file = join(folder, "key.pem");
  const found = await orEmpty(readFile(file, "utf8"));
  if (found !== "") return createPrivateKey(found);
  await mkdir(folder, { recursive: true, mode: 0o750 });
  const { privateKey } = generateKeyPairSync("ed25519");
  const aside = join(folder, `key.${process.pid}.${crypto.randomUUID()}`);
  await writeFile(aside, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  await chmod(aside, 0o600);
  try {
    await link(aside, file);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  } finally {
    await rm(aside, { force: true });
  }
  const key = createPrivateKey(await readFile(file, "utf8"));
  const shown = createPublicKey(key).export({ type: "spki", format: "pem" });
  await writeFile(join(folder, "key.pub.pem"), shown, { mode: 0o644 });
  return key;
}

/** More than some lines: the newest head stands at the end of a file that grows for years. */
const END_BYTES = 16_384;

async function endOf(file: string): Promise<string> {
  try {
    await using opened = await open(file);
    const { size } = await opened.stat();
    const bytes = Buffer.alloc(Math.min(size, END_BYTES));
    await opened.read(bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString("utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return "";
    throw error;
  }
}

async function orEmpty(reading: Promise<string>): Promise<string> {
  try {
    return await reading;
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return "";
    throw error;
  }
}
