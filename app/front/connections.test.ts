import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { afterEach, expect, test } from "vitest";

import { type ConnectionRules, isTooSlow, watchConnections } from "./connections.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(rules: Partial<ConnectionRules>, listener: RequestListener) {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  const connections = watchConnections(server, {
    most: 100,
    mostPerCaller: 0,
    leastSpeed: 0,
    stall: 20_000,
    ...rules,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  let ended: Promise<void> | undefined;
  const end = (notice = 0, grace = 50) => (ended ??= connections.end({ notice, grace }, () => {}));
  ends.push(() => end());
  return { port: (server.address() as AddressInfo).port, end };
}

/** A connection with what came on it. */
async function dial(port: number) {
  const socket: Socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  let text = "";
  socket.on("data", (part) => (text += part.toString("latin1")));
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  await new Promise((resolve) => socket.once("connect", resolve));
  return { socket, closed, text: () => text, ask: () => socket.write(ASK) };
}

const ASK = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

test("a caller has so many connections at a time, and gets back what it closes", async () => {
  const { port } = await serve({ mostPerCaller: 2 }, (_, response) => response.end("ok"));
  const first = await dial(port);
  const second = await dial(port);
  const third = await dial(port);
  await third.closed;
  first.ask();
  await expect.poll(first.text).toContain("ok");
  second.socket.destroy();
  await second.closed;
  await expect
    .poll(async () => {
      const fourth = await dial(port);
      fourth.ask();
      await Promise.race([fourth.closed, pause(100)]);
      fourth.socket.destroy();
      return fourth.text();
    })
    .toContain("ok");
});

test("a reader that takes nothing is closed; one that waits for its answer is not", async () => {
  const { port } = await serve({ stall: 150 }, (request, response) => {
    if (request.url === "/slow") setTimeout(() => response.end("thought"), 500);
    else response.end(Buffer.alloc(30_000_000));
  });
  const idle = await dial(port);
  idle.socket.pause();
  idle.ask();
  const patient = await dial(port);
  patient.socket.write(ASK.replace("/ ", "/slow "));
  await expect.poll(patient.text).toContain("thought");
  // It learns of it when it looks.
  await pause(300);
  idle.socket.resume();
  await idle.closed;
  expect(idle.text().length).toBeLessThan(30_000_000);
});

test("least speed is an average, and what is yet to be taken counts for the reader", () => {
  const line = (bytesWritten: number, writableLength: number) => ({
    socket: { bytesWritten, writableLength },
    waits: { since: 0, taken: 0 },
  });
  const rules = { leastSpeed: 1_000 };
  expect(isTooSlow(line(1_000, 1_000), 15_500, rules)).toBe(false);
  expect(isTooSlow(line(1_000, 1_000), 16_500, rules)).toBe(true);
  expect(isTooSlow(line(51_000, 1_000), 60_000, rules)).toBe(false);
  expect(isTooSlow(line(20_000, 1_000), 60_000, rules)).toBe(true);
  const taken = line(1_000, 0);
  expect(isTooSlow(taken, 1e9, rules)).toBe(false);
  expect(taken.waits).toBeUndefined();
});

test("a server that ends answers on, then says goodbye on every answer", async () => {
  const { port, end } = await serve({}, (request, response) => {
    if (request.url === "/slow") setTimeout(() => response.end("late"), 600);
    else response.end("ok");
  });
  const early = await dial(port);
  early.ask();
  await expect.poll(early.text).toContain("ok");
  const slow = await dial(port);
  const done = end(300, 3_000);
  const during = await dial(port);
  during.ask();
  await expect.poll(during.text).toContain("ok");
  expect(during.text()).toMatch(/connection: keep-alive/i);
  await expect
    .poll(async () => {
      const socket = connect(port, "127.0.0.1");
      const refused = await new Promise((resolve) => {
        socket.once("error", () => resolve(true)).once("connect", () => resolve(false));
      });
      socket.destroy();
      return refused;
    })
    .toBe(true);
  await pause(100);
  slow.socket.write(ASK.replace("/ ", "/slow "));
  early.ask();
  await early.closed;
  expect(
    early
      .text()
      .match(/connection: [\w-]+/gi)
      ?.at(-1),
  ).toMatch(/close/);
  await slow.closed;
  expect(slow.text()).toContain("late");
  await done;
  await during.closed;
});
