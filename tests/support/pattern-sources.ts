import { parseSync } from "vite";

import { sourceFiles, textOf } from "./source-tree.ts";

/** A regular expression as it stands in a file. */
interface WrittenPattern {
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** What one file holds. `made`: lines on which a pattern is put together while the program runs. */
export interface FilePatterns {
  readonly written: readonly WrittenPattern[];
  readonly made: readonly number[];
}

/** A node of the syntax tree, as far as we look at it. */
export type SyntaxNode = Readonly<Record<string, unknown>>;

/** The folders whose code meets what strangers write. */
const FOLDERS = /^(?:app|bin|db)\/.*\.tsx?$/;

/** Every pattern of the product's own code; tests are left out. */
export function patternsOfProduct(): ReadonlyMap<string, FilePatterns> {
  const files = sourceFiles().filter((path) => FOLDERS.test(path) && !path.includes(".test."));
  return new Map(files.map((file) => [file, patternsIn(file, textOf(file))]));
}

/** The patterns of one file, found by parsing it: comments and texts that look like a pattern are none. */
export function patternsIn(file: string, text: string): FilePatterns {
  const written: WrittenPattern[] = [];
  const made: number[] = [];
  const lineOf = (at: unknown) => text.slice(0, Number(at)).split("\n").length;
  for (const node of nodesOf(file, text)) {
    const line = lineOf(node["start"]);
    if (node["type"] === "Literal" && isNode(node["regex"])) {
      const { pattern, flags } = node["regex"];
      written.push({ file, line, source: String(pattern), flags: String(flags) });
    }
    const calls = node["type"] === "NewExpression" || node["type"] === "CallExpression";
    if (calls && isNode(node["callee"]) && node["callee"]["name"] === "RegExp") {
      const [source, flags] = (node["arguments"] as SyntaxNode[]).map(({ value }) => value);
      // A text that stands there is as good as a literal; anything else is known only while it runs.
      if (typeof source === "string" && (flags === undefined || typeof flags === "string")) {
        written.push({ file, line, source, flags: flags ?? "" });
      } else made.push(line);
    }
  }
  return { written, made };
}

/** Every node of a file's syntax tree. */
export function* nodesOf(file: string, text: string): Generator<SyntaxNode> {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const waiting: unknown[] = [program];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...(next as unknown[]));
    else if (isNode(next)) {
      if (typeof next["type"] === "string") yield next;
      waiting.push(...Object.values(next));
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null;
}
