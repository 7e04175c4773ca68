import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { Environment } from "#app/adapters/environment.ts";

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

/** Listen as the environment says. */
export async function listen(
  listener: RequestListener,
  environment: Pick<Environment, "PORT" | "HOST" | "TRUST_PROXY">,
): Promise<Listening> {
  const server = createServer(
    {
      maxHeaderSize: MOST_HEADERS,
      headersTimeout: 15_000,
      requestTimeout: 30_000,
      // A proxy keeps connections open for a minute; closing one first under its hands would lose a request.
      keepAliveTimeout: environment.TRUST_PROXY ? 75_000 : 10_000,
      noDelay: true,
    },
    listener,
  );
  server.maxRequestsPerSocket = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    const { PORT: port, HOST: host } = environment;
    server.listen(host === undefined ? { port } : { port, host }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
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
