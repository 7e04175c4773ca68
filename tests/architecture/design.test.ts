import { expect, test } from "vitest";

import { sourceFiles, textOf } from "../support/source-tree.ts";

/** Pages of `docs/design` that comments refer to, by number: `ledger.md 3.2, 3.11`, `features.md #7`. */
const PAGES = ["ledger", "features", "payments", "vietnam-rules", "transparency-log"] as const;

/** A point's number, or the name of one without. */
const POINT = "(?:#\\d+|\\d+(?:\\.\\d+)?|privacy)";
const REFERENCE = new RegExp(
  `\\b(${PAGES.join("|")})\\.md\`?,?(?: sections?)? (${POINT}(?:(?:, | and | to |-)${POINT}(?![\\w%]))*)`,
  "g",
);

/** What a text refers to, line breaks of comments taken out. */
function referencesIn(text: string): { page: string; point: string }[] {
  const joined = text.replaceAll(/\s*\n\s*(?:\*|\/\/|--|#(?!\d))?\s*/g, " ");
  return [...joined.matchAll(REFERENCE)].flatMap(([, page = "", points = ""]) =>
    [...points.matchAll(new RegExp(POINT, "g"))].map(([point]) => ({ page, point })),
  );
}

/** Numbers of a page's headings, and the words of those without. */
function pointsOf(page: string): Set<string> {
  const headings = textOf(`docs/design/${page}.md`).matchAll(
    /^#{2,3} (#?[\d.]*\d|\w+)\.?(?= |$)/gm,
  );
  return new Set([...headings].map(([, point = ""]) => point.toLowerCase()));
}

const referring = sourceFiles().filter(
  (path) =>
    /^(?:app|db|bin|tests|bench|findings|docs|README|CONTRIBUTING)/.test(path) &&
    /\.(?:tsx?|sql|sh|md|css)$/.test(path) &&
    path !== "tests/architecture/design.test.ts",
);

test("references are read as they are written", () => {
  const text = `(ledger.md 3.4-3.6) (features.md #7, #70): (payments.md 4.2, rule 6)
    /** … (ledger.md
     * 3.3, 3.6) \`ledger.md\`, sections 1 to 3. (features.md, privacy) ledger.md 2, Modern Treasury`;
  expect(referencesIn(text).map(({ page, point }) => `${page} ${point}`)).toEqual([
    "ledger 3.4",
    "ledger 3.6",
    "features #7",
    "features #70",
    "payments 4.2",
    "ledger 3.3",
    "ledger 3.6",
    "ledger 1",
    "ledger 3",
    "features privacy",
    "ledger 2",
  ]);
});

test("every reference to a design page leads to a point of it", () => {
  const points = new Map(PAGES.map((page) => [page as string, pointsOf(page)]));
  const found = referring.flatMap((path) =>
    referencesIn(textOf(path)).map(({ page, point }) => ({ path, page, point })),
  );
  expect(found.length).toBeGreaterThan(90);
  const lost = found.filter(({ page, point }) => !points.get(page)?.has(point));
  expect(lost).toEqual([]);
});

test("no comment refers to a design page that is not here", () => {
  const lost = referring.filter((path) =>
    /(?<![\w/-])(?:house|field|formats|look|open-data)\.md/.test(textOf(path)),
  );
  expect(lost).toEqual([]);
});
