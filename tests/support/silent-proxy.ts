import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server that can fall silent: packets vanish, connections stay as they are, nobody is told. */
export interface SilentProxy {
  /** `server` as reached through it. */
  readonly url: string;
  /** Swallow all that is sent either way from now on; new connections are accepted and lead nowhere. */
  silence(): void;
  /** Let new connections through again; those that were silenced stay so. */
  heal(): void;
  close(): Promise<void>;
}

/** Open one before the PostgreSQL server of a database's address. */
export async function silentProxy(url: string): Promise<SilentProxy> {
  const target = new URL(url);
  let silent = false;
  const open = new Set<{ readonly ends: Socket[]; silent: boolean }>();
  const proxy = createServer((near) => {
    const far = silent ? undefined : connect(Number(target.port || 5432), target.hostname);
    const line = { ends: far ? [near, far] : [near], silent };
    open.add(line);
    for (const end of line.ends) {
      end.on("error", () => undefined);
      end.on("close", () => {
        // The end of one side is a packet too.
        if (!line.silent) for (const other of line.ends) other.destroy();
      });
      end.on("data", (bytes) => {
        const other = line.ends.find((one) => one !== end);
        if (!line.silent) other?.write(bytes);
      });
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String((proxy.address() as AddressInfo).port);
  return {
    url: through.href,
    silence() {
      silent = true;
      for (const line of open) line.silent = true;
    },
    heal() {
      silent = false;
    },
    async close() {
      for (const { ends } of open) for (const end of ends) end.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
