/**
 * `node react-server.ts PORT FILE`: the elements of the page in FILE drawn by renderToPipeableStream for every request,
 * with nothing around: no router, no loader, no words to look up.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

import { createElement } from "react";
import { renderToPipeableStream } from "react-dom/server";

import { elementsOf, parseReactHtml } from "../html-tree.ts";

const tree = parseReactHtml(await readFile(process.argv[3]!, "utf8"));

function Page() {
  return elementsOf(tree);
}

createServer((_request, response) => {
  const { pipe } = renderToPipeableStream(createElement(Page), {
    onShellReady() {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      pipe(response);
    },
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
