/**
 * `node bin/print-permissions.ts > docs/permissions.md`: who may do what in the office, from the table that the program itself
 * asks. An architecture test fails while the page says something else.
 */
import { own } from "#app/domain/kernel/own.ts";
import { argv, stdout } from "node:process";

import { OFFICE_LISTS } from "#app/domain/office-lists/registry.ts";
import { type Door, DOORS } from "#app/domain/people/doors.ts";
import { PERMISSIONS, type Reach } from "#app/domain/people/may.ts";
import {
  EARLIER_HANDS,
  type Hand,
  MONEY_KINDS,
  OFFICE_ACTS,
  type OfficeAct,
} from "#app/domain/people/office-act.ts";
import { ROLES } from "#app/domain/people/role.ts";
import { OFFICE_FILES, OFFICE_PAGES } from "#app/i18n/office-paths.ts";

import { table } from "./page-table.ts";

const REACHES: Record<Reach, string> = { all: "all", place: "place", twin: "twin" };

/** Who a hand is, as the table and its legend say it. */
const HANDS: Record<Hand, { readonly short: string; readonly long: string }> = {
  prepared: { short: "who prepared it", long: "prepared what is decided" },
  asked: {
    short: "who asked",
    long: "asked for the order, changed what is asked or added a paper of the request",
  },
  approved: { short: "who approved", long: "approved the order as it stands" },
};

/** Hands of a matter that may not do an act. */
function handsOf(act: OfficeAct): string {
  return (EARLIER_HANDS.get(act) ?? []).map((hand) => HANDS[hand].short).join(", ");
}

/** What the last column means, from the hands that acts name; how many people an order of money needs follows from them. */
function legend(): string {
  const named = new Set([...EARLIER_HANDS.values()].flat());
  const hands = [...named].map(
    (hand) => `  - _${HANDS[hand].short}_: whoever ${HANDS[hand].long}.`,
  );
  const most = Math.max(
    ...MONEY_KINDS.map((kind) => EARLIER_HANDS.get(`${kind}.book`)?.length ?? 0),
  );
  return `- **not by**: people to whom the act is refused, whatever roles they hold. There is no setting for it.
${hands.join("\n")}
- A booked order of money has passed through ${most + 1} hands, each another person's.`;
}

const HEAD = `# Who may do what

Made by \`node bin/print-permissions.ts\` from \`app/domain/people/may.ts\` and \`app/domain/people/doors.ts\`; do not write in it.
\`app/domain/people/may.test.ts\` tries every cell; \`tests/outside/permissions.ts\` tries every address over HTTP and compares.

- **all**: everywhere. **place**: where the role's place is the commune (with what it was and became) or district of the matter, or
  everywhere when the role is held for the whole province. **twin**: where the role's organisation is the twin of the matter.
${legend()}
- Without a second factor in the session nothing is permitted. A donor, and whoever is not signed in, may do none of this.
- A role counts in its period, once another person approved it, while its organisation is in force.
`;

/** Roles and acts: a row an act. */
function actTable(): string {
  const head = ["act", ...ROLES, "not by"];
  const rows = OFFICE_ACTS.map((act) => [
    `\`${act}\``,
    ...ROLES.map((role) => {
      const reach = PERMISSIONS[act][role];
      return reach === undefined ? "" : REACHES[reach];
    }),
    handsOf(act),
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
    const path = `\`${own(paths, name) ?? ""}\``;
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
