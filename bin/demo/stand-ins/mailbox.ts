import { hash } from "node:crypto";

import en from "../../../locales/en/mailbox.json" with { type: "json" };
import vi from "../../../locales/vi/mailbox.json" with { type: "json" };
import { clockAt, dayAt } from "#app/i18n/formats.ts";
import { escape } from "./escape.ts";
import type { MailStandIn } from "./mail-server.ts";
import type { ReceivedLetter } from "./read-message.ts";

/** Where the letters can be read that the stand-in took. */
export const MAILBOX_PATH = "/gia-lap/thu";

const STYLE = `:root{color-scheme:light}*{box-sizing:border-box}body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1c2733;background:#eef2f6}
main{max-width:44rem;margin:0 auto;padding:1rem}h1{font-size:1.375rem;line-height:1.3;margin:1rem 0}h2{font-size:1.0625rem;margin:0}
.notice{margin:0;padding:.75rem 1rem;background:#7a3e00;color:#fff;text-align:center}
article{background:#fff;border:1px solid #c3ccd6;border-radius:.5rem;padding:1rem;margin:0 0 1rem}
p.to{margin:0;color:#4a5866;overflow-wrap:anywhere}div{white-space:pre-wrap;overflow-wrap:anywhere;margin-top:.75rem}a{color:#0b4f94}`;
const STYLE_HASH = hash("sha256", STYLE, "base64");

/** The page of the letters; `?to=` shows those to one address, `?lang=en` in English, `?as=json` for programs. */
export function mailboxPage(request: Request, mail: Pick<MailStandIn, "letters">): Response {
  const { searchParams } = new URL(request.url);
  const to = searchParams.get("to");
  const letters = mail.letters().filter((letter) => to === null || letter.to === to);
  if (searchParams.get("as") === "json") {
    return Response.json(letters, { headers: { "cache-control": "no-store" } });
  }
  const lang = searchParams.get("lang") === "en" ? "en" : "vi";
  const words = lang === "en" ? en : vi;
  const list = letters.map((letter) => article(letter, words)).join("\n");
  const page = `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${words.title}</title><style>${STYLE}</style></head>
<body><p class="notice">${words.notice}</p><main><h1>${words.title}</h1>
${list || `<p>${words.none}</p>`}</main></body>
</html>
`;
  return new Response(page, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'`,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  });
}

function article(letter: ReceivedLetter, words: typeof vi): string {
  const text = escape(letter.text.trimEnd()).replace(
    /https?:\/\/[^\s<>"]+/g,
    (link) => `<a href="${link}">${link}</a>`,
  );
  const when = `${clockAt(letter.at)}, ${dayAt(letter.at)}`;
  return `<article><h2>${escape(letter.subject)}</h2><p class="to">${words.to} ${escape(letter.to)} · ${when}</p><div>${text}</div></article>`;
}
