import type { Server, ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { setImmediate as afterReading, setTimeout as pause } from "node:timers/promises";

import { callerNames, WIDE_FACTOR } from "#app/domain/kernel/caller.ts";

/** What connections may do, whoever answers on them. */
export interface ConnectionRules {
  /** Most at a time in all; further ones are closed at once. */
  readonly most: number;
  /** Most at a time of one caller; 0: no limit, as where a proxy makes all of them. */
  readonly mostPerCaller: number;
  /** Bytes a second that a reader takes at least, over the time its answer takes. */
  readonly leastSpeed: number;
  /** Milliseconds for which a reader may take nothing at all. */
  readonly stall: number;
}

/** How a server that was told to end goes about it, milliseconds. */
interface EndRules {
  /** How long connections are still taken, so that balancers see that we are not ready; less where nobody is connected. */
  readonly notice: number;
  /** How long requests may take from then on; half of it at most goes into letting in who has connected already. */
  readonly grace: number;
}

/** The open connections of a server. */
export interface Connections {
  /** End: told once, answers when no connection is left. `beforeLast`: called when every answer is to be the last of its connection. */
  end(rules: EndRules, beforeLast: () => void): Promise<void>;
}

interface Line {
  readonly socket: Socket;
  /** Requests that `node:http` has had, and those that are not answered to the end. */
  asked: number;
  underWay: number;
  /** Bytes read when we last looked, and how many looks in a row it was no more. */
  read: number;
  quiet: number;
  /** Since when something waits to be taken, and how much had been taken then. */
  waits: { readonly since: number; readonly taken: number } | undefined;
}

/** How long an answer may take whatever its size, milliseconds. */
const HEAD_START = 15_000;
/** How often speeds are looked at, milliseconds. */
const LOOK_EVERY = 1_000;
/** While the server ends: how often connections are looked at, milliseconds; and how many quiet looks close one. */
const LOOK_EVERY_ENDING = 50;
const QUIET_LOOKS = 30;
/** Turns of the loop in which nobody connected. */
const EMPTY_TURNS = 5;
/** Where nobody is connected nobody has to be told for long, milliseconds. */
const NOBODY = 250;

/** Watch over the connections of `server`; called once, after whatever else stands before its requests. */
export function watchConnections(server: Server, rules: ConnectionRules): Connections {
  const lines = new Map<Socket, Line>();
  const held = new Map<string, number>();
  let last = false;
  let accepted = 0;

  server.maxConnections = rules.most;
  server.prependListener("connection", (socket: Socket) => {
    accepted += 1;
    const names = namesOf(socket, rules);
    if (names.some(({ name, most }) => (held.get(name) ?? 0) >= most)) {
      socket.destroy();
      return;
    }
    for (const { name } of names) held.set(name, (held.get(name) ?? 0) + 1);
    lines.set(socket, { socket, asked: 0, underWay: 0, read: 0, quiet: 0, waits: undefined });
    socket.once("close", () => {
      lines.delete(socket);
      for (const { name } of names) {
        const left = (held.get(name) ?? 0) - 1;
        if (left > 0) held.set(name, left);
        else held.delete(name);
      }
    });
  });

  server.prependListener("request", (request, response: ServerResponse) => {
    const line = lines.get(request.socket);
    if (!line) return;
    line.asked += 1;
    line.underWay += 1;
    if (last) response.setHeader("connection", "close");
    response.once("close", () => void (line.underWay -= 1));
  });

  // Node's own clock counts from the last byte that moved: what it ends took nothing, or asked for nothing more. Whoever
  // waits for us, and whose first request is yet to come (`headersTimeout`), is not stalling.
  server.setTimeout(rules.stall, (socket) => {
    const { asked = 0, underWay = 0 } = lines.get(socket) ?? {};
    const waiting = (underWay > 0 || asked === 0) && socket.writableLength === 0;
    if (waiting) socket.setTimeout(rules.stall);
    else socket.destroy();
  });

  const looking = setInterval(() => {
    const now = performance.now();
    for (const line of lines.values()) if (isTooSlow(line, now, rules)) line.socket.destroy();
  }, LOOK_EVERY);
  looking.unref();
  server.once("close", () => clearInterval(looking));

  return {
    async end({ notice, grace }, beforeLast) {
      const told = performance.now();
      for (;;) {
        const passed = performance.now() - told;
        if (passed >= notice || (lines.size === 0 && passed >= NOBODY)) break;
        await pause(LOOK_EVERY_ENDING);
      }
      // Closing the listener cuts who has connected and waits for a busy process to see it: those are let in before. Each
      // turn of the loop lets somebody in, so turns without anybody mean that nobody waits.
      const latest = performance.now() + grace;
      const patience = latest - grace / 2;
      for (let turns = 0, seen = accepted; turns < EMPTY_TURNS; turns++) {
        await afterReading();
        if (accepted !== seen && performance.now() < patience) turns = 0;
        seen = accepted;
      }
      // First nobody new, then the last answers: whoever is told to go comes back to another server, not to this one.
      // `node:http`'s own close would cut connections that are idle now, also under a request that is on its way.
      const closed = new Promise<void>((resolve) => {
        NetServer.prototype.close.call(server, () => resolve());
      });
      await pause(20);
      last = true;
      beforeLast();
      while (lines.size > 0) {
        const late = performance.now() > latest;
        for (const line of lines.values()) {
          if (isQuiet(line) || late) line.socket.destroy();
        }
        await pause(LOOK_EVERY_ENDING);
        // What came while this process was busy is read before it is called quiet.
        await afterReading();
      }
      await closed;
    },
  };
}

/** What a connection counts for: its caller, and the network around. */
function namesOf(socket: Socket, { mostPerCaller }: ConnectionRules) {
  if (mostPerCaller === 0) return [];
  const { one, wide } = callerNames(socket.remoteAddress ?? "unknown");
  const names = [{ name: one, most: mostPerCaller }];
  if (wide !== undefined) names.push({ name: wide, most: mostPerCaller * WIDE_FACTOR });
  return names;
}

/** Nothing was asked for a while and nothing is being answered. Looks are counted, not time: a busy process looks rarely. */
function isQuiet(line: Line): boolean {
  const { socket } = line;
  const busy = line.underWay > 0 || socket.writableLength > 0 || socket.bytesRead !== line.read;
  line.read = socket.bytesRead;
  line.quiet = busy ? 0 : line.quiet + 1;
  return line.quiet > QUIET_LOOKS;
}

/** Whether a reader took less than the least speed since something waits for it; what it has yet to take is in its favour. */
export function isTooSlow(
  line: Pick<Line, "waits"> & {
    readonly socket: Pick<Socket, "bytesWritten" | "writableLength">;
  },
  now: number,
  { leastSpeed }: Pick<ConnectionRules, "leastSpeed">,
): boolean {
  const { bytesWritten, writableLength } = line.socket;
  if (writableLength === 0) {
    line.waits = undefined;
    return false;
  }
  const taken = bytesWritten - writableLength;
  line.waits ??= { since: now, taken };
  const due = ((now - line.waits.since - HEAD_START) / 1000) * leastSpeed;
  return taken - line.waits.taken + writableLength < due;
}
