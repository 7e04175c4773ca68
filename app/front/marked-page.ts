import { clockAt, dayAt } from "#app/i18n/formats.ts";

import en from "../../locales/en/site.json" with { type: "json" };
import vi from "../../locales/vi/site.json" with { type: "json" };
import { readyPage, type ReadyPage } from "./ready-page.ts";

/** Where the notice goes: in front of what stands above every page. */
const HEADER = '<header class="site-header">';

/**
 * The last page with words, above all else, that it could not be brought up to date and when it was made. A file for
 * machines stays as it is. Both say so in `Cache-Status` (RFC 9211).
 */
export async function markedPage(page: ReadyPage): Promise<ReadyPage> {
  const headers = new Headers();
  for (let at = 0; at < page.unchanged.length; at += 2) {
    headers.set(page.unchanged[at] ?? "", page.unchanged[at + 1] ?? "");
  }
  headers.set("cache-status", 'ketnghia; hit; detail="not-confirmed"');
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  const body = isPage ? withNotice(page) : page.identity.body;
  return readyPage(headers, body, page.madeAt);
}

function withNotice({ identity, madeAt }: ReadyPage): Buffer {
  const html = identity.body.toString("utf8");
  const words = /^<!doctype html><html lang="en"/i.test(html) ? en : vi;
  const seconds = Math.floor(madeAt / 1000);
  const time = `<time datetime="${new Date(madeAt).toISOString()}">${clockAt(seconds)} · ${dayAt(seconds)}</time>`;
  const notice = `<p class="not-confirmed" role="status"><span class="wrap">${words.notConfirmed.replace("{{time}}", time)}</span></p>`;
  return Buffer.from(html.replace(HEADER, () => notice + HEADER));
}
