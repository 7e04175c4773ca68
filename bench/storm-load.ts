import { mkdtemp, writeFile } from "node:fs/promises";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { statusOf } from "./load.ts";
import { findProgram, mustRun, onCore } from "./programs.ts";
import { removeFolder } from "./site.ts";

/** What a crowd that reads many pages at once gave. */
export interface Storm {
  /** Pages a second. */
  readonly perSecond: number;
  /** Answers that were neither 200 nor 304. */
  readonly wrong: number;
}

/** A crowd: which pages it reads, and what each of its requests carries besides. */
export interface Crowd {
  /** Pages that are kept; nineteen of twenty requests ask for one of them. */
  readonly kept: readonly string[];
  /** Pages that are made for each who asks. */
  readonly personal: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** `cookie`, `filter`: every request has another one, which no page reads. */
  readonly carries?: "cookie" | "filter";
}

/** One of so many requests asks for a page that is not kept. */
const PERSONAL_OF = 20;

/** Let the crowd read; by wrk on the second processor when found, else by a loop of our own. */
export async function storm(origin: string, crowd: Crowd): Promise<Storm> {
  const wrk = await findProgram("wrk");
  return wrk ? byWrk(wrk, origin, crowd) : byLoop(origin, crowd);
}

async function byWrk(wrk: string, origin: string, crowd: Crowd): Promise<Storm> {
  const folder = await mkdtemp(join(tmpdir(), "ketnghia-bench-storm-"));
  try {
    const script = join(folder, "storm.lua");
    await writeFile(script, scriptOf(crowd));
    const [program, ...args] = await onCore(1, [
      wrk,
      "-t1",
      `-c${crowd.connections}`,
      `-d${crowd.seconds}s`,
      "--timeout",
      "10s",
      "-s",
      script,
      origin,
    ]);
    const out = await mustRun(program!, args, { seconds: crowd.seconds + 30 });
    const number = (pattern: RegExp) => Number(pattern.exec(out)?.[1] ?? 0);
    const perSecond = number(/Requests\/sec:\s+([\d.]+)/);
    if (perSecond === 0) throw new Error(`wrk printed no rate: ${out}`);
    return {
      perSecond,
      wrong:
        number(/Non-2xx or 3xx responses:\s+(\d+)/) +
        number(/Socket errors: connect (\d+)/) +
        number(/timeout (\d+)/),
    };
  } finally {
    await removeFolder(folder);
  }
}

function scriptOf({ kept, personal, carries }: Crowd): string {
  const list = (paths: readonly string[]) => paths.map((path) => JSON.stringify(path)).join(", ");
  const word = '"x" .. math.random(1000000000)';
  const path =
    carries === "filter"
      ? `path .. (path:find("?", 1, true) and "&" or "?") .. ${word} .. "=1"`
      : "path";
  const headers = carries === "cookie" ? `{ ["Cookie"] = "visit=" .. ${word} }` : "nil";
  return `math.randomseed(20261130)
local kept = { ${list(kept)} }
local personal = { ${list(personal)} }
request = function()
  local from = math.random(${PERSONAL_OF}) == 1 and personal or kept
  local path = from[math.random(#from)]
  return wrk.format("GET", ${path}, ${headers})
end
`;
}

async function byLoop(origin: string, crowd: Crowd): Promise<Storm> {
  const agent = new Agent({ keepAlive: true, maxSockets: crowd.connections });
  const until = performance.now() + crowd.seconds * 1000;
  let answered = 0;
  let wrong = 0;
  let n = 0;
  const reader = async () => {
    while (performance.now() < until) {
      n += 1;
      const from = n % PERSONAL_OF === 0 ? crowd.personal : crowd.kept;
      const path = from[n % from.length] ?? "/";
      const mark = path.includes("?") ? "&" : "?";
      const typed = crowd.carries === "filter" ? `${path}${mark}x${n}=1` : path;
      const headers: Record<string, string> =
        crowd.carries === "cookie" ? { cookie: `visit=${n}` } : {};
      const status = await statusOf(origin + typed, agent, headers);
      answered += 1;
      if (status !== 200 && status !== 304) wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: crowd.connections }, reader));
  agent.destroy();
  return { perSecond: answered / crowd.seconds, wrong };
}
