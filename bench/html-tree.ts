import { createElement, type ReactNode } from "react";

/** An element of a page: what a component would pass to `createElement`. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | true>>;
  readonly children: readonly (Element | string)[];
}

const VOID = new Set(["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"]);
const BOOLEAN = new Set([
  "checked",
  "disabled",
  "hidden",
  "multiple",
  "open",
  "required",
  "selected",
]);
const NAMES: Readonly<Record<string, string>> = {
  class: "className",
  for: "htmlFor",
  charset: "charSet",
  crossorigin: "crossOrigin",
  hreflang: "hrefLang",
  datetime: "dateTime",
  inputmode: "inputMode",
  autocomplete: "autoComplete",
  maxlength: "maxLength",
  colspan: "colSpan",
  rowspan: "rowSpan",
  tabindex: "tabIndex",
  viewbox: "viewBox",
  fetchpriority: "fetchPriority",
};

/** Read HTML that React wrote (it closes what it opens and quotes every attribute) back into a tree. */
export function parseReactHtml(html: string): Element {
  const root = { tag: "", attributes: {}, children: [] as (Element | string)[] };
  const open: { tag: string; children: (Element | string)[] }[] = [root];
  const token =
    /<!--.*?-->|<!doctype[^>]*>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|[^<]+/gis;
  let at = 0;
  for (const found of html.matchAll(token)) {
    if (found.index !== at) throw new Error(`not HTML of React: ${html.slice(at, at + 80)}`);
    at += found[0].length;
    const [all, closed, opened, attributes] = found;
    const parent = open.at(-1)!;
    if (closed) {
      if (parent.tag !== closed) throw new Error(`</${closed}> closes <${parent.tag}>`);
      open.pop();
    } else if (opened) {
      const element = { tag: opened, attributes: readAttributes(attributes ?? ""), children: [] };
      parent.children.push(element);
      if (!VOID.has(opened) && found[4] !== "/") open.push(element);
    } else if (!all.startsWith("<!")) {
      parent.children.push(unescaped(all));
    }
  }
  const page = root.children.find((child) => typeof child !== "string");
  if (at !== html.length || open.length !== 1 || !page) throw new Error("HTML with an open end");
  return page;
}

function readAttributes(text: string): Record<string, string | true> {
  const pairs = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => {
    const known = NAMES[name!] ?? name!;
    return [known, BOOLEAN.has(name!) && value === "" ? true : unescaped(value!)] as const;
  });
  return Object.fromEntries(pairs);
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}

/** Make the React elements of a tree, every one anew, as a component does on every render. */
export function elementsOf({ tag, attributes, children }: Element): ReactNode {
  return createElement(
    tag,
    { ...attributes },
    ...children.map((child) => (typeof child === "string" ? child : elementsOf(child))),
  );
}
