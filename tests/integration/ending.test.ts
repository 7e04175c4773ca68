import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openPostgres } from "#db/postgres.ts";

import { prepareJobQueue } from "../../bin/job-queue.ts";
import { TEST_SERVER } from "../support/database.ts";
import { type Demonstration, demonstration } from "../support/demonstration.ts";
import { freePort, testServer } from "../support/server.ts";

const CONNECTIONS = 80;
const ROUNDS = 6;
/** Kept pages and others, so that both the front and `node:http` answer. */
const PATHS = ["/", "/chien-dich", "/en", "/robots.txt", "/data/v1/campaigns.csv", "/dang-nhap"];

let copy: Demonstration;

beforeAll(async () => {
  copy = await demonstration();
});
afterAll(() => copy.remove());

interface Tally {
  answered: number;
  /** Requests whose connection closed after they were sent, without an answer. */
  cut: number;
  /** What those asked for, and how long they had waited, milliseconds. */
  waited: string[];
  stop: boolean;
}

/**
 * One caller that asks without a pause on one connection, as a proxy does. After an answer that says so the connection is
 * not used again, and a new one is made; that it cannot be made any more cuts no request.
 */
async function askOn(port: number, tally: Tally): Promise<void> {
  for (let n = 0; !tally.stop;) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    const connected = await Promise.race([
      once(socket, "connect").then(() => true),
      new Promise<boolean>((resolve) => socket.once("close", () => resolve(false))),
    ]).catch(() => false);
    if (!connected) {
      await pause(50);
      continue;
    }
    for (let goOn = true; goOn && !tally.stop; n++) {
      const sent = performance.now();
      const path = PATHS[n % PATHS.length] ?? "/";
      const answer = await askOnce(socket, path);
      if (answer === "cut") {
        tally.cut += 1;
        tally.waited.push(`${path} ${Math.round(performance.now() - sent)}`);
      } else tally.answered += 1;
      goOn = answer === "keep";
    }
    socket.destroy();
  }
}

function askOnce(
  socket: ReturnType<typeof connect>,
  path: string,
): Promise<"keep" | "close" | "cut"> {
  return new Promise((resolve) => {
    let text = "";
    const end = (how: "keep" | "close" | "cut") => {
      socket.off("data", read).off("close", gone);
      resolve(how);
    };
    const gone = () => end("cut");
    const read = (part: Buffer) => {
      text += part.toString("latin1");
      const head = text.indexOf("\r\n\r\n");
      if (head === -1) return;
      const headers = text.slice(0, head);
      const length = /content-length: (\d+)/i.exec(headers)?.[1];
      const whole =
        length === undefined
          ? text.endsWith("0\r\n\r\n")
          : text.length === head + 4 + Number(length);
      if (whole) end(/connection: close/i.test(headers) ? "close" : "keep");
    };
    if (socket.destroyed) return resolve("close");
    socket.on("data", read).once("close", gone);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n`);
  });
}

// docs/stack.md, node:http
test(
  `${CONNECTIONS} busy connections under SIGTERM, ${ROUNDS} times: no request is cut`,
  { timeout: 400_000 },
  async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const server = await testServer({ ...copy.environment, STOP_NOTICE: "1" });
      // What is made the first time takes seconds on a busy machine, which is not what is tried here.
      for (const path of PATHS) await (await fetch(server.url + path)).text();
      const tally: Tally = { answered: 0, cut: 0, waited: [], stop: false };
      const callers = Array.from({ length: CONNECTIONS }, () => askOn(server.port, tally));
      await expect.poll(() => tally.answered, { timeout: 60_000 }).toBeGreaterThan(CONNECTIONS * 3);
      const ready = async () => (await fetch(`${server.url}/healthz?ready`)).status;
      expect(await ready()).toBe(200);
      const ended = server.stop();
      await expect.poll(ready, { interval: 10 }).toBe(503);
      const atNotice = tally.answered;
      expect(await ended, `round ${round}`).toBe(0);
      tally.stop = true;
      await Promise.all(callers);
      expect(tally.answered).toBeGreaterThan(atNotice);
      expect(tally.cut, `round ${round}, of ${tally.answered}: ${tally.waited.join(", ")}`).toBe(0);
    }
  },
);

/** Shells that npm may run a script by: dash, which is `sh` on Debian, stays between npm and what it started. */
const SHELLS = ["/bin/dash", "/bin/bash"].filter((shell) => existsSync(shell));

/**
 * Runs a script of npm until it says `ready`, ends npm alone, and answers once nobody holds the script's output any more:
 * an orphan would hold it for good.
 */
async function endNpm(
  script: string,
  shell: string,
  environment: Record<string, string>,
  ready: string,
): Promise<string> {
  const npm = spawn("npm", ["run", script, "--silent"], {
    env: { ...process.env, DEMO: "1", npm_config_script_shell: shell, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  let over = 0;
  for (const output of [npm.stdout, npm.stderr]) {
    output.on("data", (part) => (text += part)).once("close", () => (over += 1));
  }
  await expect.poll(() => text, { timeout: 180_000 }).toContain(ready);
  npm.kill("SIGTERM");
  await expect.poll(() => over, { timeout: 30_000, message: text }).toBe(2);
  return text;
}

describe.each(SHELLS)("under %s (docs/stack.md, npm)", (shell) => {
  test("whoever ends `npm start` ends the server", { timeout: 240_000 }, async () => {
    const PORT = String(await freePort());
    await endNpm("start", shell, { ...copy.environment, PORT }, '"listening"');
    await expect(fetch(`http://127.0.0.1:${PORT}/healthz`)).rejects.toThrow("fetch failed");
  });

  test.runIf(TEST_SERVER)(
    "whoever ends `npm run work` ends the worker",
    { timeout: 240_000 },
    async () => {
      const db = openPostgres(copy.environment["DATABASE_URL"] ?? "", { max: 2 });
      await prepareJobQueue(db);
      const text = await endNpm("work", shell, copy.environment, '"working"');
      expect(text).toContain('"stopping"');
      await db.close();
    },
  );
});
