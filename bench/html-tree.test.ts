import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";

import { elementsOf, parseReactHtml } from "./html-tree.ts";

test("what React wrote, read back and drawn again, is the same text", () => {
  const page = createElement(
    "main",
    { className: "a b", "aria-label": 'say "x" & <y>' },
    "one ",
    "two",
    createElement("input", { type: "checkbox", disabled: true, defaultValue: "v" }),
    createElement(
      "svg",
      { viewBox: "0 0 1 1" },
      createElement("path", { d: "M0 0", strokeWidth: 2 }),
    ),
    createElement("label", { htmlFor: "i" }, "tháng 11 ‘’ <&>'"),
    createElement("br"),
  );
  const html = renderToString(page);
  expect(renderToString(elementsOf(parseReactHtml(`<!doctype html>${html}`)))).toBe(html);
});

test("HTML that React would not write is refused", () => {
  expect(() => parseReactHtml("<p>one</b>")).toThrow("</b> closes <p>");
  expect(() => parseReactHtml("<p>one")).toThrow("open end");
  expect(() => parseReactHtml("<p a=b>one</p>")).toThrow("not HTML of React");
});
