import { hash } from "node:crypto";

import en from "../../locales/en/refusal.json" with { type: "json" };
import vi from "../../locales/vi/refusal.json" with { type: "json" };

/** What the listener itself refuses, before the application sees it. */
export type Refusal = 400 | 405 | 408 | 413 | 414 | 500 | 503;

/**
 * The look of the site in one kilobyte, inside the page: what could not be served cannot ask for a stylesheet. The colours
 * are those of `app/ui/css/tokens.css`.
 */
const STYLE = `:root{color-scheme:light dark}
body{margin:0;background:#fbf8f3;color:#1b1d24;font:1.0625rem/1.55 "Be Vietnam Pro",system-ui,-apple-system,Roboto,Arial,sans-serif}
header{border-bottom:7px solid #15161b;padding:.8rem 1.5rem}
header a{color:inherit;font-weight:700;font-size:1.15rem;text-decoration:none}
header svg{margin-right:.6rem;vertical-align:middle}
main{max-width:40rem;padding:1.5rem}
h1{font-size:1.75rem;line-height:1.2;margin:1rem 0}
.button{display:inline-block;margin-top:.5rem;padding:.7rem 1.4rem;border-radius:8px;background:#9c1f24;color:#fff;font-weight:600;text-decoration:none}
a:focus{outline:3px solid #24346b;outline-offset:2px}
@media (prefers-color-scheme:dark){body{background:#15161b;color:#ece8df}header{border-color:#343640}.button{background:#b32b31}a:focus{outline-color:#aebcf5}}`;

/** The mark, drawn with attributes, as an unstyled page would paint it black. */
const MARK = `<svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true"><path d="M12 0 24 12 12 24 0 12z" fill="#1b1d24"/><path d="M12 4 20 12 12 20 4 12z" fill="none" stroke="#d8a52a" stroke-width="1.8"/><path d="M12 7.5 16.5 12 12 16.5 7.5 12z" fill="#a3262b"/></svg>`;

/** Headers of an answer that the listener makes; nothing on it is loaded from anywhere, and no style but its own applies. */
const HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${hash("sha256", STYLE, "base64")}'; frame-ancestors 'none'; base-uri 'none'`,
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
  const home = english ? "/en" : "/";
  const body = `<!doctype html>
<html lang="${english ? "en" : "vi"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – ${words.site}</title><style>${STYLE}</style></head>
<body><header><a href="${home}">${MARK}${words.site}</a></header><main><h1>${title}</h1><p>${sentence}</p><p><a class="button" href="${home}">${words.home}</a></p></main></body>
</html>
`;
  return { headers: { ...HEADERS }, body };
}
