import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { addDays } from "#app/domain/kernel/calendar.ts";
import { must } from "#app/domain/kernel/result.ts";
import { recordMeeting } from "#app/domain/lists/record-meeting.ts";
import { type Locale, LOCALES, OFFICE_LOCALE_ADDRESS, pathTo } from "#app/i18n/paths.ts";

import { browser } from "../support/browser.ts";
import { decided, meetingOf, posted, registerIn, submittedList } from "../support/list-books.ts";
import {
  CAMPAIGN,
  CHAIR,
  CLERK,
  listSite,
  type ListSite,
  SECOND,
  serveListSite,
} from "../support/list-site.ts";
import { ownForm, signIn, withCookies } from "../support/office.ts";
import { scan } from "../support/order-books.ts";
import { axe } from "../support/visit.ts";

const LIST = `${CAMPAIGN}-r1`;
const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 900 },
];

let site: ListSite;
let served: Awaited<ReturnType<typeof serveListSite>>;
let chromium: Browser;
const cookies = new Map<string, string>();

beforeAll(async () => {
  site = await listSite();
  served = await serveListSite(site);
  chromium = await browser();
  for (const id of [CLERK, CHAIR, SECOND]) cookies.set(id, await signIn(site, id));
});
afterAll(async () => {
  await chromium.close();
  await served.close();
  await site.close();
});

/** What is wrong with a page on a small phone and on a desk, in both lights; empty when nothing is. */
async function faults(path: string, locale: Locale, who?: string): Promise<object[]> {
  let cookie = who === undefined ? "" : (cookies.get(who) ?? "");
  if (who !== undefined) {
    const chosen = await site.ask(
      OFFICE_LOCALE_ADDRESS,
      ownForm(cookie, { locale, back: "/quan-tri" }),
    );
    cookie = withCookies(cookie, chosen);
    cookies.set(who, cookie);
  }
  const context = await chromium.newContext({
    reducedMotion: "reduce",
    javaScriptEnabled: true,
    extraHTTPHeaders: cookie === "" ? {} : { cookie },
  });
  const page: Page = await context.newPage();
  try {
    const answer = await page.goto(served.url + path);
    if (answer?.status() !== 200) return [{ path, status: answer?.status() }];
    const wrong: object[] = [];
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: size.width === 320 ? "dark" : "light" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > size.width) wrong.push({ path, wide, of: size.width });
      for (const one of await axe(page)) wrong.push({ path, width: size.width, ...one });
    }
    return wrong;
  } finally {
    await context.close();
  }
}

describe.each(LOCALES)("in %s", (locale) => {
  const village = encodeURIComponent("Tu Nương");
  const form = `/quan-tri/hop-thon/moi?campaign=${CAMPAIGN}&round=1&village=${village}`;

  test("before the decision", async () => {
    if (locale === "vi") {
      const thin = meetingOf("Tu Nương", [], {
        campaign: CAMPAIGN,
        present: 3,
        onDay: addDays(site.books.firstDay, -8),
      });
      const { services, people } = site.books;
      await registerIn(site.books, "Tu Nương", ["Hồ Văn Thử", "Hồ Thị Nếp"]);
      must(await recordMeeting(services, people.clerk, thin, [scan()]));
      await submittedList(site.books);
    }
    if (locale === "en") return;
    const meetings = await site.services.lists.meetings(CAMPAIGN, 1);
    for (const [path, who] of [
      ["/quan-tri/to-cong-tac", CLERK],
      ["/quan-tri/hop-thon", CLERK],
      ["/quan-tri/hop-thon/moi", CLERK],
      [form, CLERK],
      [`/quan-tri/hop-thon/${meetings.at(-1)?.id}?names=1`, CLERK],
      ["/quan-tri/danh-sach", CLERK],
      [`/quan-tri/danh-sach/${LIST}`, CHAIR],
    ] as const) {
      expect(await faults(path, locale, who)).toEqual([]);
    }
  });

  test("posted: the office, the sheets, the public pages", async () => {
    if (locale === "vi") {
      await decided(site.books);
      await posted(site.books);
    }
    const [version] = await site.services.lists.versions(LIST);
    for (const who of [CLERK, SECOND]) {
      expect(await faults(`/quan-tri/danh-sach/${LIST}`, locale, who)).toEqual([]);
    }
    expect(await faults(`/quan-tri/danh-sach/${LIST}/to-niem-yet`, locale, CLERK)).toEqual([]);
    if (locale === "en") expect(await faults(form, locale, CLERK)).toEqual([]);
    for (const path of [
      pathTo(locale, "notice", { notice: LIST }),
      pathTo(locale, "noticeSheet", { notice: LIST }),
      pathTo(locale, "notices"),
      `${pathTo(locale, "notices")}?checksum=${version?.checksum}`,
      `${pathTo(locale, "notices")}?checksum=abc`,
      pathTo(locale, "entry", { entry: version?.entry ?? 0 }),
    ]) {
      expect(await faults(path, locale)).toEqual([]);
    }
  });
});

test("both sheets print on A4 in black and white, without what only a screen can do", async () => {
  for (const [path, who] of [
    [pathTo("vi", "noticeSheet", { notice: LIST }), undefined],
    [`/quan-tri/danh-sach/${LIST}/to-niem-yet`, CLERK],
  ] as const) {
    const context = await chromium.newContext({
      extraHTTPHeaders: who ? { cookie: cookies.get(who) ?? "" } : {},
    });
    const page = await context.newPage();
    await page.goto(served.url + path);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".list-sheet table").isVisible()).toBe(true);
    expect(await page.locator(".print-hint").isVisible()).toBe(false);
    for (const nav of await page.locator("nav").all()) expect(await nav.isVisible()).toBe(false);
    const colours = await page.evaluate(() =>
      [...document.querySelectorAll(".list-sheet *")].map((one) => getComputedStyle(one).color),
    );
    const grey = (colour: string) =>
      new Set(/\d+, \d+, \d+/.exec(colour)?.[0].split(", ")).size === 1;
    expect(colours.filter((colour) => !grey(colour))).toEqual([]);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await context.close();
  }
});
