import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

import { readMessage, type ReceivedLetter } from "./read-message.ts";

/** A mail server that delivers to nobody: it keeps the last letters, for `/gia-lap/thu` and for tests. */
export interface MailStandIn {
  /** `smtp://127.0.0.1:<port>` */
  readonly url: string;
  /** Newest first. */
  letters(): readonly ReceivedLetter[];
  stop(): Promise<void>;
}

/** Letters that are kept. */
const MOST_LETTERS = 200;
/** Largest letter, bytes; ours are a few thousand. */
const LARGEST = 1_048_576;

/** Start it on a free port of this machine only. It speaks SMTP (RFC 5321) as far as a client without extensions asks. */
export async function mailStandIn(now: () => number): Promise<MailStandIn> {
  const kept: ReceivedLetter[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    converse(socket, (from, to, source) => {
      kept.unshift({ ...readMessage(source), from, to, at: now() });
      kept.length = Math.min(kept.length, MOST_LETTERS);
    });
  });
  await listening(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters: () => kept,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

async function listening(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  // It keeps no process alive by itself.
  server.unref();
}

type Deliver = (from: string, to: string, source: string) => void;

/** One connection: commands line by line, after DATA the letter up to a lone dot. */
function converse(socket: Socket, deliver: Deliver): void {
  let waiting = "";
  let from: string | undefined;
  let to: string[] = [];
  let letter: string[] | undefined;
  let size = 0;
  const say = (line: string) => void socket.write(`${line}\r\n`);

  function take(line: string): void {
    if (letter) return takeData(letter, line);
    const rest = line.slice(4);
    switch (line.slice(0, 4).toUpperCase()) {
      case "EHLO":
        say("250-stand-in");
        return say("250 8BITMIME");
      case "HELO":
      case "NOOP":
        return say("250 ok");
      case "RSET":
        [from, to] = [undefined, []];
        return say("250 ok");
      case "MAIL":
        from = addressIn(rest);
        return say(from === undefined ? "501 no address" : "250 ok");
      case "RCPT": {
        const address = addressIn(rest);
        if (from === undefined) return say("503 MAIL first");
        if (address === undefined) return say("501 no address");
        to.push(address);
        return say("250 ok");
      }
      case "DATA":
        if (to.length === 0) return say("503 RCPT first");
        letter = [];
        size = 0;
        return say("354 end with a dot");
      case "QUIT":
        say("221 bye");
        return void socket.end();
      default:
        return say("502 not known here");
    }
  }

  function takeData(lines: string[], line: string): void {
    if (line !== ".") {
      size += line.length + 2;
      // A dot at the start was doubled on the way.
      if (size <= LARGEST) lines.push(line.startsWith(".") ? line.slice(1) : line);
      return;
    }
    letter = undefined;
    if (size > LARGEST) return say("552 too large");
    for (const address of to) deliver(from ?? "", address, lines.join("\r\n"));
    [from, to] = [undefined, []];
    say("250 kept");
  }

  socket.setTimeout(60_000, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  // Bytes as they are: what they mean is said by the letter's own headers.
  socket.setEncoding("latin1").on("data", (part: string) => {
    waiting += part;
    if (waiting.length > LARGEST) return void socket.destroy();
    const lines = waiting.split(/\r?\n/);
    waiting = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
  say("220 stand-in: delivers to nobody");
}

function addressIn(text: string): string | undefined {
  return /<([^<>]*)>/.exec(text)?.[1];
}
