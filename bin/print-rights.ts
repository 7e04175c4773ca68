/**
 * `node bin/print-rights.ts > docs/database-rights.md`: what the site may do in its database, from the list by which the
 * rights are granted. An architecture test fails while the page says something else.
 */
import { argv, stdout } from "node:process";

import { APP_ROLE, RIGHTS } from "#db/rights.ts";
import type { TableRights } from "#db/table-rights.ts";

import { table } from "./page-table.ts";

const HEAD = `# What the site may do in its database

Made by \`node bin/print-rights.ts\` from \`db/rights.ts\`; do not write in it. \`npm run db:migrate\` and \`npm run db:grants\` grant
exactly this to the role \`${APP_ROLE}\`, \`db/rights.test.ts\` tries every verb on every table and column, and
\`npm run check:data\` names a right that is another one.

- Every table may be read. **add**: rows with every column, or with the columns named. **change**: these columns alone.
- What is not named is refused by the database, whatever a program asks: no table is emptied, changed in its shape, or freed of
  its triggers by the site. Tables of the owner's alone have no verb.
- **guarded**: a trigger lets only that step through (\`db/migrations/0017_guards.sql\`, \`db/application-steps.test.ts\`).
- What is only added is never changed by anybody: triggers refuse it to the owner too (\`db/stores/append-only.test.ts\`).
- The tables of the job queue (schema \`jobs\`) are the owner's; the worker reads, adds, changes and deletes rows in them.

What no right can stop: the site's own program may write whatever a person or a bank could have told it, such as a gift that no
bank saw, or an act in the name of an official who holds the role for it. Two hands are two names to a database. Such things are
found by comparing with what stands outside of it: statements of the bank, the gateways' lists, the people themselves.
`;

function rowOf(name: string, { insert, update, guarded, ...rights }: TableRights): string[] {
  return [
    `\`${name}\``,
    insert === "rows" ? "rows" : (insert ?? []).join(", "),
    (update ?? []).join(", "),
    rights.delete ? "rows" : "",
    guarded ?? "",
  ];
}

/** The page. */
export function rightsPage(): string {
  const names = Object.keys(RIGHTS).toSorted();
  const rows = names.map((name) => rowOf(name, RIGHTS[name] ?? {}));
  return `${HEAD}\n${table(["table", "add", "change", "delete", "guarded"], rows)}\n`;
}

if (argv[1] === import.meta.filename) stdout.write(rightsPage());
