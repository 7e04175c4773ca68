import { data, type MiddlewareFunction } from "react-router";

import { clientContext } from "./client.ts";
import { rateLimitsContext } from "./rate-limit.ts";
import { isForeignPost } from "./same-site.ts";

/** Middleware: forms are taken from our own pages only (else 400), and not without end from one caller (else 429). */
export const ownForms: MiddlewareFunction<Response> = async ({ request, context }) => {
  if (request.method === "GET" || request.method === "HEAD") return;
  if (isForeignPost(request)) throw data({ code: "form.foreign" }, { status: 400 });
  const wait = await context.get(rateLimitsContext).formSent(context.get(clientContext).address);
  if (wait > 0) {
    throw data({ code: "form.too-many" }, { status: 429, headers: { "retry-after": `${wait}` } });
  }
};
