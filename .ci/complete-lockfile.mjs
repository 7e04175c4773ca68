// Run after `npm install` where the registry does not carry the builds for other systems: npm then leaves them out of
// package-lock.json, and `npm ci` refuses a lockfile that does not name them. They are named here without a digest;
// npm fetches them on those systems only.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../package-lock.json", import.meta.url);
const SYSTEMS = "aix android darwin freebsd linux netbsd openbsd openharmony sunos win32".split(
  " ",
);
const PROCESSORS = "arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x x64".split(" ");

const lock = JSON.parse(readFileSync(FILE, "utf8"));
const { packages } = lock;
const added = [];
for (const [at, asking] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(asking.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (packages[path] || packages[`${at}/${path}`]) continue;
    const words = name.replace(/^.*\//, "").split("-");
    const os = SYSTEMS.find((one) => words.includes(one));
    if (!os) throw new Error(`for which system is ${name}?`);
    const cpu = PROCESSORS.find((one) => words.includes(one));
    const libc = words.some((word) => word.startsWith("musl")) ? "musl" : "glibc";
    packages[path] = {
      version: version.replace(/^[\^~]/, ""),
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(asking.dev ? { dev: true } : {}),
      ...(os === "linux" ? { libc: [libc] } : {}),
      license: asking.license,
      optional: true,
      os: [os],
      ...(asking.engines ? { engines: asking.engines } : {}),
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")),
);
if (added.length > 0) writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(added.length === 0 ? "nothing was missing\n" : `named: ${added.join(", ")}\n`);
