import { expect, test } from "vitest";

import { rightsPage } from "../../bin/print-rights.ts";
import { textOf } from "../support/source-tree.ts";

test("docs/database-rights.md says what the role is granted", () => {
  expect(
    textOf("docs/database-rights.md"),
    "run: node bin/print-rights.ts > docs/database-rights.md",
  ).toBe(rightsPage());
});
