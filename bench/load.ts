import { Agent, request } from "node:http";

import { findProgram, mustRun, onCore } from "./programs.ts";
import { quantile } from "./rounds.ts";

/** What a closed loop of requests over loopback gave. */
export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that had another status than expected. */
  readonly wrong: number;
}

export interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Processor the load runs on, where `taskset` exists. */
  readonly core?: number;
}

/** Name of the load generator this machine has. */
export async function loadGenerator(): Promise<"wrk" | "own loop"> {
  return (await findProgram("wrk")) ? "wrk" : "own loop";
}

/** Ask `url` for `seconds` with `connections` kept open; wrk when found, else a loop of our own. */
export async function load(url: string, options: LoadOptions): Promise<Load> {
  const wrk = await findProgram("wrk");
  return wrk ? loadWithWrk(wrk, url, options) : loadWithAgent(url, options);
}

async function loadWithWrk(wrk: string, url: string, options: LoadOptions): Promise<Load> {
  const headers = Object.entries(options.headers ?? {}).flatMap(([name, value]) => [
    "-H",
    `${name}: ${value}`,
  ]);
  const command = [
    wrk,
    "-t1",
    `-c${options.connections}`,
    `-d${options.seconds}s`,
    "--latency",
    ...headers,
    url,
  ];
  const [program, ...args] = await onCore(options.core ?? 1, command);
  const out = await mustRun(program!, args, { seconds: options.seconds + 20 });
  return {
    perSecond: numberAfter(out, /Requests\/sec:\s+([\d.]+)/),
    p50Ms: milliseconds(out, "50%"),
    p99Ms: milliseconds(out, "99%"),
    wrong:
      optionalNumber(out, /Non-2xx or 3xx responses:\s+(\d+)/) +
      optionalNumber(out, /Socket errors: connect (\d+)/),
  };
}

function numberAfter(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`wrk printed no ${pattern.source}: ${text}`);
  return Number(found);
}

function optionalNumber(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1] ?? 0);
}

function milliseconds(text: string, share: string): number {
  const found = new RegExp(`${share}\\s+([\\d.]+)(us|ms|s)`).exec(text);
  if (!found) throw new Error(`wrk printed no ${share}: ${text}`);
  const unit = found[2] === "us" ? 0.001 : found[2] === "ms" ? 1 : 1000;
  return Number(found[1]) * unit;
}

async function loadWithAgent(url: string, options: LoadOptions): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const until = performance.now() + options.seconds * 1000;
  const times: number[] = [];
  let wrong = 0;
  const worker = async () => {
    while (performance.now() < until) {
      const begun = performance.now();
      const status = await statusOf(url, agent, options.headers ?? {});
      times.push(performance.now() - begun);
      if (status !== 200 && status !== 304) wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: options.connections }, worker));
  agent.destroy();
  return {
    perSecond: times.length / options.seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    wrong,
  };
}

/** Status of one request; its body is read to the end and dropped. */
export function statusOf(
  url: string,
  agent: Agent | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers }, (answer) => {
      answer.on("error", reject).on("end", () => resolve(answer.statusCode ?? 0));
      answer.resume();
    });
    sent.on("error", reject).end();
  });
}
