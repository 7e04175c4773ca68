import { brotliCompressSync, gzipSync } from "node:zlib";

import { type Element, parseReactHtml } from "./html-tree.ts";

/** What a browser loads for one page besides pictures, bytes as they travel. */
export interface PageWeight {
  readonly html: number;
  readonly styles: number;
  readonly fonts: number;
  /** Script files and script in the page, gzip. */
  readonly script: number;
}

/** Load the page at `url` as a browser does: its HTML (as it is sent), style sheets, fonts, scripts. */
export async function weigh(url: string): Promise<PageWeight> {
  const html = await textOf(url);
  const links = elementsIn(parseReactHtml(html));
  const of = (rel: string) =>
    links.filter(({ tag, attributes }) => tag === "link" && attributes["rel"] === rel);
  const href = ({ attributes }: Element) => new URL(String(attributes["href"]), url).href;

  const sheets = of("stylesheet").map(href);
  const styles = await Promise.all(sheets.map((sheet) => textOf(sheet)));
  const faces = sheets.flatMap((sheet, at) =>
    [...styles[at]!.matchAll(/url\(["']?([^"')]+\.woff2)/g)].map(
      ([, file]) => new URL(file!, sheet).href,
    ),
  );
  const preloaded = of("preload")
    .filter(({ attributes }) => attributes["as"] === "font")
    .map(href);
  const fonts = [...new Set([...faces, ...preloaded])];
  return {
    html: await sentSize(url),
    styles: sum(await Promise.all(sheets.map(sentSize))),
    fonts: sum(await Promise.all(fonts.map(async (font) => (await bytesOf(font)).length))),
    script: await scriptBytes(url, html),
  };
}

/** Script of a page, gzip: what stands in it, in attributes, and in the files it names. */
export async function scriptBytes(url: string, html: string): Promise<number> {
  const inPage = [
    ...html.matchAll(/<script(?![^>]*\btype="application\/(?:ld\+)?json")[^>]*>(.*?)<\/script>/gis),
  ];
  const handlers = [...html.matchAll(/\son[a-z]+="([^"]*)"/g)];
  const files = new Set(
    [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].flatMap(([tag]) => {
      const named = tag.startsWith("<script")
        ? /\bsrc="([^"]+)"/
        : /rel="modulepreload"/.test(tag)
          ? /\bhref="([^"]+)"/
          : undefined;
      return named?.exec(tag)?.[1] ?? [];
    }),
  );
  const written = [...inPage, ...handlers]
    .map(([, text]) => text ?? "")
    .join("\n")
    .trim();
  const imported = await Promise.all(
    [...files].map(async (file) => gzipSync(await bytesOf(new URL(file, url).href)).length),
  );
  return sum(imported) + (written === "" ? 0 : gzipSync(written).length);
}

/** The table of a page without anything but rows, cells, links and their text. */
export function bareTable(html: string): string {
  const table = elementsIn(parseReactHtml(html)).find(({ tag }) => tag === "table");
  if (!table) throw new Error("the page has no table");
  const cells = (row: Element) =>
    row.children.map((cell) => {
      if (typeof cell === "string") return cell;
      return `<${cell.tag}>${inner(cell)}</${cell.tag}>`;
    });
  const rows = elementsIn(table).filter(({ tag }) => tag === "tr");
  return `<!doctype html><table>${rows.map((row) => `<tr>${cells(row).join("")}</tr>`).join("")}</table>`;
}

function inner(element: Element): string {
  return element.children
    .map((child) => {
      if (typeof child === "string") return child.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      return child.tag === "a"
        ? `<a href="${child.attributes["href"]}">${inner(child)}</a>`
        : inner(child);
    })
    .join("");
}

function elementsIn(element: Element): Element[] {
  return [
    element,
    ...element.children.flatMap((child) => (typeof child === "string" ? [] : elementsIn(child))),
  ];
}

/** Bytes of an answer as the server compresses it for a browser; by brotli 11 here when the server does not. */
async function sentSize(url: string): Promise<number> {
  const answer = await fetch(url, { headers: { "accept-encoding": "br" } });
  const body = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  // `fetch` has unpacked it; how long it was is only in the header.
  const length = Number(answer.headers.get("content-length"));
  if (answer.headers.get("content-encoding") === "br" && length > 0) return length;
  return answer.headers.get("content-encoding") === "br"
    ? brotliCompressSync(body).length
    : body.length;
}

export async function textOf(url: string): Promise<string> {
  return (await bytesOf(url)).toString("utf8");
}

async function bytesOf(url: string): Promise<Buffer> {
  const answer = await fetch(url, { headers: { "accept-encoding": "identity" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
