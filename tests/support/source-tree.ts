import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's own root folder. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const NOT_OURS = new Set(["node_modules", "build", ".git", ".react-router", ".data", "coverage"]);

/** Every file of the repository, as a path from its root with `/`; nothing that is built or installed. */
export function sourceFiles(): string[] {
  const found: string[] = [];
  const walk = (folder: string) => {
    for (const item of readdirSync(folder, { withFileTypes: true })) {
      if (NOT_OURS.has(item.name) || item.name === ".env" || item.name.endsWith(".log")) continue;
      const path = join(folder, item.name);
      if (item.isDirectory()) walk(path);
      else found.push(relative(ROOT, path).split(sep).join("/"));
    }
  };
  walk(ROOT);
  return found;
}

/** The text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** What a module imports, type imports included; comments and strings that look like one do not count. */
export function importsOf(text: string): string[] {
  const found = text.matchAll(/^\s*(?:import|export)\b[^;'"]*?from\s+["']([^"']+)["']/gm);
  const bare = text.matchAll(/^\s*import\s+["']([^"']+)["']/gm);
  const late = text.matchAll(/\bimport\(\s*["']([^"']+)["']/g);
  return [...found, ...bare, ...late].map(([, name = ""]) => name);
}

/** Names a module exports for its callers; types do not count. */
export function exportsOf(text: string): string[] {
  const named = text.matchAll(
    /^export\s+(?:async\s+)?(?:function\*?|const|let|class)\s+([\w$]+)/gm,
  );
  const lists = text.matchAll(/^export\s+\{([^}]*)\}/gm);
  const all = /^export\s+\*/m.test(text) ? ["*"] : [];
  const standard = /^export\s+default\b/m.test(text) ? ["default"] : [];
  const listed = [...lists].flatMap(([, names = ""]) =>
    names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "" && !name.startsWith("type "))
      .map((name) => name.split(/\s+as\s+/).at(-1) ?? name),
  );
  return [...[...named].map(([, name = ""]) => name), ...listed, ...all, ...standard];
}
