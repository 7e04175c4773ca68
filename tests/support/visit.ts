import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { BrowserContext, Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One finding of axe, short enough to read in a test's output. */
export interface Finding {
  readonly rule: string;
  readonly impact: string;
  readonly where: string;
  readonly why: string;
}

/** Every rule of axe over the whole page, or some rules only. */
export async function axe(page: Page, only?: readonly string[]): Promise<Finding[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    const { axe: tool } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{
          violations: {
            id: string;
            impact: string;
            nodes: { target: string[]; failureSummary?: string }[];
          }[];
        }>;
      };
    };
    const { violations } = await tool.run(rules ? { runOnly: rules } : {});
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes.slice(0, 3).map(({ target, failureSummary }) => ({
        rule: id,
        impact,
        where: target.join(" "),
        why: (failureSummary ?? "").slice(0, 300),
      })),
    );
  }, only);
}

/** What happened in a browser beside what was looked for. */
export interface Watch {
  /** Hosts other than the site's that anything was asked from. */
  readonly foreign: string[];
  /** Scripts that were loaded. */
  readonly scripts: string[];
  /** Messages of the console that say that something was wrong: blocked by the policy, missing, failed. */
  readonly wrong: string[];
}

/** Watch everything that pages of a context ask for and complain about. */
export function watch(context: BrowserContext, host: string): Watch {
  const seen: Watch = { foreign: [], scripts: [], wrong: [] };
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol === "data:") return;
    if (url.host !== host) seen.foreign.push(url.href);
    if (request.resourceType() === "script") seen.scripts.push(url.href);
  });
  context.on("console", (message) => {
    if (message.type() === "error") seen.wrong.push(message.text());
  });
  return seen;
}
