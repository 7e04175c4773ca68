import { officeReturn } from "./office-paths.ts";
import { expect, test } from "vitest";

import { LOCALES, localeOfPath, oneAddress, PAGES, pathTo, pathToAny } from "./paths.ts";

test("addresses are filled and encoded", () => {
  expect(pathTo("vi", "campaign", { slug: "bo-la-dee" })).toBe("/chien-dich/bo-la-dee");
  expect(pathTo("en", "give", { slug: "a b/c" })).toBe("/en/campaigns/a%20b%2Fc/pledge");
  expect(pathTo("vi", "entry", { entry: 4812 })).toBe("/so-cai/4812");
  expect(pathTo("en", "home")).toBe("/en");
});

test("a missing parameter is a bug, not an address", () => {
  expect(() => pathToAny("vi", "campaign", {})).toThrow(/slug/);
});

test("every page has both addresses with the same parameters, in its language's tree, and none twice", () => {
  const seen = new Set<string>();
  for (const page of Object.values(PAGES)) {
    expect(page.en.match(/:\w+/g)).toEqual(page.vi.match(/:\w+/g));
    for (const locale of LOCALES) {
      expect(localeOfPath(page[locale])).toBe(locale);
      expect(seen.has(page[locale])).toBe(false);
      seen.add(page[locale]);
    }
  }
});

test("only the English tree is English", () => {
  expect(localeOfPath("/en")).toBe("en");
  expect(localeOfPath("/english")).toBe("vi");
});

test("other spellings of a page lead to its one address, and nowhere else", () => {
  expect(oneAddress("/so-cai/0042/")).toBe("/so-cai/42");
  expect(oneAddress("/EN")).toBe("/en");
  expect(oneAddress("/so-cai/42")).toBeUndefined();
  expect(oneAddress("/")).toBeUndefined();
  expect(oneAddress("//evil.example/so-cai/1")).toBeUndefined();
  expect(oneAddress("/data/v1/")).toBeUndefined();
});

test.each([
  "//evil.example",
  "https://evil.example/quan-tri",
  "/quan-tri@evil.example",
  "/quan-tri/..//evil.example",
  "/quan-tri/.//evil.example",
  "/quan-tri//evil.example",
  "/quan-tri/../dang-xuat",
  "/quan-tri/%2e%2e/dang-xuat",
  "/quan-tri\\evil",
  "/quan-tri/\r\nset-cookie: x=1",
])("a sign-in comes back to no address but the office's own: %j", (asked) => {
  expect(officeReturn(asked)).toBe("/quan-tri");
});

test("a sign-in comes back to the page that was asked for", () => {
  const asked = "/quan-tri/nhat-ky?act=role.approve&from=2026-01-01";
  expect(officeReturn(asked)).toBe(asked);
});
