import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What stands between the site and PostgreSQL and forgets, as PgBouncer in transaction mode does. */
export interface ForgetfulPooler {
  /** The server as reached through it. */
  readonly url: string;
  close(): Promise<void>;
}

/** What it forgets. */
export interface Forgotten {
  /** The settings that come with a connection (`ignore_startup_parameters = options`). */
  readonly options?: boolean;
  /** Words that are said while nobody asks anything: LISTEN is taken, and nothing is heard. */
  readonly notifications?: boolean;
}

const NOTIFICATION = "A".charCodeAt(0);

/** Open one before the PostgreSQL server of a database's address. */
export async function forgetfulPooler(url: string, forgotten: Forgotten): Promise<ForgetfulPooler> {
  const target = new URL(url);
  const open = new Set<Socket>();
  const pooler = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(end);
      end.on("error", () => undefined).on("close", () => other.destroy());
    }
    near.once("data", (first: Buffer) => {
      far.write(forgotten.options ? withoutOptions(first) : first);
      near.on("data", (bytes) => void far.write(bytes));
    });
    let rest = Buffer.alloc(0);
    far.on("data", (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      // A letter, and the length of what follows with the length itself.
      while (rest.length >= 5 && rest.length >= 1 + rest.readInt32BE(1)) {
        const end = 1 + rest.readInt32BE(1);
        const message = rest.subarray(0, end);
        if (!(forgotten.notifications && message[0] === NOTIFICATION)) near.write(message);
        rest = rest.subarray(end);
      }
    });
  });
  pooler.listen(0, "127.0.0.1");
  await once(pooler, "listening");
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String((pooler.address() as AddressInfo).port);
  return {
    url: through.href,
    async close() {
      for (const end of open) end.destroy();
      await new Promise((resolve) => pooler.close(resolve));
    },
  };
}

/** The packet that begins a connection (length, version, pairs of text that end with 0), without the pair `options`. */
function withoutOptions(packet: Buffer): Buffer {
  const texts = packet.subarray(8).toString("utf8").split("\0");
  const kept: string[] = [];
  for (let at = 0; at + 1 < texts.length && texts[at] !== ""; at += 2) {
    if (texts[at] !== "options") kept.push(texts[at] ?? "", texts[at + 1] ?? "");
  }
  const pairs = Buffer.from(`${kept.join("\0")}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + pairs.length, 0);
  packet.copy(head, 4, 4, 8);
  return Buffer.concat([head, pairs]);
}
