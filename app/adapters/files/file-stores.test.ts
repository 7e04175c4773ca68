import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { FileStore } from "#app/domain/files/ports.ts";

import { type S3Double, s3Double } from "../../../tests/support/s3-double.ts";
import { bucketStore, folderStore } from "./file-stores.ts";

const KEYS = {
  bucket: "ket-nghia",
  region: "ap-southeast-1",
  accessKeyId: "AKIATEST",
  secretAccessKey: "a secret for tests only",
};
let folder: string;
let double: S3Double;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "files-"));
  double = await s3Double(KEYS);
});
afterAll(async () => {
  await double.stop();
  await rm(folder, { recursive: true });
});

async function namesOf(store: FileStore): Promise<string[]> {
  const names: string[] = [];
  for await (const name of store.names()) names.push(name);
  return names.toSorted();
}

const open = {
  folder: () => folderStore(folder),
  bucket: () => bucketStore({ ...KEYS, endpoint: double.endpoint }),
};

describe.each(["folder", "bucket"] as const)("a %s", (kind) => {
  test("gives back what was put, by stream or whole, lists and removes it", async () => {
    const store = open[kind]();
    const bytes = Uint8Array.from({ length: 300_000 }, (_, n) => (n * 7) % 256);
    expect(await store.get("originals/a")).toBeUndefined();
    await store.put("originals/a", bytes, "image/jpeg");
    await store.put("pictures/tệp & tên-large", bytes.subarray(0, 10), "image/webp");
    await store.put("staged/2026-11-23/b", bytes.subarray(0, 20), "application/pdf");

    const found = await store.get("originals/a");
    expect(found?.size).toBe(bytes.length);
    expect(Buffer.from((await found?.bytes()) ?? []).equals(bytes)).toBe(true);
    const parts: Uint8Array[] = [];
    for await (const part of found?.stream() ?? []) parts.push(part);
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);

    const names = ["originals/a", "pictures/tệp & tên-large", "staged/2026-11-23/b"];
    expect(await namesOf(store)).toEqual(names);
    await store.put("originals/a", new Uint8Array([1]), "image/jpeg");
    expect(await (await store.get("originals/a"))?.bytes()).toEqual(new Uint8Array([1]));
    for (const name of names) await store.remove(name);
    await store.remove("never/there");
    expect(await namesOf(store)).toEqual([]);
  });
});

test("an empty folder store leaves no file behind", async () => {
  expect(await readdir(folder)).toEqual([]);
});

test("the bucket takes no request with another key, and our error says so", async () => {
  const before = double.refused();
  const stranger = bucketStore({
    ...KEYS,
    secretAccessKey: "another secret",
    endpoint: double.endpoint,
  });
  await expect(stranger.put("x", new Uint8Array([1]), "text/plain")).rejects.toThrow(/403/);
  expect(double.refused()).toBe(before + 1);
  expect(double.objects.size).toBe(0);
});
