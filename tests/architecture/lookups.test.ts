import { expect, test } from "vitest";

import { isNode, nodesOf, type SyntaxNode } from "../support/pattern-sources.ts";
import { sourceFiles, textOf } from "../support/source-tree.ts";

/**
 * A plain object answers to words nobody put into it: `ACTS["constructor"]` is a function. So nothing that is open to any
 * word (`Record<string, …>`) is asked with one directly, only through `own` (or it is a `Map`), and no word is looked for
 * with `in`. A table whose keys are all named by its type takes only a key of that type, which the compiler sees to.
 */
const files = sourceFiles().filter(
  (path) => /^(?:app|bin)\/.*\.tsx?$/.test(path) && !path.includes(".test."),
);

const OPEN =
  /^:?\s*(?:(?:Readonly|Partial)<)*(?:Record<\s*string\s*,|\{\s*(?:readonly\s+)?\[\w+: string\])/;

/** Names of types that are such a table. */
function openTypes(file: string, text: string): string[] {
  return [...nodesOf(file, text)].flatMap((node) => {
    if (node["type"] !== "TSTypeAliasDeclaration") return [];
    const name = (node["id"] as SyntaxNode)["name"];
    return OPEN.test(textAt(text, node["typeAnnotation"])) ? [String(name)] : [];
  });
}

/** Look-ups of one file by a word that is known only while it runs. */
function openLookUps(file: string, text: string, types: ReadonlySet<string>): string[] {
  const nodes = [...nodesOf(file, text)];
  const isOpen = (annotation: unknown) => {
    const type = textAt(text, annotation);
    const name = /^:?\s*(?:(?:Readonly|Partial)<)*(\w+)/.exec(type)?.[1] ?? "";
    return OPEN.test(type) || types.has(name);
  };
  const tables = new Set<unknown>();
  const written = new Set<unknown>();
  for (const node of nodes) {
    const named = node["type"] === "TSPropertySignature" ? node["key"] : node;
    if (isNode(node["typeAnnotation"]) && isNode(named) && isOpen(node["typeAnnotation"])) {
      tables.add(named["name"]);
    }
    if (node["type"] === "AssignmentExpression") written.add(node["left"]);
  }
  return nodes
    .filter((node) => {
      if (node["type"] === "BinaryExpression" && node["operator"] === "in") {
        return (node["left"] as SyntaxNode)["type"] !== "Literal";
      }
      if (node["type"] !== "MemberExpression" || node["computed"] !== true) return false;
      const key = (node["property"] as SyntaxNode)["type"];
      if (key === "Literal" || key === "TemplateLiteral" || written.has(node)) return false;
      const of = node["object"] as SyntaxNode;
      const name =
        of["type"] === "MemberExpression" ? (of["property"] as SyntaxNode)["name"] : of["name"];
      return name !== undefined && tables.has(name);
    })
    .map((node) => `${file}: ${textAt(text, node)}`);
}

function textAt(text: string, node: unknown): string {
  return isNode(node) ? text.slice(Number(node["start"]), Number(node["end"])) : "";
}

test("a word that is known only while the program runs is asked for as the table's own", () => {
  const types = new Set(files.flatMap((file) => openTypes(file, textOf(file))));
  expect(types.size).toBeGreaterThan(2);
  const found = files
    .filter((file) => file !== "app/domain/kernel/own.ts")
    .flatMap((file) => openLookUps(file, textOf(file), types));
  expect(found).toEqual([]);
});

test("the look finds what it is for", () => {
  const text = `
    const ACTS: Readonly<Record<string, number>> = { go: 1 };
    const STATES: Record<"open" | "shut", number> = { open: 1, shut: 2 };
    const first = ACTS["go"];
    const second = (word: string) => ACTS[word];
    const third = (word: "open") => STATES[word];
    const fourth = (query: Query, word: string) => query[word];
    const fifth = (word: string) => word in STATES;
    const sixth = (one: { keys: Record<string, 1> }, word: string) => one.keys[word];
    const seventh = (query: Query, n: number) => query[\`need-\${n}\`];
  `;
  expect(openLookUps("some.ts", text, new Set(["Query"])).toSorted()).toEqual([
    "some.ts: ACTS[word]",
    "some.ts: one.keys[word]",
    "some.ts: query[word]",
    "some.ts: word in STATES",
  ]);
});
