import { expect, test } from "vitest";

import { CHECK_NAMES } from "#db/checks/run.ts";

import { checksPage } from "../../bin/print-checks.ts";
import en from "../../locales/en/transparency.json" with { type: "json" };
import vi from "../../locales/vi/transparency.json" with { type: "json" };
import { textOf } from "../support/source-tree.ts";

test("docs/checks.md says what the checks see", () => {
  expect(textOf("docs/checks.md"), "run: node bin/print-checks.ts > docs/checks.md").toBe(
    checksPage(),
  );
});

test("every check has its words", () => {
  for (const words of [vi, en]) {
    expect(Object.keys(words.check)).toEqual(expect.arrayContaining([...CHECK_NAMES]));
  }
});
