import type { RouteConfigEntry } from "@react-router/dev/routes";
import { expect, test } from "vitest";

import { LOCALES, type Page, PAGES } from "#app/i18n/paths.ts";
import routes from "#app/routes.ts";

import { sourceFiles } from "../support/source-tree.ts";

function all(entries: readonly RouteConfigEntry[]): RouteConfigEntry[] {
  return entries.flatMap((entry) => [entry, ...all(entry.children ?? [])]);
}

const entries = all(routes);
const pages = Object.keys(PAGES) as Page[];

test.each(pages)("%s has an address in each language, served by one module", (page) => {
  const served = LOCALES.map((locale) =>
    // The frame around the pages has no address of its own.
    entries.find(
      ({ path }) => path !== undefined && `/${path.replace(/^\//, "")}` === PAGES[page][locale],
    ),
  );
  expect(served[0], PAGES[page].vi).toBeDefined();
  expect(served[1], PAGES[page].en).toBeDefined();
  expect(served[0]?.file).toBe(served[1]?.file);
});

test("English stands under /en and nothing else does", () => {
  for (const page of pages) {
    expect(PAGES[page].en).toMatch(/^\/en(\/|$)/);
    expect(PAGES[page].vi).not.toMatch(/^\/en(\/|$)/);
  }
});

test("no two pages share an address", () => {
  const addresses = pages.flatMap((page) => LOCALES.map((locale) => PAGES[page][locale]));
  expect(new Set(addresses).size).toBe(addresses.length);
});

test("every route file is reached by an address", () => {
  const reached = new Set(entries.map(({ file }) => `app/${file}`));
  const files = sourceFiles().filter((path) =>
    /^app\/routes\/(?!.*\.test\.)[^/]+\/[^/]+\.tsx?$/.test(path),
  );
  expect(files.filter((path) => !reached.has(path))).toEqual([]);
});
