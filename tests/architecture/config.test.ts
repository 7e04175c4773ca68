import { expect, test } from "vitest";

import reactRouterConfig from "../../react-router.config.ts";
import remixConfig from "../../remix.config.js";
import { sourceFiles, textOf } from "../support/source-tree.ts";

test("remix.config.js is the configuration that the framework reads", () => {
  expect(reactRouterConfig).toBe(remixConfig);
  // A react-router.config.js would be found before the .ts file and shadow it.
  const found = sourceFiles().filter((path) => path.startsWith("react-router.config."));
  expect(found).toEqual(["react-router.config.ts"]);
});

test("the framework's packages stand at one exact version", () => {
  const { dependencies, devDependencies } = JSON.parse(textOf("package.json")) as Record<
    "dependencies" | "devDependencies",
    Record<string, string>
  >;
  const versions = new Set([
    dependencies["react-router"],
    dependencies["@react-router/node"],
    devDependencies["@react-router/dev"],
  ]);
  expect([...versions]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
});

test("the lockfile names no place that packages were fetched from", () => {
  const lock = textOf("package-lock.json");
  expect(lock).not.toContain('"resolved"');
  expect(lock).toContain('"integrity"');
});

test("every script that package.json names exists", () => {
  const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
  const files = new Set(sourceFiles());
  const named = Object.values(scripts).flatMap(
    (script) => script.match(/\b(bin|bench)\/[\w-]+\.ts/g) ?? [],
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !files.has(path))).toEqual([]);
});

test("the lockfile names every package that is asked for, for other systems too", () => {
  const { packages } = JSON.parse(textOf("package-lock.json")) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const missing = Object.entries(packages).flatMap(([at, asking]) =>
    Object.keys(asking.optionalDependencies ?? {}).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${at}/node_modules/${name}`],
    ),
  );
  // `npm ci` would refuse it; `node .ci/complete-lockfile.mjs` names them.
  expect(missing).toEqual([]);
});
