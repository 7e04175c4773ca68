/**
 * `node bin/print-permissions.ts > docs/permissions.md`: who may do what in the office, from the table that the program itself
 * asks. An architecture test fails while the page says something else.
 */
import { argv, stdout } from "node:process";

import { OFFICE_LISTS } from "#app/domain/office-lists/registry.ts";
import { type Door, DOORS } from "#app/domain/people/doors.ts";
import { PERMISSIONS, type Reach } from "#app/domain/people/may.ts";
import { DECIDING_ACTS, OFFICE_ACTS, type OfficeAct } from "#app/domain/people/office-act.ts";
import { ROLES } from "#app/domain/people/role.ts";
import { OFFICE_FILES, OFFICE_PAGES } from "#app/i18n/office-paths.ts";

const REACHES: Record<Reach, string> = { all: "all", place: "place", twin: "twin" };

const HEAD = `# Who may do what

Made by \`node bin/print-permissions.ts\` from \`app/domain/people/may.ts\` and \`app/domain/people/doors.ts\`; do not write in it.
\`app/domain/people/may.test.ts\` tries every cell; \`tests/outside/permissions.ts\` tries every address over HTTP and compares.

- **all**: everywhere. **place**: where the role's place is the commune (with what it was and became) or district of the matter, or
  everywhere when the role is held for the whole province. **twin**: where the role's organisation is the twin of the matter.
- **decides**: refused to whoever prepared the matter. For money this cannot be switched off.
- Without a second factor in the session nothing is permitted. A donor, and whoever is not signed in, may do none of this.
- A role counts in its period, once another person approved it, while its organisation is in force.
`;

/** Roles and acts: a row an act. */
function actTable(): string {
  const head = ["act", ...ROLES, "decides"];
  const rows = OFFICE_ACTS.map((act) => [
    `\`${act}\``,
    ...ROLES.map((role) => {
      const reach = PERMISSIONS[act][role];
      return reach === undefined ? "" : REACHES[reach];
    }),
    DECIDING_ACTS.has(act) ? "decides" : "",
  ]);
  return table(head, rows);
}

/** Addresses: a row an address and a form. */
function doorTable(): string {
  const paths: Readonly<Record<string, string>> = {
    ...OFFICE_PAGES,
    ...OFFICE_FILES,
    unknown: `${OFFICE_PAGES.home}/*`,
  };
  const rows = Object.entries<Door>(DOORS).flatMap(([name, door]) => {
    const path = `\`${paths[name] ?? ""}\``;
    const forms = Object.entries(door.intents).map(([intent, act]) => [
      path,
      `POST \`${intent}\``,
      actsOf(act),
    ]);
    return [[path, "GET", `\`${door.read}\``], ...forms];
  });
  return table(["address", "request", "act"], rows);
}

/** Lists as files: a row a list. */
function listTable(): string {
  return table(
    ["list", "act"],
    [...OFFICE_LISTS].map(([name, { act }]) => [`\`${name}\``, `\`${act}\``]),
  );
}

function actsOf(act: OfficeAct | readonly OfficeAct[]): string {
  if (typeof act === "string") return `\`${act}\``;
  return `one of ${act.map((one) => `\`${one}\``).join(", ")}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((text, at) =>
    Math.max(text.length, 3, ...rows.map((row) => (row[at] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** The whole page. */
export function permissionsPage(): string {
  return `${HEAD}
## Acts

${actTable()}

## Addresses

An address is asked first without a subject (may the person do this anywhere?), and again when the subject is known. \`one of\`:
which act it is follows from the subject, such as the kind of a money order; until it is known the address's own act is asked.
\`${OFFICE_FILES.export}\` asks, behind its own act, the act of the list.

${doorTable()}

## Lists

\`${OFFICE_FILES.export}\` gives these as \`<list>.csv\` and \`<list>.xlsx\`: the rows the person may see.

${listTable()}
`;
}

if (argv[1] === import.meta.filename) stdout.write(permissionsPage());
