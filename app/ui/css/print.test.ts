import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import en from "../../../locales/en/site.json" with { type: "json" };
import vi from "../../../locales/vi/site.json" with { type: "json" };

test("the margins of a printed demonstration say what its banner says", () => {
  const css = readFileSync(new URL("./print.css", import.meta.url), "utf8");
  for (const [locale, { demo }] of Object.entries({ vi, en })) {
    const page = new RegExp(`@page demo-${locale} \\{([^}]*)\\}`).exec(css)?.[1] ?? "";
    expect(page).toContain(`content: "${demo}"`);
  }
});

test("what is printed has no padding of the screen around it (docs/stack.md, Firefox)", () => {
  const css = readFileSync(new URL("./print.css", import.meta.url), "utf8");
  expect(/main\.wrap \{([^}]*)\}/.exec(css)?.[1]).toContain("padding: 0;");
});
