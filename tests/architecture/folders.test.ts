import { expect, test } from "vitest";

import { exportsOf, importsOf, sourceFiles, textOf } from "../support/source-tree.ts";

const files = sourceFiles();
const code = files.filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".test.ts"));

function inside(folder: string): string[] {
  return code.filter((path) => path.startsWith(`${folder}/`));
}

/** `path: import` of every import that breaks the rule. */
function offenders(folder: string, forbidden: (name: string) => boolean): string[] {
  return inside(folder).flatMap((path) =>
    importsOf(textOf(path))
      .filter((name) => forbidden(resolved(path, name)))
      .map((name) => `${path}: ${name}`),
  );
}

/** A relative or `#` import as a path from the root; a package as its name. */
function resolved(from: string, name: string): string {
  if (name.startsWith("#")) return name.slice(1);
  if (!name.startsWith(".")) return `package:${name}`;
  return new URL(name, `file:///${from}`).pathname.slice(1);
}

test("the files to check are found", () => {
  for (const folder of [
    "app/domain",
    "app/routes",
    "app/ui",
    "app/adapters",
    "app/front",
    "app/requests",
    "db",
    "bin",
  ]) {
    expect(inside(folder).length, folder).toBeGreaterThan(3);
  }
});

test("the domain imports nothing outward", () => {
  expect(offenders("app/domain", (name) => !name.startsWith("app/domain/"))).toEqual([]);
});

test("the domain does not know the process, the clock of the machine, or its randomness", () => {
  const impure = /\bprocess\.|\bBuffer\b|\bfetch\(|\bcrypto\.|Math\.random|Date\.now|new Date\(\)/;
  expect(inside("app/domain").filter((path) => impure.test(bareCode(path)))).toEqual([]);
});

test("kernel and ledger import each other and nothing else, and wait for nothing", () => {
  const outside = (name: string) => !/^app\/domain\/(kernel|ledger)\//.test(name);
  expect(offenders("app/domain/kernel", (name) => !name.startsWith("app/domain/kernel/"))).toEqual(
    [],
  );
  expect(offenders("app/domain/ledger", outside)).toEqual([]);
  const waiting = [...inside("app/domain/kernel"), ...inside("app/domain/ledger")].filter((path) =>
    /\basync\b|\bawait\b/.test(bareCode(path)),
  );
  expect(waiting).toEqual([]);
});

test("no route, component or what stands around requests imports the database or an adapter", () => {
  const machine = (name: string) =>
    /^(db|app\/(adapters|front)|bin)\//.test(name) ||
    /^package:(drizzle-orm|pg|postgres|@electric-sql)/.test(name);
  for (const folder of ["app/routes", "app/ui", "app/requests", "app/i18n"]) {
    expect(offenders(folder, machine)).toEqual([]);
  }
});

test("no route imports another route, no component a route", () => {
  const route = (name: string) => name.startsWith("app/routes/") && !name.includes("/+types/");
  expect(offenders("app/routes", route)).toEqual([]);
  expect(offenders("app/ui", route)).toEqual([]);
});

test("adapters, the front and the database know no page", () => {
  const page = (name: string) => /^app\/(routes|ui|requests|server|root)/.test(name);
  expect(offenders("app/adapters", page)).toEqual([]);
  expect(offenders("app/front", page)).toEqual([]);
  expect(offenders("db", page)).toEqual([]);
});

test("nothing but bin and tests imports bin", () => {
  for (const folder of ["app", "db", "bench"]) {
    expect(offenders(folder, (name) => name.startsWith("bin/"))).toEqual([]);
  }
});

/** Names that a route module may export (React Router's own). */
const FRAMEWORK = new Set([
  "action",
  "default",
  "ErrorBoundary",
  "handle",
  "headers",
  "links",
  "loader",
  "meta",
  "middleware",
  "shouldRevalidate",
]);

test("route files export only what the framework calls", () => {
  const foreign = inside("app/routes").flatMap((path) =>
    exportsOf(textOf(path))
      .filter((name) => !FRAMEWORK.has(name))
      .map((name) => `${path}: ${name}`),
  );
  expect(foreign).toEqual([]);
});

test("routes for some people only have a loader that can refuse", () => {
  const guarded = [...inside("app/routes/office"), ...inside("app/routes/donor")];
  expect(guarded.length).toBeGreaterThan(0);
  expect(guarded.filter((path) => !exportsOf(textOf(path)).includes("loader"))).toEqual([]);
});

test("machine routes have no component", () => {
  const machines = ["hooks", "data", "system"].flatMap((folder) => inside(`app/routes/${folder}`));
  expect(machines.length).toBeGreaterThan(0);
  expect(machines.filter((path) => exportsOf(textOf(path)).includes("default"))).toEqual([]);
});

test("no folder or file has a name that says nothing", () => {
  const empty =
    /(^|\/)(utils?|helpers?|lib|libs|common|shared|misc|stuff|manager)(\.[^/]*)?(\/|$)/i;
  expect(files.filter((path) => empty.test(path))).toEqual([]);
});

test("nothing switches a check off", () => {
  const off =
    /@ts-(ignore|expect-error|nocheck)|(eslint|oxlint)-disable|:\s*any\b|\bas any\b|\.(skip|only|todo)\(/;
  const mine = "tests/architecture/folders.test.ts";
  const all = files.filter((path) => /\.(ts|tsx|js)$/.test(path) && path !== mine);
  expect(all.filter((path) => off.test(textOf(path)))).toEqual([]);
});

/** Code without its comments. */
function bareCode(path: string): string {
  return textOf(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}
