import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

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

test("whoever ends `npm start` ends the server", { timeout: 240_000 }, async () => {
  const port = await freePort();
  const npm = spawn("npm", ["start", "--silent"], {
    env: { ...process.env, DEMO: "1", PORT: String(port), ...copy.environment },
    stdio: "ignore",
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(answers, { timeout: 180_000 }).toBe(true);
  npm.kill("SIGTERM");
  await expect.poll(answers, { timeout: 30_000 }).toBe(false);
});
