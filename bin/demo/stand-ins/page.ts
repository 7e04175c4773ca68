import { hash } from "node:crypto";

import en from "../../../locales/en/payment.json" with { type: "json" };
import vi from "../../../locales/vi/payment.json" with { type: "json" };
import { groupDigits } from "#app/domain/kernel/dong.ts";
import { escape } from "./escape.ts";

/** The words of a stand-in page. */
export type StandInWords = typeof vi.standIn;

/** The words in the payer's language; Vietnamese unless English was asked for. */
export function standInWords(locale: string): StandInWords {
  return locale === "en" ? en.standIn : vi.standIn;
}

/** One button of the page. */
interface Choice {
  readonly value: string;
  readonly words: string;
}

/** What a payment page shows. */
export interface PaymentPage {
  readonly locale: string;
  readonly title: string;
  /** đồng */
  readonly amount: bigint;
  readonly info: string;
  readonly reference: string;
  /** Where the form goes, and fields it carries along. */
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly choices: readonly Choice[];
  /** Origin the browser is sent to afterwards; the policy has to allow it. */
  readonly returnOrigin: string;
}

const STYLE = `:root{color-scheme:light}*{box-sizing:border-box}body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1c2733;background:#eef2f6}
main{max-width:30rem;margin:0 auto;padding:1rem}h1{font-size:1.375rem;line-height:1.3;margin:1rem 0}
.notice{margin:0;padding:.75rem 1rem;background:#7a3e00;color:#fff;text-align:center}
section{background:#fff;border:1px solid #c3ccd6;border-radius:.5rem;padding:1rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 1rem}dt{color:#4a5866}dd{margin:0;text-align:right;overflow-wrap:anywhere}
dd.amount{font-weight:700}h2{font-size:1rem;margin:1rem 0 .5rem}
button{display:block;width:100%;min-height:3rem;margin:.5rem 0;padding:.5rem 1rem;font:inherit;text-align:left;color:#1c2733;background:#fff;border:1px solid #6b7a89;border-radius:.375rem;cursor:pointer}
button:first-of-type{background:#0b5cab;border-color:#0b5cab;color:#fff}button:focus-visible{outline:3px solid #ffb000;outline-offset:2px}`;

const STYLE_HASH = hash("sha256", STYLE, "base64");

/** The page on which one chooses how the payment ends. */
export function paymentPage(page: PaymentPage): Response {
  const words = standInWords(page.locale);
  const hidden = Object.entries(page.hidden)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join("");
  const buttons = page.choices
    .map(
      ({ value, words: text }) =>
        `<button type="submit" name="choice" value="${escape(value)}">${escape(text)}</button>`,
    )
    .join("\n");
  const body = `<section><dl><dt>${words.amount}</dt><dd class="amount">${groupDigits(page.amount)} đ</dd>
<dt>${words.order}</dt><dd>${escape(page.info)}</dd><dt>${words.reference}</dt><dd>${escape(page.reference)}</dd></dl>
<form method="post" action="${escape(page.action)}">${hidden}<h2>${words.choose}</h2>
${buttons}</form></section>`;
  return html(200, page.locale, page.title, body, page.returnOrigin);
}

/** A page that says why there is no payment. */
export function refusedPage(locale: string, title: string, text: string): Response {
  return html(400, locale, title, `<section><p>${escape(text)}</p></section>`);
}

function html(
  status: number,
  locale: string,
  title: string,
  body: string,
  returnOrigin = "",
): Response {
  const words = standInWords(locale);
  const page = `<!doctype html>
<html lang="${locale === "en" ? "en" : "vi"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><p class="notice">${words.notice}</p><main><h1>${escape(title)}</h1>
${body}</main></body>
</html>
`;
  return new Response(page, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${returnOrigin}; frame-ancestors 'none'; base-uri 'none'`,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  });
}

/** Send the browser on. */
export function seeOther(address: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location: address, "cache-control": "no-store" },
  });
}
