import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { OFFICE_LISTS } from "#app/domain/office-lists/registry.ts";
import { SET_NAMES } from "#app/domain/open-data/sets.ts";
import { OFFICE_PAGES, officePath, type OfficePage } from "#app/i18n/office-paths.ts";
import { PAGE_FILTERS, PAGE_QUESTIONS } from "#app/i18n/filters.ts";
import { type Page, PAGES, pathToAny } from "#app/i18n/paths.ts";

import { app, type TestApp } from "../support/app.ts";
import { INHERITED_WORDS } from "../support/inherited-words.ts";
import { ownForm, signIn } from "../support/office.ts";
import { paramsOf, type Samples, samplesOf } from "../support/samples.ts";

/** What pages and lists read from an address, besides the public filters. */
const NAMES = [
  ...Object.values({ ...PAGE_FILTERS, ...PAGE_QUESTIONS }).flatMap((names) => Object.keys(names)),
  "act",
  "by",
  "changed",
  "code",
  "commune",
  "done",
  "from",
  "next",
  "on",
  "organisation",
  "person",
  "place",
  "refused",
  "role",
  "sort",
  "stopped",
  "subject",
  "type",
];

/** Officials who together open every page of the office. */
const OFFICIALS = ["demo-administrator", "demo-committee-leader"];

let site: TestApp;
let samples: Samples;
let cookies: string[];

beforeAll(async () => {
  site = await app();
  samples = await samplesOf(site.db);
  cookies = await Promise.all(OFFICIALS.map((id) => signIn(site, id)));
});
afterAll(() => site.close());

/** What of an address was an error of ours, with a word under every name and as an order alone. */
async function broken(path: string, word: string, cookie?: string): Promise<string[]> {
  const queries = [NAMES.map((name) => [name, word]), [["sort", word]]];
  const wrong: string[] = [];
  for (const query of queries) {
    const address = `${path}?${new URLSearchParams(query)}`;
    const answer = await site.ask(address, { headers: cookie === undefined ? {} : { cookie } });
    await answer.body?.cancel();
    if (answer.status >= 500) wrong.push(`${address}: ${answer.status}`);
  }
  return wrong;
}

describe.each(INHERITED_WORDS)("%s", (word) => {
  test("is no filter of a public page", async () => {
    for (const page of Object.keys(PAGES) as Page[]) {
      expect(await broken(pathToAny("vi", page, paramsOf(page, samples)), word)).toEqual([]);
    }
  });

  test("is no table of open data, nor a filter of one", async () => {
    for (const set of ["campaigns", "animals"].filter((name) =>
      SET_NAMES.some((one) => one === name),
    )) {
      expect(await broken(`/data/v1/${set}.csv`, word)).toEqual([]);
    }
    for (const path of [
      `/data/v1/${word}.csv`,
      `/data/v1/${word}.json`,
      `/log/v1/entries/${word}`,
    ]) {
      expect((await site.get(path)).status, path).toBe(404);
    }
  });

  test("is no filter, order or list of the office", async () => {
    const pages = (Object.keys(OFFICE_PAGES) as OfficePage[]).filter(
      (page) => !OFFICE_PAGES[page].includes(":"),
    );
    const lists = [...OFFICE_LISTS.keys()].map((list) =>
      officePath("export", { list: `${list}.csv` }),
    );
    const person = officePath("person", { person: "demo-commune-clerk-20929" });
    for (const cookie of cookies) {
      for (const path of [...pages.map((page) => officePath(page)), ...lists, person]) {
        expect(await broken(path, word, cookie)).toEqual([]);
      }
      const unknown = officePath("export", { list: `${word}.csv` });
      expect((await site.ask(unknown, { headers: { cookie } })).status).toBe(404);
    }
  });

  test("is nothing that a form of the office means, nor a field of one", async () => {
    const pages = Object.values(OFFICE_PAGES).map((path) =>
      path.replace(":person", "demo-commune-clerk-20929").replace(/:\w+/, word),
    );
    for (const cookie of cookies) {
      for (const path of pages) {
        const form: Record<string, string> = { intent: word, key: word, [word]: word };
        const answer = await site.ask(path, ownForm(cookie, form));
        expect(answer.status, `${path} ${word}`).toBeLessThan(500);
      }
    }
  });

  test("is nothing that a public form means", async () => {
    for (const page of Object.keys(PAGES) as Page[]) {
      const path = pathToAny("vi", page, paramsOf(page, samples));
      const form = { intent: word, channel: word, measure: word, donorKind: word, [word]: word };
      const answer = await site.post(path, form);
      expect(answer.status, `${path} ${word}`).toBeLessThan(500);
    }
  });
});

test("nothing broke while all that was answered", () => {
  expect(site.errors).toEqual([]);
});
