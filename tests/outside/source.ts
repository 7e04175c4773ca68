/**
 * Where published files are read from: a running site, or a folder with the same tree. Part of the outside script:
 * nothing of the application is imported here, only what Node has.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Published text by its address; undefined when there is none. */
export interface Source {
  readonly name: string;
  /** Whether pages can be asked for too. */
  readonly live: boolean;
  text(address: string): Promise<string | undefined>;
}

/** A site at `base`, such as `http://localhost:3000`. */
export function siteSource(
  base: string,
  ask: (address: URL) => Promise<Response> = (address) => fetch(address, { redirect: "error" }),
): Source {
  return {
    name: base,
    live: true,
    async text(address) {
      const answer = await ask(new URL(address, base));
      if (answer.status === 404) {
        await answer.body?.cancel();
        return undefined;
      }
      if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
      return answer.text();
    },
  };
}

/** A folder that holds `data/v1/...`, or the files of `data/v1` themselves. */
export function folderSource(folder: string): Source {
  return {
    name: folder,
    live: false,
    async text(address) {
      for (const path of [address, address.replace(/^\/data\/v1\//, "")]) {
        try {
          return await readFile(join(folder, path), "utf8");
        } catch (error) {
          const { code } = error as { code?: string };
          if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
        }
      }
      return undefined;
    },
  };
}
