import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { Environment } from "#app/adapters/environment.ts";
import { type FrontParts, type KeptFront, putBefore } from "#app/adapters/kept-front.ts";

/** Longest line of headers and their sum, bytes. */
const MOST_HEADERS = 16_384;
/** How long requests under way may take after we were told to stop, milliseconds. */
const GRACE = 10_000;

/** A listening server. */
export interface Listening {
  readonly port: number;
  /** Take no new requests, let those under way end, close. */
  stop(): Promise<void>;
}

/** Listen as the environment says; pages that `kept` has are answered before anything else. */
export async function listen(
  listener: RequestListener,
  environment: Pick<Environment, "PORT" | "HOST" | "TRUST_PROXY">,
  kept?: Pick<FrontParts, "cache" | "origin" | "keep">,
): Promise<Listening> {
  // A proxy keeps connections open for a minute; closing one first under its hands would lose a request.
  const keepAlive = environment.TRUST_PROXY ? 75_000 : 10_000;
  const server = createServer(
    {
      maxHeaderSize: MOST_HEADERS,
      headersTimeout: 15_000,
      // A form with files may take as long; the listener itself is stricter with all others.
      requestTimeout: 16 * 60_000,
      keepAliveTimeout: keepAlive,
      noDelay: true,
    },
    listener,
  );
  server.maxRequestsPerSocket = 0;
  const front = kept && putBefore(server, { ...kept, keepAlive });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    const { PORT: port, HOST: host } = environment;
    server.listen(host === undefined ? { port } : { port, host }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => close(server, front) };
}

async function close(server: Server, front: KeptFront | undefined): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  front?.close();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(late);
}

/** A free port, for `PORT=0`: the application has to know its address before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
