import { expect, test } from "vitest";

import { sourceFiles, textOf } from "../support/source-tree.ts";

type Words = { readonly [key: string]: string | Words };

function wordsOf(path: string): Map<string, string> {
  const flat = new Map<string, string>();
  const walk = (words: Words, before: string) => {
    for (const [key, value] of Object.entries(words)) {
      const name = before === "" ? key : `${before}.${key}`;
      if (typeof value === "string") flat.set(name, value);
      else walk(value, name);
    }
  };
  walk(JSON.parse(textOf(path)) as Words, "");
  return flat;
}

/** Vietnamese has one plural form, English two: `gift_one` and `gift_other` answer `gift_other`. */
function withoutPlural(key: string): string {
  return key.replace(/_(one|other)$/, "");
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\{[^}]+\}\}/g))].toSorted();
}

const areas = sourceFiles().flatMap((path) => /^locales\/vi\/(.+)\.json$/.exec(path)?.[1] ?? []);

test("both languages have the same areas", () => {
  const english = sourceFiles().flatMap(
    (path) => /^locales\/en\/(.+)\.json$/.exec(path)?.[1] ?? [],
  );
  expect(areas.length).toBeGreaterThan(0);
  expect(english.toSorted()).toEqual(areas.toSorted());
});

test.each(areas)("%s says the same things in both languages", (area) => {
  const vi = wordsOf(`locales/vi/${area}.json`);
  const en = wordsOf(`locales/en/${area}.json`);
  const keys = (words: Map<string, string>) =>
    [...new Set([...words.keys()].map(withoutPlural))].toSorted();
  expect(keys(en)).toEqual(keys(vi));

  for (const [key, text] of [...vi, ...en]) expect(text.trim(), key).not.toBe("");
  for (const [key, text] of en) {
    const original =
      vi.get(key) ?? vi.get(`${withoutPlural(key)}_other`) ?? vi.get(withoutPlural(key));
    // An English singular may leave out the number that it is.
    if (key.endsWith("_one")) continue;
    expect(placeholders(text), key).toEqual(placeholders(original ?? ""));
  }
});

test.each(areas)("%s is written in NFC", (area) => {
  const text = textOf(`locales/vi/${area}.json`);
  expect(text).toBe(text.normalize("NFC"));
});
