import { data, type RouterContextProvider } from "react-router";

import { OURSELVES } from "#app/domain/kernel/caller.ts";

import { clientContext } from "./client.ts";
import { rateLimitsContext } from "./rate-limit.ts";

type Context = Readonly<RouterContextProvider>;

/**
 * The one way to look up what somebody names by a code: a gift, a promise, a payment, an animal. Codes that do not exist
 * are counted for the caller, whichever address they were tried at, so nobody finds codes by trying. Undefined: none;
 * `"wait"`: this caller tried too many.
 */
export async function lookUp<Found>(
  context: Context,
  find: () => Promise<Found | undefined>,
): Promise<Found | undefined | "wait"> {
  return (await secondsToWait(context)) > 0 ? "wait" : counted(context, find);
}

/** `lookUp` for pages that have nothing else to show: whoever tried too many gets a 429. */
export async function lookUpOrRefuse<Found>(
  context: Context,
  find: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const wait = await secondsToWait(context);
  if (wait > 0) {
    const headers = { "retry-after": `${wait}` };
    throw data({ code: "look-up.too-many" }, { status: 429, headers });
  }
  return counted(context, find);
}

function secondsToWait(context: Context): Promise<number> {
  return context.get(rateLimitsContext).mayLookUp(context.get(clientContext).address);
}

async function counted<Found>(
  context: Context,
  find: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const found = await find();
  const { address } = context.get(clientContext);
  if (found === undefined && address !== OURSELVES) {
    await context.get(rateLimitsContext).lookUpMissed(address);
  }
  return found;
}
