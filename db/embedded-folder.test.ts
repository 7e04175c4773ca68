import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { writableFolder } from "./embedded-folder.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ketnghia-folder-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a folder is made, also behind a symbolic link, and nothing is left in it", async () => {
  await writableFolder(join(folder, "a", "b"));
  await symlink(join(folder, "a"), join(folder, "link"));
  await writableFolder(join(folder, "link"));
  await writableFolder(join(folder, "link", "c"));
  expect(await readdir(join(folder, "a"))).toEqual(["b", "c"]);
  expect(await readdir(join(folder, "a", "b"))).toEqual([]);
});

test("below a file, in place of one, behind a link that leads nowhere, in a circle or where nothing can be made", async () => {
  await writeFile(join(folder, "file"), "");
  await symlink(join(folder, "gone", "far"), join(folder, "nowhere"));
  await symlink(join(folder, "circle"), join(folder, "circle"));
  await symlink("/proc", join(folder, "system"));
  for (const [path, reason] of [
    ["file/data", "a part of the path is a file"],
    ["file", "it is a file"],
    ["nowhere", "symbolic link that leads nowhere"],
    ["nowhere/data", "symbolic link that leads nowhere"],
    ["circle/data", "lead in a circle"],
    ["system/ketnghia", "cannot be made there"],
  ] as const) {
    await expect(writableFolder(join(folder, path)), path).rejects.toThrow(reason);
  }
});

test("a command ends with the message alone", async () => {
  await writeFile(join(folder, "file"), "");
  const child = spawn(process.execPath, ["bin/migrate.ts"], {
    env: { PATH: process.env.PATH, EMBEDDED_DIRECTORY: join(folder, "file", "data") },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (chunk: Buffer) => (told += chunk.toString()));
  const [exit] = (await once(child, "close")) as [number];
  expect(exit).toBe(1);
  expect(told.trim()).toMatch(
    /^The embedded database in \S+ cannot be opened: .*EMBEDDED_DIRECTORY/,
  );
  expect(told.trim().split("\n")).toHaveLength(1);
});
