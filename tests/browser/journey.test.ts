import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Locale, LOCALES, pathTo } from "#app/i18n/paths.ts";

import { browser } from "../support/browser.ts";
import { demonstration, type Demonstration } from "../support/demonstration.ts";
import { testServer, type TestServer } from "../support/server.ts";
import { watch } from "../support/visit.ts";

let copy: Demonstration;
let server: TestServer;
let chromium: Browser;

beforeAll(async () => {
  copy = await demonstration();
  [server, chromium] = await Promise.all([testServer(copy.environment), browser()]);
});
afterAll(async () => {
  await chromium.close();
  await server.stop();
  await copy.remove();
});

/** A gift from the home page to the page that follows it, by links and buttons alone. Answers its code. */
async function give(page: Page, locale: Locale, channel: "vnpay" | "stripe", amount: string) {
  const campaigns = pathTo(locale, "campaigns");
  await page.goto(server.url + pathTo(locale, "home"));
  await page.locator(`header a[href="${campaigns}"]`).click();
  await page.goto(`${server.url}${campaigns}?state=open`);
  await page.locator(`main a[href^="${campaigns}/"]`).first().click();
  const slug = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await otherAmount(page);
  expect(new URL(page.url()).pathname).toBe(pathTo(locale, "give", { slug }));

  await page.locator('input[name="amount"]').fill(amount);
  await page.locator('input[name="donorName"]').fill("Nguyễn Thị Đào");
  await page.locator(`input[name="channel"][value="${channel}"]`).check();
  await page.locator('main form button[type="submit"]').click();
  const code = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  expect(new URL(page.url()).pathname).toBe(pathTo(locale, "pledge", { code }));

  await page.locator(`form:has(input[name="channel"][value="${channel}"]) button`).click();
  expect(page.url()).toContain(`/stand-in/${channel}/`);
  await page.locator("form button").first().click();
  await page.waitForURL(`**${pathTo(locale, "payment", { code })}**`);
  return code;
}

/** From the campaign's page to the form, with an amount of one's own. */
async function otherAmount(page: Page): Promise<void> {
  await page.locator('.giving-form input[name="gift"][value=""]').check();
  await page.locator('.giving-form button[type="submit"]').click();
}

describe.each([
  ["without script", false],
  ["with script", true],
] as const)("%s", (_, javaScriptEnabled) => {
  describe.each(LOCALES)("in %s", (locale) => {
    test.each(["vnpay", "stripe"] as const)(
      "campaign, give, pay by %s, follow my gift",
      async (channel) => {
        const context = await chromium.newContext({ javaScriptEnabled, locale: "vi-VN" });
        const seen = watch(context, new URL(server.url).host);
        const page = await context.newPage();
        try {
          const code = await give(page, locale, channel, "1.250.000");
          await page
            .locator(`a[href="${pathTo(locale, "donation", { code })}"]`)
            .first()
            .click();
          const text = (await page.locator("main").innerText()).replace(/[.,\s\u00a0]/g, "");
          expect(text).toContain(code);
          expect(text).toContain("1250000");
          const entry = page.locator(`main a[href^="${pathTo(locale, "ledger")}/"]`).first();
          await entry.click();
          expect(await page.locator("main").innerText()).toContain(code);
          expect(seen.foreign).toEqual([]);
          expect(seen.scripts).toEqual([]);
          expect(seen.wrong).toEqual([]);
        } finally {
          await context.close();
        }
      },
    );
  });
});

test("a mistake in the form keeps what was typed and says what is wrong, beside the field and above", async () => {
  const page = await chromium.newPage({ javaScriptEnabled: false });
  try {
    await page.goto(`${server.url}/chien-dich?state=open`);
    await page.locator('main a[href^="/chien-dich/"]').first().click();
    await otherAmount(page);
    await page.locator('input[name="amount"]').fill("năm trăm");
    await page.locator('input[name="donorName"]').fill("Trần Văn Giữ");
    await page.locator('main form button[type="submit"]').click();
    const amount = page.locator('input[name="amount"]');
    expect(await amount.getAttribute("aria-invalid")).toBe("true");
    expect(await amount.inputValue()).toBe("năm trăm");
    expect(await page.locator('input[name="donorName"]').inputValue()).toBe("Trần Văn Giữ");
    const summary = page.locator('main [role="alert"], main .error-summary').first();
    await summary.locator("a").first().click();
    expect(new URL(page.url()).hash).toBe("#amount");
  } finally {
    await page.close();
  }
});

test("the whole way can be gone by keyboard", async () => {
  const page = await chromium.newPage();
  try {
    await page.goto(server.url);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toBe("#main");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).hash).toBe("#main");
    await page.goto(`${server.url}/chien-dich?state=open`);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("href") ?? "");
    for (let tabs = 0; tabs < 80 && !/^\/chien-dich\/./.test(await focused()); tabs += 1) {
      await page.keyboard.press("Tab");
    }
    expect(await focused()).toMatch(/^\/chien-dich\/./);
    // The ring may be drawn around the whole card that the link belongs to, by what stands behind it too.
    const ring = await page.evaluate(() => {
      const shown = (style: CSSStyleDeclaration) =>
        (style.outlineStyle !== "none" && style.outlineWidth !== "0px") ||
        style.boxShadow !== "none";
      let at = document.activeElement;
      if (at && shown(getComputedStyle(at, "::after"))) return true;
      while (at && at !== document.body && !shown(getComputedStyle(at))) at = at.parentElement;
      return at !== null && at !== document.body;
    });
    expect(ring).toBe(true);
  } finally {
    await page.close();
  }
});
