/**
 * `node bin/print-checks.ts > docs/checks.md`: what the checks see and what they do not, from the lists by which tables are sealed.
 * An architecture test fails while the page says something else.
 */
import { argv, stdout } from "node:process";

import { own } from "#app/domain/kernel/own.ts";
import { CHECK_NAMES } from "#db/checks/run.ts";
import { UNSEEN } from "#db/checks/unseen.ts";
import { type Cover, COVER, NOT_SEALED } from "#db/seals/cover.ts";
import words from "../locales/en/transparency.json" with { type: "json" };

import { table } from "./page-table.ts";

const HEAD = `# What the checks see

Made by \`node bin/print-checks.ts\` from \`db/seals/cover.ts\` and \`db/checks/unseen.ts\`; do not write in it.

\`npm run check:data\` runs every check over everything, names what breaks one, and ends with 1 when one does. The worker (on the embedded
database the server) runs them every five minutes over what is new and every night over everything; \`/minh-bach\` shows the last result and
starts none. Runs are kept in \`check_run\`, one at a time over all processes.

## How a change behind the site's back is seen

1. **Invariants** hold tables against one another: books, bank lines, gateway events, orders, grants, the trail, the guards of the database.
2. **Seals**: a job digests each minute what came (by position) or was changed (noted by triggers), whatever wrote it, and chains the
   digests. A row that is not as it was sealed, is gone, or was put there with triggers off is named by the check.
3. **Heads**: the hash of the newest seal, the number of entries and their RFC 6962 root are signed and kept outside the database, in
   \`HEADS_DIRECTORY\`. Every head ever kept must be a seal of this database, so that cutting off, sealing anew, emptying with all that tells of it,
   or bringing back an older state is named. A copy of a database is the same book and is held against the same heads: give a copy that
   goes on by itself a folder of its own.

\`node --env-file-if-exists=.env bin/tamper.ts\` tries every single change of a value, of a row and of a whole table on the demonstration
(as a superuser, triggers off, each taken back) and tells which check names it.

After a restore on purpose: \`node --env-file-if-exists=.env bin/restored.ts\` writes a signed word beside the heads that what was kept above the state that is
there now is given up; the word stays.

## What cannot be seen before a public log stands

- What was written within the last minute, before the sweep that seals it: it is seen only where another table contradicts it.
- A change that goes by the triggers, made by somebody with the rights of the owner: it is sealed as what it is, and seen only where an
  invariant contradicts it. Its earlier seal stays, so that a head kept before proves that the row was another.
- Somebody who holds the database **and** the key and folder of the heads can build everything anew. The heads have the form in which a
  public log will publish them; until others hold copies, keep the folder on another machine, or copy it away daily.
- On the first start after the upgrade nothing was kept before: what was changed until then is taken as it is.
- A statement that is false when it is written. No computation sees that.
`;

/** A row a check. */
function checkTable(): string {
  const told: Readonly<Record<string, { title: string; text: string }>> = words.check;
  return table(
    ["check", "what it holds"],
    CHECK_NAMES.map((name) => [`\`${name}\``, own(told, name)?.text ?? ""]),
  );
}

function coverWords(cover: Cover): readonly [string, string] {
  switch (cover.by) {
    case "position":
      return ["in ranges", `of \`${cover.column}\``];
    case "notice":
      return ["row by row", cover.salted ? "salted; the salt goes with the row" : ""];
    case "none":
      return ["not", NOT_SEALED[cover.reason]];
  }
}

/** A row a table. */
function coverTable(): string {
  const rows = [...COVER]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, cover]) => {
      const [how, more] = coverWords(cover);
      const left = Object.entries(cover.except ?? {}).map(
        ([column, reason]) => `without \`${column}\`: ${NOT_SEALED[reason]}`,
      );
      return [`\`${name}\``, how, [more, ...left].filter((part) => part !== "").join("; ")];
    });
  return table(["table", "sealed", ""], rows);
}

/** What stands in the list of single values. */
function unseenTable(): string {
  const rows = [...UNSEEN].map(([what, why]) => [`\`${what}\``, why]);
  return rows.length === 0
    ? "No other."
    : table(["value", "why no check holds it against anything"], rows);
}

/** The whole page. */
export function checksPage(): string {
  return `${HEAD}
## Checks

${checkTable()}

## Tables

${coverTable()}

## Single values that are not seen

Of the tables that are not sealed because they are worked out anew, these values are held against nothing:

${unseenTable()}
`;
}

if (argv[1] === import.meta.filename) stdout.write(checksPage());
