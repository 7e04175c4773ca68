import { hash } from "node:crypto";

import { describe, expect, test } from "vitest";

import { type Refusal, refusalPage } from "./refusal-page.ts";

const REFUSALS: readonly Refusal[] = [400, 405, 408, 413, 414, 500, 503];

describe.each(REFUSALS)("%i", (status) => {
  test.each(["/chien-dich", "/en/campaigns"])(
    "%s: the site's look, allowed by its digest",
    (path) => {
      const { headers, body } = refusalPage(status, path, { limit: 1000 });
      const [, style = ""] = /<style>(.*?)<\/style>/s.exec(body) ?? [];
      expect(style).toContain("#9c1f24");
      expect(headers["content-security-policy"]).toContain(
        `style-src 'sha256-${hash("sha256", style, "base64")}'`,
      );
      expect(body).not.toMatch(/style="|<script|<link|url\(/);
      expect(body).toContain(`<a class="button" href="${path.startsWith("/en") ? "/en" : "/"}">`);
    },
  );

  test("at most two kilobytes more than its words", () => {
    const { body } = refusalPage(status, "/", { limit: 1000 });
    expect(Buffer.byteLength(body)).toBeLessThan(2_800);
  });
});

test("machines still get a line of text", () => {
  expect(refusalPage(413, "/hooks/vnpay").body).not.toContain("<");
});
