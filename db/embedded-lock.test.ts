import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { lockDirectory } from "./embedded-lock.ts";

let folder: string;
let directory: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ketnghia-lock-"));
  directory = join(folder, "data");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const HOLDER = `
  import { lockDirectory } from ${JSON.stringify(new URL("./embedded-lock.ts", import.meta.url).href)};
  try {
    const lock = await lockDirectory(process.argv[1]);
    console.log("held");
    process.stdin.on("data", async () => { await lock.release(); process.exit(0); });
  } catch (error) { console.log(error.code); process.exit(1); }
`;

function holder() {
  return spawn(process.execPath, ["--input-type=module", "-e", HOLDER, directory], {
    stdio: ["pipe", "pipe", "inherit"],
  });
}

async function firstWord(child: ReturnType<typeof holder>): Promise<string> {
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return chunk.toString().trim();
}

test("a second process gets a clear error that names the first", async () => {
  const first = holder();
  expect(await firstWord(first)).toBe("held");
  await expect(lockDirectory(directory)).rejects.toThrow(
    new RegExp(`in use by process ${first.pid}\\b`),
  );
  const ended = once(first, "exit");
  first.stdin.write("release");
  await ended;
  const lock = await lockDirectory(directory);
  await lock.release();
  expect(existsSync(`${directory}.lock`)).toBe(false);
});

test("the lock of a process killed with -9 is taken over", async () => {
  const first = holder();
  expect(await firstWord(first)).toBe("held");
  const ended = once(first, "exit");
  first.kill("SIGKILL");
  await ended;
  expect(existsSync(`${directory}.lock`)).toBe(true);
  const lock = await lockDirectory(directory);
  expect(JSON.parse(await readFile(`${directory}.lock`, "utf8"))).toMatchObject({
    pid: process.pid,
  });
  await lock.release();
});

test("of many that find a dead holder at once, exactly one takes over", async () => {
  const dead = { id: "dead", pid: 2_147_483_646, started: "1", host: hostname() };
  await writeFile(`${directory}.lock`, JSON.stringify(dead));
  const children = Array.from({ length: 6 }, holder);
  const words = await Promise.all(children.map(firstWord));
  for (const child of children) child.kill("SIGKILL");
  expect(words.filter((word) => word === "held")).toHaveLength(1);
  expect(words.filter((word) => word === "EMBEDDED_IN_USE")).toHaveLength(5);
});

test("a number that came round again is not the old holder", async () => {
  const reborn = { id: "old", pid: process.pid, started: "before", host: hostname() };
  await writeFile(`${directory}.lock`, JSON.stringify(reborn));
  const lock = await lockDirectory(directory);
  await lock.release();
});

test("a damaged lock file is taken over", async () => {
  await writeFile(`${directory}.lock`, '{"id":"x","pi');
  const lock = await lockDirectory(directory);
  await lock.release();
});

test("the same process cannot open the folder twice", async () => {
  const lock = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toThrow("in use");
  await lock.release();
});

test("a holder on another machine is never judged dead", async () => {
  const far = { id: "far", pid: 2_147_483_646, started: "1", host: "elsewhere" };
  await writeFile(`${directory}.lock`, JSON.stringify(far));
  await expect(lockDirectory(directory)).rejects.toThrow("on elsewhere");
});

test.skipIf(!existsSync("/proc/self/stat"))(
  "a holder that has ended, but whose parent has not asked how, holds nothing",
  async () => {
    // What runs in place of the shell never asks after the shell's own child.
    const parent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [word] = (await once(parent.stdout, "data")) as [Buffer];
      const pid = Number(word.toString());
      const fields = async () => {
        const line = await readFile(`/proc/${pid}/stat`, "utf8");
        return line.slice(line.lastIndexOf(")") + 2).split(" ");
      };
      await expect.poll(async () => (await fields())[0]).toBe("Z");
      const started = (await fields())[19];
      const dead = { id: "dead", pid, started, host: hostname() };
      await writeFile(`${directory}.lock`, JSON.stringify(dead));
      const lock = await lockDirectory(directory);
      await lock.release();
    } finally {
      parent.kill("SIGKILL");
    }
  },
);
