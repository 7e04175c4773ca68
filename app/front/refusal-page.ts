import en from "../../locales/en/refusal.json" with { type: "json" };
import vi from "../../locales/vi/refusal.json" with { type: "json" };

/** What the listener itself refuses, before the application sees it. */
export type Refusal = 400 | 405 | 408 | 413 | 414 | 500 | 503;

/** Headers of an answer that the listener makes; nothing on it is loaded from anywhere. */
const HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  "content-type": "text/html; charset=utf-8",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
};

/** A page in the language of the address; a line of text for machines. */
export function refusalPage(
  status: Refusal,
  target: string,
  facts: { limit?: number } = {},
): { headers: Record<string, string>; body: string } {
  const english = target === "/en" || target.startsWith("/en/") || target.startsWith("/en?");
  const words = english ? en : vi;
  const { title, text } = words[status];
  const sentence = text.replace("{{limit}}", String(facts.limit ?? ""));
  // What reads open data reads JSON.
  if (status === 503 && /^\/(?:data|log)\//.test(target)) {
    return {
      headers: { ...HEADERS, "content-type": "application/json; charset=utf-8" },
      body: `${JSON.stringify({ code: "server.busy" })}\n`,
    };
  }
  if (/^\/(hooks|data|log|healthz|metrics)\b/.test(target)) {
    return {
      headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" },
      body: `${en[status].title}\n`,
    };
  }
  const body = `<!doctype html>
<html lang="${english ? "en" : "vi"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – ${words.site}</title></head>
<body><main><h1>${title}</h1><p>${sentence}</p><p><a href="${english ? "/en" : "/"}">${words.home}</a></p></main></body>
</html>
`;
  return { headers: { ...HEADERS }, body };
}
