import type { RouteConfigEntry } from "@react-router/dev/routes";
import { expect, test } from "vitest";

import { PAGE_FILTERS, PAGE_QUESTIONS } from "#app/i18n/filters.ts";
import { LOCALES, type Page, PAGES, pathToAny } from "#app/i18n/paths.ts";
import routes from "#app/routes.ts";

import { KEPT_MACHINES, keptPages } from "#app/front/kept-pages.ts";
import { textOf } from "../support/source-tree.ts";

const keep = keptPages({ campaignAt: (slug) => (slug === "bo" ? "TB1" : undefined) });
const PARAMS = {
  slug: "bo",
  code: "QN4K7M2PX",
  entry: "7",
  commune: "tra",
  notice: "n",
  list: "LD1-r1",
  group: "LD1-N1",
  tag: "BO-1",
  pair: "p",
};
const pages = Object.keys(PAGES) as Page[];

function all(entries: readonly RouteConfigEntry[]): RouteConfigEntry[] {
  return entries.flatMap((entry) => [entry, ...all(entry.children ?? [])]);
}
const entries = all(routes);
const moduleOf = (page: Page) => entries.find(({ id }) => id === `vi/${page}`)?.file ?? "";
const keptAt = (page: Page) => LOCALES.map((locale) => keep.path(pathToAny(locale, page, PARAMS)));
const kept = pages.filter((page) => keptAt(page)[0] !== undefined);

test("a page is kept in both languages, with the same topics, or in none", () => {
  expect(kept.length).toBeGreaterThan(15);
  for (const page of pages) {
    const [vi, en] = keptAt(page);
    expect(vi?.topics, page).toEqual(en?.topics);
    expect(vi === undefined, page).toBe(en === undefined);
  }
});

test("every kept page tells what it shows that a gift changes; only an unknown one shows anything", () => {
  for (const page of kept) expect(keptAt(page)[0]?.topics, page).toBeDefined();
  expect(keep.path("/chien-dich/khong-co")?.topics).toBeUndefined();
});

test("pages that are not kept say so themselves", () => {
  for (const page of pages.filter((one) => !kept.includes(one))) {
    expect(textOf(`app/${moduleOf(page)}`), page).toMatch(/no-store/);
  }
});

/** Whether a module reads from its address more than is declared. */
const READS_MORE =
  /searchParams\.(?:get|has|entries|keys|values|forEach)|(?:url|location)\.search\b|request\.(?:url|headers)/;

test("the loader of a kept page reads from the query what is declared, and nothing of a visitor", () => {
  for (const page of kept) {
    const text = textOf(`app/${moduleOf(page)}`);
    expect(READS_MORE.test(text), page).toBe(false);
    expect(/visitorContext|officeVisitor|cookie/i.test(text), page).toBe(false);
    const read = [...text.matchAll(/\b(?:readFilters|unreadFilters|readQuestion)\("(\w+)"/g)];
    expect(
      read.every(([, name]) => name === page),
      page,
    ).toBe(true);
    const declared = page in PAGE_FILTERS || page in PAGE_QUESTIONS;
    expect(read.length > 0, page).toBe(declared);
  }
});

test("filters are declared for kept pages alone", () => {
  for (const page of [...Object.keys(PAGE_FILTERS), ...Object.keys(PAGE_QUESTIONS)]) {
    expect(kept).toContain(page);
  }
});

/** Addresses for machines that are no page for everybody, or cost nothing to keep elsewhere for ever. */
const NOT_KEPT = ["/hooks/", "/healthz", "/log/v1/entries/", "/data/*", "/hinh/"];

test("every address for machines is kept, or on the list of those that are not", () => {
  const machines = entries.flatMap(({ path, id }) =>
    path?.startsWith("/") && !/^(?:vi|en|office)/.test(id ?? "") && !path.startsWith("/quan-tri")
      ? [path]
      : [],
  );
  expect(machines).toContain("/data/v1/:file");
  for (const path of machines.filter((one) => !/dang-nhap|cam-ket|pledges/.test(one))) {
    const known = path in KEPT_MACHINES || NOT_KEPT.some((start) => path.startsWith(start));
    expect(known, path).toBe(true);
  }
});

test("machine files read the filters they declare and no other", () => {
  const file = keep.path("/data/v1/donations.csv");
  expect(file?.query("?q=1&page=2")).toEqual({ search: "", kept: true });
  expect(file?.query("?bom=0&q=1")).toEqual({ search: "?bom=0", kept: true });
  expect(file?.query("?bom=1")).toEqual({ search: "", kept: true });
  const lines = keep.path("/data/v1/ledger.csv");
  expect(lines?.query("?kind=gift&campaign=LD1&size=9")).toEqual({
    search: "?campaign=LD1&kind=gift",
    kept: true,
  });
  expect(keep.path("/data/v1/ketnghia.zip")?.heavy).toBe(true);
  expect(file?.heavy).toBe(true);
});

test("other spellings of a code are the same page", () => {
  for (const typed of ["/ung-ho/qn4k7m2px", "/ung-ho/%51N4K7M2PX", "/ung-ho/QN4K7M2PX%20"]) {
    expect(keep.path(typed)).toMatchObject({
      pathname: "/ung-ho/QN4K7M2PX",
      topics: ["gift:QN4K7M2PX"],
    });
  }
  expect(keep.path("/ung-ho/%E0%A4%A")).toBeUndefined();
  expect(keep.path("/ung-ho/")).toBeUndefined();
});
