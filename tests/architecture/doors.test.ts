import { expect, test } from "vitest";

import { type Door, DOORS } from "#app/domain/people/doors.ts";
import { OFFICE_ACTS } from "#app/domain/people/office-act.ts";
import { OFFICE_FILES, OFFICE_PAGES } from "#app/i18n/office-paths.ts";
import routes from "#app/routes.ts";

import { permissionsPage } from "../../bin/print-permissions.ts";
import { sourceFiles, textOf } from "../support/source-tree.ts";

const doors: Readonly<Record<string, Door>> = DOORS;
const addresses: Readonly<Record<string, string>> = { ...OFFICE_PAGES, ...OFFICE_FILES };
const files = sourceFiles().filter(
  (path) => /^app\/routes\/office\/[^/]+\.tsx?$/.test(path) && !path.includes(".test."),
);
/** The frame stands around the others and shows nothing of its own. */
const doored = files.filter((path) => !path.endsWith("/frame.tsx"));

/** The text of an exported function of a module, up to the next export. */
function exported(text: string, name: "loader" | "action"): string | undefined {
  const from = text.indexOf(`export async function ${name}(`);
  if (from === -1) return undefined;
  const to = text.indexOf("\nexport ", from + 1);
  return text.slice(from, to === -1 ? undefined : to);
}

/** Module of each address, as the route table has it. */
const modules = new Map<string, string>(
  routes
    .flatMap((entry) => [entry, ...(entry.children ?? [])])
    .flatMap(({ path, file }) =>
      path === undefined ? [] : [[`/${path.replace(/^\//, "")}`, `app/${file}`] as const],
    ),
);

test("there are office routes to look at", () => {
  expect(doored.length).toBeGreaterThan(5);
});

test.each(doored)("%s asks the door first, in its loader and in its action", (path) => {
  const text = textOf(path);
  const loader = exported(text, "loader");
  expect(loader, "has no loader").toBeDefined();
  for (const part of [loader, exported(text, "action")]) {
    if (part === undefined) continue;
    const body = part.slice(part.indexOf("{\n") + 2).trim();
    expect(body).toMatch(/^(const \{ [^}]+ \} = |const \w+ = )?await officeDoor\(context, /);
  }
  // A loader or action that is no plain function would not be looked at here.
  expect(text).not.toMatch(/export (const|let|\{)[^;]*\b(loader|action)\b/);
});

test("every address of the office that is served has a door, and every door an address", () => {
  const served = Object.keys(addresses).filter((name) => modules.has(addresses[name] ?? ""));
  expect(served.filter((name) => doors[name] === undefined)).toEqual([]);
  const named = Object.keys(doors).filter((name) => name !== "unknown");
  expect(named.filter((name) => addresses[name] === undefined)).toEqual([]);
  expect(named.filter((name) => !served.includes(name))).toEqual([]);
});

test.each(Object.keys(doors).filter((name) => name !== "unknown"))(
  "the module of %s asks the acts that its door names",
  (name) => {
    const door = doors[name];
    const path = modules.get(addresses[name] ?? "");
    if (!door || !path) throw new Error(`no module for ${name}`);
    const text = textOf(path);
    const loader = exported(text, "loader") ?? "";
    const first = /officeDoor\(context, ([^,)]+)/.exec(loader)?.[1]?.trim();
    // A list's own act stands with the list.
    if (first?.startsWith('"')) expect(first).toBe(`"${door.read}"`);
    else expect(first).toMatch(/^\w+\.act$/);
    for (const [intent, act] of Object.entries(door.intents)) {
      expect(text, intent).toMatch(new RegExp(`["']?${intent}["']?`));
      for (const one of typeof act === "string" ? [act] : []) expect(text).toContain(`"${one}"`);
    }
    // No form asks an act that the table does not know of.
    const known = new Set<string>([door.read, ...Object.values(door.intents).flat()]);
    const action = exported(text, "action") ?? "";
    const asked = [...action.matchAll(/officeDoor\(context, "([\w.-]+)"/g)].map(([, act]) => act);
    expect(asked.filter((act) => act !== undefined && !known.has(act))).toEqual([]);
    expect(asked.every((act) => OFFICE_ACTS.some((one) => one === act))).toBe(true);
  },
);

test("docs/permissions.md says what the program does", () => {
  expect(
    textOf("docs/permissions.md"),
    "run: node bin/print-permissions.ts > docs/permissions.md",
  ).toBe(permissionsPage());
});

/** Actions that call no verb which asks `may`: what they do is one's own, or nothing, or only reads. */
const OWN = new Set(
  ["me.tsx", "not-found.tsx", "export.ts"].map((name) => `app/routes/office/${name}`),
);
const acting = doored.filter(
  (path) => exported(textOf(path), "action") !== undefined && !OWN.has(path),
);

test("there are actions to look at", () => expect(acting.length).toBeGreaterThan(10));

test.each(acting)("%s: what a verb refused a person ends in the trail", (path) => {
  expect(textOf(path)).toContain("refuseIfPerson(");
});

test("a refusal of a person is told by its type, not by how its code begins", () => {
  const told = sourceFiles().filter(
    (path) => /^app\/.*\.tsx?$/.test(path) && /startsWith\(\s*["'`]people\./.test(textOf(path)),
  );
  expect(told).toEqual([]);
});

test("whatever kind the trail names has words in both languages", () => {
  const kinds = sourceFiles()
    .filter((path) => /^app\/(?:domain|adapters|routes\/office)\/.*(?<!\.test)\.tsx?$/.test(path))
    .flatMap((path) => [
      ...textOf(path).matchAll(/(?:\{ kind: "([a-z-]+)", id\b|subjectKind: "([a-z-]+)")/g),
    ])
    .map(([, noted, written]) => noted ?? written ?? "");
  expect(new Set(kinds).size).toBeGreaterThan(10);
  for (const locale of ["vi", "en"]) {
    const words = JSON.parse(textOf(`locales/${locale}/office-people.json`)) as {
      audit: { kind: Record<string, string> };
    };
    expect(kinds.filter((kind) => !Object.hasOwn(words.audit.kind, kind))).toEqual([]);
  }
});
