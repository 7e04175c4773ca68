import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** What of a request's surroundings is believed. */
export interface OriginRules {
  /** The site's own origin, when it is configured: then no header can change it. */
  readonly publicUrl?: string | undefined;
  /** A proxy in front overwrites X-Forwarded-*. */
  readonly trustProxy: boolean;
}

const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** The headers an origin is told by. */
export type HostHeaders = Readonly<
  Partial<Record<"host" | "x-forwarded-host" | "x-forwarded-proto", string | string[] | undefined>>
>;

/** `https://host` as the visitor sees it; undefined when the headers name no valid host. */
export function originOf(
  request: { readonly headers: HostHeaders },
  rules: OriginRules,
): string | undefined {
  if (rules.publicUrl !== undefined) return rules.publicUrl;
  const forwarded = rules.trustProxy ? last(request.headers["x-forwarded-host"]) : undefined;
  const host = forwarded ?? request.headers.host;
  if (typeof host !== "string" || !HOST.test(host)) return undefined;
  const protocol = rules.trustProxy ? last(request.headers["x-forwarded-proto"]) : undefined;
  const origin = `${protocol === "https" ? "https" : "http"}://${host.toLowerCase()}`;
  // The pattern lets through what only looks like a host, such as port 99999; this is what makes addresses of it.
  return URL.canParse(origin) ? origin : undefined;
}

/** Which origins pages are kept for. */
export interface KeptOrigins {
  /** Whether pages asked for under this origin may be kept; asking counts as use. */
  has(origin: string): boolean;
}

/** Origins learnt from requests, and for how long one that nobody uses keeps its place, milliseconds. */
const MOST_LEARNT = 8;
const UNUSED_FOR = 10 * 60_000;

/**
 * Without PUBLIC_URL whoever asks names the host, and each host has copies of all pages: only so many are kept for, those
 * that came first and are used. Pages of the others are made each time.
 */
export function keptOrigins(rules: OriginRules, now: () => number = Date.now): KeptOrigins {
  const used = new Map<string, number>();
  return {
    has(origin) {
      if (rules.publicUrl !== undefined) return origin === rules.publicUrl;
      const at = now();
      if (!used.has(origin) && used.size >= MOST_LEARNT) {
        for (const [one, last] of used) if (at - last > UNUSED_FOR) used.delete(one);
        if (used.size >= MOST_LEARNT) return false;
      }
      used.set(origin, at);
      return true;
    },
  };
}

/** The caller's address: the one that our own proxy added, else the socket's. */
export function callerOf(request: IncomingMessage, rules: OriginRules): string {
  // What stands further left was written by the caller.
  const forwarded = rules.trustProxy ? last(request.headers["x-forwarded-for"]) : undefined;
  if (forwarded !== undefined && isIP(forwarded) !== 0) return forwarded;
  return request.socket.remoteAddress ?? "unknown";
}

function last(header: string | string[] | undefined): string | undefined {
  const line = Array.isArray(header) ? header.join(",") : header;
  return line?.split(",").at(-1)?.trim() || undefined;
}
