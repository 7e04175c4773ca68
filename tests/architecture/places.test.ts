import { expect, test } from "vitest";

import { sourceFiles, textOf } from "../support/source-tree.ts";

const MINE = "tests/architecture/places.test.ts";
const texts = sourceFiles().filter(
  (path) =>
    /(\.(ts|tsx|js|json|md|sql|css|svg|csv|example|npmrc)$|^\.[\w-]+$|^\.ci\/)/.test(path) &&
    path !== MINE,
);

test("no file names a path of somebody's machine", () => {
  const machine = /(^|[\s"'`(=])\/(work|home|root|Users|farm)\/[\w.-]+/m;
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter((path) => machine.test(textOf(path)))).toEqual([]);
});

test("no file names a package registry", () => {
  const registry =
    /registry\.(npmjs|yarnpkg|npmmirror)\.|deb\.debian\.org|:\/\/[\w.-]*(artifactory|nexus|verdaccio)/;
  expect(texts.filter((path) => registry.test(textOf(path)))).toEqual([]);
});

test("no file holds a secret of a real account", () => {
  const secret =
    /\b(sk|rk)_live_\w{8,}|\bwhsec_[A-Za-z0-9]{30,}|-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}/;
  expect(texts.filter((path) => secret.test(textOf(path)))).toEqual([]);
});
