import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";

import { afterEach, expect, test } from "vitest";

import { letGo, streamBody, type StreamLimits } from "./request-stream.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that reads what comes and answers how it went. */
async function reading(limits: Partial<StreamLimits>, reads = true): Promise<number> {
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = streamBody(request, { bytes: 1_000, silence: 1_000, whole: 2_000, ...limits });
    let length = 0;
    try {
      if (reads) for await (const part of body.stream) length += part.length;
    } catch (error) {
      if (body.state() === "cut-off") return;
      return void response.end((error as { code?: string }).code, () => letGo(request, 200));
    }
    response.end(`${body.state()} ${length}`, () => letGo(request, 200));
  };
  const server = createServer((request, response) => void take(request, response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Send the head and what comes after it, a pause between the pieces; answers the body and how long the line stood. */
function send(port: number, length: number, pieces: readonly string[], every = 0) {
  return new Promise<{ body: string; stood: number }>((resolve) => {
    const began = performance.now();
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\nConnection: keep-alive\r\n\r\n`,
    );
    pieces.forEach((piece, n) => setTimeout(() => socket.write(piece), every * n));
    socket.on("data", (part) => {
      text += part.toString();
      if (text.includes("whole")) socket.end();
    });
    socket.on("error", () => undefined);
    socket.on("close", () =>
      resolve({ body: text.split("\r\n\r\n")[1] ?? "", stood: performance.now() - began }),
    );
  });
}

test("a body comes through as it is sent", async () => {
  const port = await reading({});
  expect((await send(port, 9, ["abc", "def", "ghi"], 30)).body).toContain("whole 9");
});

test("the limit counts what comes, and believes an announcement only when it is too much", async () => {
  expect((await send(await reading({}), 2_000, ["abc"])).body).toContain("upload.too-large");
  expect((await send(await reading({ bytes: 5 }), 5, ["abcde"])).body).toContain("whole 5");
});

test("who is silent too long, or sends drop by drop without end, is told so", async () => {
  const silent = await send(await reading({ silence: 80 }), 900, ["abc"]);
  expect(silent.body).toContain("upload.too-slow");
  const drops = Array.from({ length: 100 }, () => "x");
  const dripping = await send(await reading({ silence: 500, whole: 300 }), 900, drops, 40);
  expect(dripping.body).toContain("upload.too-slow");
});

test("who is refused unread gets the answer; the line is cut when the rest does not come", async () => {
  const { body, stood } = await send(await reading({}, false), 900, ["abc"]);
  expect(body).toContain("coming 0");
  expect(stood).toBeLessThan(1_500);
});
