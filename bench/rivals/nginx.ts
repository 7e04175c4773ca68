import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findProgram } from "../programs.ts";
import { startWebServer, type WebServer } from "../web-server.ts";

/** nginx serving `files` (name to bytes) as static files on one core; undefined when there is none. */
export async function startNginx(
  port: number,
  files: Readonly<Record<string, { body: Uint8Array; encoding?: string }>>,
): Promise<WebServer | undefined> {
  const nginx = await findProgram("nginx");
  if (!nginx) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "ketnghia-bench-nginx-"));
  // Started by root, its worker is another user, who has to read this.
  await chmod(folder, 0o755);
  await mkdir(join(folder, "html"));
  for (const [name, { body }] of Object.entries(files)) {
    await writeFile(join(folder, "html", name), body, { mode: 0o644 });
  }
  const config = join(folder, "nginx.conf");
  await writeFile(config, configuration(folder, port, files));
  const server = await startWebServer([nginx, "-e", join(folder, "error.log"), "-c", config], {
    port,
    path: `/${Object.keys(files)[0]}`,
    pinned: true,
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(
  folder: string,
  port: number,
  files: Readonly<Record<string, { encoding?: string }>>,
): string {
  const locations = Object.entries(files).map(
    ([name, { encoding }]) =>
      `location = /${name} { ${encoding ? `add_header content-encoding ${encoding};` : ""} }`,
  );
  return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  default_type "text/html; charset=utf-8";
  sendfile on;
  tcp_nopush on;
  open_file_cache max=16;
  keepalive_requests 1000000000;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server {
    listen 127.0.0.1:${port};
    root ${folder}/html;
    ${locations.join("\n    ")}
  }
}
`;
}
