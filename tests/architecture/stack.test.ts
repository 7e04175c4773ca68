import { expect, test } from "vitest";

import { sourceFiles, textOf } from "../support/source-tree.ts";

const page = textOf("docs/stack.md");

/** Rows of the tables: what each is about, and the test that holds our rule. */
const rows = page
  .split("\n")
  .filter((line) => /^\| (?!row\b|-)/.test(line))
  .map((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    return { name: cells[1] ?? "", does: cells.slice(2, 6), test: cells[6]?.replaceAll("`", "") };
  });

/** What is named as "docs/stack.md, pg-boss" in a text. */
function namedIn(text: string): string[] {
  return [...text.matchAll(/docs\/stack\.md, ([\w:=.-]+(?<![.:]))/g)].map(([, name = ""]) => name);
}

test("there are rows, each with what it does, how it was seen and what we do, once", () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ does }) => does.includes(""))).toEqual([]);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

test("the test of a row is there and names the row", () => {
  const files = new Set(sourceFiles());
  const lost = rows.filter(
    ({ name, test: path }) =>
      path !== undefined &&
      path !== "" &&
      !(files.has(path) && namedIn(textOf(path)).includes(name)),
  );
  expect(lost).toEqual([]);
});

test("whoever names a row finds it", () => {
  const names = new Set(rows.map(({ name }) => name));
  const lost = sourceFiles()
    .filter((path) => /^(?:app|bin|db|tests|docs)\/.*\.(?:tsx?|md|css)$/.test(path))
    .filter((path) => !["tests/architecture/stack.test.ts", "docs/stack.md"].includes(path))
    .flatMap((path) => namedIn(textOf(path)).map((name) => ({ path, name })))
    .filter(({ name }) => !names.has(name));
  expect(lost).toEqual([]);
});
