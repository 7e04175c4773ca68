import { describe, expect, it } from "vitest";

import english from "../../../locales/en/data.json" with { type: "json" };
import vietnamese from "../../../locales/vi/data.json" with { type: "json" };
import { dataPackage } from "./data-package.ts";
import { readme } from "./readme.ts";
import { fileAsked, SET_GROUPS, SET_NAMES, SETS } from "./sets.ts";
import type { DataWords } from "./words.ts";

const words = { vi: vietnamese as DataWords, en: english as DataWords };

describe.each(["vi", "en"] as const)("the README in %s", (language) => {
  const text = readme(words[language], { demo: false });

  it.each(SET_NAMES)("says what every column of %s is, and of no other", (set) => {
    const said = words[language].sets[set].columns;
    expect(Object.keys(said)).toEqual(SETS[set].columns.map(({ name }) => name));
    for (const { name } of SETS[set].columns) {
      expect(said[name], name).toMatch(/\p{L}/u);
      expect(text).toMatch(new RegExp(`^  ${name} `, "m"));
    }
  });

  it("has the formulas of the four totals in lines that fit a terminal", () => {
    for (const figure of ["pledged", "received", "disbursed", "delivered"]) {
      expect(text).toMatch(new RegExp(`^- ${figure} = `, "m"));
    }
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(100);
  });

  it("says when the data is invented", () => {
    expect(text).not.toContain(words[language].demo);
    expect(readme(words[language], { demo: true })).toContain(words[language].demo.slice(0, 20));
  });
});

it("the package lists every table, and refers only to columns that are there", () => {
  const facts = { head: 7, origin: "https://x.example", demo: false } as const;
  const made = dataPackage(words, { ...facts, at: "folder" });
  const { resources, version } = JSON.parse(JSON.stringify(made)) as {
    version: string;
    resources: { name: string; path: string; schema: { fields: { description: string }[] } }[];
  };
  expect(version).toBe("1.0.7");
  expect(resources.map(({ path }) => path)).toEqual(SET_NAMES.map((name) => `${name}.csv`));
  for (const set of SET_NAMES) {
    const names = new Set(SETS[set].columns.map(({ name }) => name));
    for (const column of SETS[set].key) expect(names).toContain(column);
    for (const { columns, set: other, to } of SETS[set].references) {
      for (const column of columns) expect(names).toContain(column);
      const others = SETS[other as (typeof SET_NAMES)[number]].columns.map(({ name }) => name);
      for (const column of to) expect(others).toContain(column);
    }
  }
});

it("a file name asks for a table and a form, or for nothing", () => {
  expect(fileAsked("movements.csv")).toEqual({ set: "movements", format: "csv" });
  expect(fileAsked("need_lines.json")).toEqual({ set: "need_lines", format: "json" });
  for (const wrong of [
    "movements",
    "movements.xml",
    "toString.csv",
    "../x.csv",
    "Movements.csv",
    "",
  ]) {
    expect(fileAsked(wrong), wrong).toBeUndefined();
  }
});

it("on the site the package leads to the files without the byte order mark", () => {
  const facts = { head: 7, origin: "https://x.example", demo: false, at: "site" } as const;
  const { resources } = JSON.parse(JSON.stringify(dataPackage(words, facts))) as {
    resources: { path: string }[];
  };
  expect(resources.map(({ path }) => path)).toEqual(
    SET_NAMES.map((name) => `https://x.example/data/v1/${name}.csv?bom=0`),
  );
});

it("each table stands in one group of the page", () => {
  const grouped: readonly string[] = Object.values(SET_GROUPS).flat();
  expect(grouped).toHaveLength(SET_NAMES.length);
  expect(new Set(grouped)).toEqual(new Set(SET_NAMES));
});
