import { startOf } from "#app/domain/kernel/calendar.ts";
import { day, number } from "#app/i18n/formats.ts";
import { wordsFor } from "#app/i18n/instance.ts";
import { pathTo } from "#app/i18n/paths.ts";
import { placeInSentence } from "#app/i18n/place-names.ts";
import { servicesContext } from "#app/requests/services.ts";
import { settingsContext } from "#app/requests/settings.ts";
import type { Route } from "./+types/notice-feed";

/** Notices that the feed tells. */
const MOST = 50;
/** A feed without entries is as old as the plan. */
const FIRST = startOf("2021-12-24");

/** `/niem-yet.atom`: lists that were put up, newest first (RFC 4287). Codes, places and days; nothing of anybody. */
export async function loader({ context }: Route.LoaderArgs) {
  const { lists } = context.get(servicesContext);
  const { origin } = context.get(settingsContext);
  const t = wordsFor("vi", "lists");
  const notices = await lists.newestNotices(MOST);
  const entries = notices.map((one) => {
    const address = escape(`${origin}${pathTo("vi", "notice", { notice: one.list })}`);
    const said = {
      campaign: one.titleVi,
      commune: placeInSentence("vi", one.communeName),
      households: number("vi", one.households),
      from: day(one.fromDay),
      to: day(one.toDay),
    };
    return [
      "<entry>",
      `<id>${address}#${escape(`${one.version}-${one.postedAt}`)}</id>`,
      `<title>${escape(t("feed.entry", said))}</title>`,
      `<updated>${moment(one.postedAt)}</updated>`,
      `<link href="${address}"/>`,
      `<summary>${escape(t("feed.summary", said))}</summary>`,
      "</entry>",
    ].join("");
  });
  const updated = moment(notices[0]?.postedAt ?? FIRST);
  const body = [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">`,
    `<id>${escape(`${origin}/niem-yet.atom`)}</id>`,
    `<title>${escape(t("feed.title"))}</title>`,
    `<updated>${updated}</updated>`,
    `<author><name>Kết Nghĩa</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${escape(`${origin}/niem-yet.atom`)}"/>`,
    `<link href="${escape(`${origin}${pathTo("vi", "notices")}`)}"/>`,
    ...entries,
    "</feed>",
    "",
  ].join("\n");
  return new Response(body, {
    headers: {
      "content-type": "application/atom+xml; charset=utf-8",
      "cache-control": "public, max-age=0, must-revalidate",
    },
  });
}

function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

function escape(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
