import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

import { watchConnections } from "./connections.ts";
import { type FrontParts, putBefore } from "./kept-front.ts";

/** Longest line of headers and their sum, bytes. */
const MOST_HEADERS = 16_384;
/** How long a reader may take nothing, milliseconds. */
const STALL = 20_000;
/** Milliseconds in which the listener ends, its notice included; what else has to end fits into ten seconds with it. */
const LONGEST_END = 8_000;

/** How and where to listen. */
export interface ListenOptions {
  readonly PORT: number;
  readonly HOST?: string | undefined;
  readonly TRUST_PROXY: boolean;
  readonly CONNECTIONS: number;
  readonly CONNECTIONS_PER_CALLER: number;
  readonly LEAST_SPEED: number;
  readonly STOP_NOTICE: number;
}

/** A listening server. */
export interface Listening {
  readonly port: number;
  /** Take requests a little longer, as who balances has to notice; then no more, let those under way end, close. */
  stop(): Promise<void>;
}

/** Listen as the environment says; pages that `kept` has are answered before anything else. */
export async function listen(
  listener: RequestListener,
  environment: ListenOptions,
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
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: keepAlive,
      noDelay: true,
    },
    listener,
  );
  server.maxRequestsPerSocket = 0;
  const front = kept && putBefore(server, { ...kept, keepAlive });
  const connections = watchConnections(server, {
    most: environment.CONNECTIONS,
    // All connections of a proxy are its own.
    mostPerCaller: environment.TRUST_PROXY ? 0 : environment.CONNECTIONS_PER_CALLER,
    leastSpeed: environment.LEAST_SPEED,
    stall: STALL,
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    const { PORT: port, HOST: host } = environment;
    server.listen(host === undefined ? { port } : { port, host }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const notice = environment.STOP_NOTICE * 1000;
  return {
    port,
    stop: () => connections.end({ notice, grace: LONGEST_END - notice }, () => front?.close()),
  };
}

/** A free port, for `PORT=0`: the application has to know its address before it listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
