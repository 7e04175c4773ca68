#!/usr/bin/env bash
# drizzle-orm 0.45.4 on Node 24.21.0 (ES modules): most of the time of loading it is not its code.
#
# For each module that one imports from another, Node asks whether the package is of ES modules, and takes its whole
# package.json apart for that, its `exports` included, once for every module. That of drizzle-orm names some two thousand
# addresses (180 KB) and `drizzle-orm/pg-core` has about a hundred modules. With the very same modules, and a package.json
# that says the same in two patterns, the same import takes a fraction. The compile cache changes nothing of it.
#
# Seen (medians of 5 fresh processes each, two busy cores): as published 1,263 ms, with two patterns 99 ms, ratio 12.8. The
# milliseconds are the machine's, the ratio is looked at: this fails when as published takes less than twice as long.
# Here: `bin/quick-start.ts` resolves what its modules import from one another.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0 drizzle-orm@0.45.4
node=node_modules/.bin/node
echo "node $("$node" --version), drizzle-orm $("$node" -p 'JSON.parse(require("fs").readFileSync("node_modules/drizzle-orm/package.json")).version')"

cat >load.mjs <<'JS'
const began = performance.now();
await import("drizzle-orm/pg-core");
console.log((performance.now() - began).toFixed(1));
JS
cat >shorten.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
const file = "node_modules/drizzle-orm/package.json";
const { name, version, type } = JSON.parse(readFileSync(file, "utf8"));
const exports = { "./*.js": "./*.js", "./*": "./*/index.js" };
writeFileSync(file, JSON.stringify({ name, version, type, exports }));
JS
median() {
  for _ in 1 2 3 4 5; do "$node" load.mjs; done | sort -n | sed -n 3p
}

"$node" load.mjs >/dev/null
published=$(median)
echo "package.json as published ($(wc -c <node_modules/drizzle-orm/package.json) bytes): $published ms"
"$node" shorten.mjs
patterns=$(median)
echo "the same modules, two patterns ($(wc -c <node_modules/drizzle-orm/package.json) bytes): $patterns ms"
"$node" -e '
  const ratio = Number(process.argv[1]) / Number(process.argv[2]);
  console.log(`ratio ${ratio.toFixed(1)}`);
  process.exit(ratio >= 2 ? 0 : 1);' "$published" "$patterns"
