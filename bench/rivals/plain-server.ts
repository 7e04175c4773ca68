/** `node plain-server.ts PORT FILE [ENCODING]`: the bytes of FILE from memory, by bare node:http. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const [, , port, file, encoding] = process.argv;
const body = await readFile(file!);
const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-length": body.length,
  ...(encoding ? { "content-encoding": encoding } : {}),
};

createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen(Number(port), "127.0.0.1");
