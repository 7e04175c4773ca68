import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";

import { RadioField } from "./radio-field.tsx";

const field = { id: "way", name: "way", legend: "How", value: undefined, options: [] };
const describedBy = (html: string) => /<fieldset[^>]*aria-describedby="([^"]*)"/.exec(html)?.[1];

test("a group tells its hint and what is wrong with it, by ids that are there", () => {
  const html = renderToStaticMarkup(
    createElement(RadioField, { ...field, hint: "One of them", error: "Choose one" }),
  );
  expect(describedBy(html)).toBe("way-hint way-error");
  expect(html).toContain('<p class="hint" id="way-hint">One of them</p>');
  expect(html).toContain('id="way-error">Choose one</p>');
  expect(describedBy(renderToStaticMarkup(createElement(RadioField, field)))).toBeUndefined();
});
