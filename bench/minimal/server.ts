// `node server.ts PORT`: the built minimal application on node:http.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import { createRequestListener } from "@remix-run/node-fetch-server";
import { createRequestHandler, type ServerBuild } from "react-router";
import sirv from "sirv";

const file = new URL("./build/server/index.js", import.meta.url).href;
const build = (await import(file)) as ServerBuild;
const handle = createRequestHandler(build, "production");
const listener = createRequestListener((request) => handle(request));
const files = sirv(fileURLToPath(new URL("./build/client", import.meta.url)));
createServer((request, response) => {
  files(request, response, () => listener(request, response));
}).listen(Number(process.argv[2]), "127.0.0.1");
