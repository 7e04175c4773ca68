import { posix } from "node:path";

import { parseSync } from "vite";

/** A declaration at the top of a module: what it is called, and every name that stands in it. */
interface Declaration {
  readonly file: string;
  readonly name: string;
  readonly exported: boolean;
  readonly text: string;
  readonly mentions: ReadonlySet<string>;
}

/** A module in its declarations, and where the names that it imports come from. */
export interface Module {
  readonly file: string;
  readonly declarations: readonly Declaration[];
  /** By the name used here: the file and the name there. */
  readonly imports: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
  /** Names that stand outside every declaration: what happens when the module is loaded. */
  readonly loose: ReadonlySet<string>;
}

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>;

/** The file that a specifier of ours means; undefined for packages. */
function fileOf(specifier: string, from: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".")
    ? posix.normalize(posix.join(posix.dirname(from), specifier))
    : undefined;
}

/** Read a module. */
export function moduleOf(file: string, text: string): Module {
  const declarations: Declaration[] = [];
  const imports = new Map<string, { file: string; name: string }>();
  const loose = new Set<string>();
  const { program } = parseSync(file, text);
  for (const node of program.body as unknown as Node[]) {
    if (node.type === "ImportDeclaration") {
      const from = fileOf((node.source as { value: string }).value, file);
      for (const one of node.specifiers as { local: Named; imported?: Named }[]) {
        if (from)
          imports.set(one.local.name, { file: from, name: one.imported?.name ?? "default" });
      }
      continue;
    }
    const inner = (node.declaration ?? node) as Node;
    const names = namesOf(inner);
    const slice = text.slice(node.start, node.end);
    if (names.length === 0) for (const name of mentionsIn(slice)) loose.add(name);
    for (const name of names) {
      const exported = node.type.startsWith("Export");
      declarations.push({ file, name, exported, text: slice, mentions: mentionsIn(slice) });
    }
  }
  return { file, declarations, imports, loose };
}

interface Named {
  readonly name: string;
}

function namesOf(node: Node): string[] {
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") {
    return [(node.id as Named | null)?.name ?? "default"];
  }
  if (node.type !== "VariableDeclaration") return [];
  return (node.declarations as { id: { type: string; name?: string } }[]).flatMap(({ id }) =>
    id.type === "Identifier" && id.name !== undefined ? [id.name] : [],
  );
}

/** Names that stand in a text: no words of comments and strings, no names of properties. */
function mentionsIn(text: string): Set<string> {
  const bare = text
    .replace(/\/\*[^]*?\*\/|\/\/.*$/gm, " ")
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, " ")
    .replace(/(?<!\.)\.[A-Za-z_$][\w$]*/g, " ");
  return new Set(bare.match(/[A-Za-z_$][\w$]*/g));
}

/** What is reached from the modules that `isRoot` says, through names that stand where they stand: `file name`. */
export function reachedFrom(
  modules: ReadonlyMap<string, Module>,
  isRoot: (file: string) => boolean,
): Set<string> {
  const reached = new Set<string>();
  const waiting: { readonly module: Module; readonly mentions: ReadonlySet<string> }[] = [];
  const reach = (file: string, name: string) => {
    const module = modules.get(file);
    const found = module?.declarations.find((one) => one.name === name);
    if (!module || !found || reached.has(`${file} ${name}`)) return;
    reached.add(`${file} ${name}`);
    waiting.push({ module, mentions: found.mentions });
  };
  for (const module of modules.values()) {
    if (!isRoot(module.file)) continue;
    waiting.push({ module, mentions: module.loose });
    for (const { name } of module.declarations) reach(module.file, name);
  }
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { module, mentions } = next;
    // What stands loose in a module runs once anything of it is used.
    for (const name of [...mentions, ...module.loose]) {
      const from = module.imports.get(name);
      if (from) reach(from.file, from.name);
      else reach(module.file, name);
    }
  }
  return reached;
}
