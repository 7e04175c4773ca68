// `node server.ts PORT`: the built minimal application on node:http.
import { createServer } from "node:http";

import { createRequestListener } from "@remix-run/node-fetch-server";
import { createRequestHandler, type ServerBuild } from "react-router";

const file = new URL("./build/server/index.js", import.meta.url).href;
const build = (await import(file)) as ServerBuild;
const handle = createRequestHandler(build, "production");
createServer(createRequestListener((request) => handle(request))).listen(
  Number(process.argv[2]),
  "127.0.0.1",
);
