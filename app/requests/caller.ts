import type { RouterContextProvider } from "react-router";

import type { Caller } from "#app/domain/people/sign-in.ts";

import { clientContext } from "./client.ts";

/** Longest name of a browser that is kept with a session, signs. */
const LONGEST_DEVICE = 200;

/** Who asks, as sign-in wants to know it. */
export function callerOf(request: Request, context: Readonly<RouterContextProvider>): Caller {
  return {
    cookie: request.headers.get("cookie"),
    address: context.get(clientContext).address,
    device: (request.headers.get("user-agent") ?? "").slice(0, LONGEST_DEVICE),
  };
}

/** Headers that set cookies. */
export function settingCookies(cookies: readonly string[]): Headers {
  const headers = new Headers();
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return headers;
}

/** Send the browser on to `path`, with cookies. */
export function goOn(path: string, cookies: readonly string[]): Response {
  const headers = settingCookies(cookies);
  headers.set("location", path);
  return new Response(null, { status: 303, headers });
}
